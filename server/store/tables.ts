import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { Certificate, HandOver } from '#contract/certificate.ts'
import type { EndReason } from '#contract/ending.ts'
import type { DocumentPage } from '#contract/document.ts'
import type {
  DisclosedContent,
  DisclosureChannel,
  DisclosureGround,
  DisclosureKind,
  ReceiptCode
} from '#contract/disclosure.ts'
import type { StoredKind } from '#contract/entry-kind.ts'
import type {
  CustomershipId,
  DeviceId,
  EntryId,
  OperationId,
  PrintId,
  PasskeyId,
  ReviewId,
  RightsRequestId,
  UserId
} from '#contract/id.ts'
import type { IncidentId, IncidentKind } from '#contract/incident.ts'
import type { Month } from '#contract/month.ts'
import type { TellingWay } from '#contract/notice.ts'
import type { FinalOutcome, OutcomeCode } from '#contract/outcome.ts'
import type { Consequence, Finding } from '#contract/review.ts'
import type { PackageLanguage, PackagePart } from '#contract/return-package.ts'
import type { AnswerFor, AnswerKind, AnswerPart } from '#contract/answer-file.ts'
import type {
  AnswerChannel,
  ExtensionGround,
  Identification,
  Requester,
  RightsKind,
  RightsOutcome
} from '#contract/rights-request.ts'
import type { PrintKind } from '#contract/print.ts'
import type { Purpose, Role } from '#contract/role.ts'
import type { Checkpoint, TrailLine } from '#contract/trail.ts'
import type { UsageKind } from '#contract/usage.ts'
import type { UserState } from './users.ts'

/** Moments are milliseconds since 1970; yes and no are 1 and 0; lists of settings are JSON. */
interface FactTable {
  name: string
  value: string
}

export interface CustomershipTable {
  id: CustomershipId
  revision: number
  state: CustomershipState
  startDay: Day
  endDay: Day | null
  deleteBy: Day | null
  endReason: EndReason | null
  /** GDPR Art. 18: since when its processing is restricted. */
  restrictedOn: Day | null
}

/** Beside the seal stands only what queries need and what identifies nobody. */
export interface EntryTable {
  customership: CustomershipId
  id: EntryId
  kind: StoredKind
  revision: number
  at: number
  by: UserId
  removed: number
  sealed: Buffer | null
  worker: UserId | null
  day: Day | null
  fromDay: Day | null
  untilDay: Day | null
  minutes: number | null
  product: string | null
  state: string | null
  tasks: string | null
}

export interface OperationTable {
  id: OperationId
  device: DeviceId
  seq: number
  customership: CustomershipId | null
  author: UserId | null
  outcome: FinalOutcome
  code: OutcomeCode | null
  revision: number | null
  at: number
  /** Under the data key, so that it tells nothing once the key is gone. */
  mac: Buffer
  isOrphan: number
  decidedOutcome: FinalOutcome | null
  decidedCode: OutcomeCode | null
  decidedRevision: number | null
  decidedAt: number | null
  decidedBy: UserId | null
  /** Sealed as what was held is. */
  decidedReason: Buffer | null
}

export interface HeldOperationTable {
  id: OperationId
  device: DeviceId
  seq: number
  customership: CustomershipId | null
  author: UserId | null
  code: OutcomeCode
  receivedAt: number
  isOrphan: number
  sealed: Buffer
  /** Returned or declined: it is kept as it came, and awaits nothing any more. */
  settledAt: number | null
}

/** A page of a document, stored before the document itself says that it is one. */
export interface PageTable {
  customership: CustomershipId
  document: EntryId
  page: number
  by: UserId
  bytes: number
  mediaType: DocumentPage['mediaType']
  sealed: Buffer
}

/** A piece of a page that a tablet sends in several. */
export interface PagePartTable {
  customership: CustomershipId
  document: EntryId
  page: number
  part: number
  parts: number
  by: UserId
  bytes: number
  sealed: Buffer
}

/** The return package of a customership: what it is, and what opens it. */
export interface PackageTable {
  customership: CustomershipId
  number: string
  language: PackageLanguage
  madeAt: number
  by: UserId
  /** The customership's revision that it tells of. */
  revision: number
  recordBytes: number
  recordSha256: string
  archiveBytes: number
  archiveSha256: string
  passphrase: Buffer
}

interface PackagePieceTable {
  customership: CustomershipId
  number: string
  part: PackagePart
  piece: number
  sealed: Buffer
}

/** What was decided of the passages that may concern somebody else, for one request. */
interface PassageReviewTable {
  customership: CustomershipId
  request: RightsRequestId
  sealed: Buffer
}

/** What is given to the client on one request: what it is, and what opens it. */
export interface AnswerTable {
  customership: CustomershipId
  request: RightsRequestId
  kind: AnswerKind
  for: AnswerFor
  number: string
  language: PackageLanguage
  madeAt: number
  by: UserId
  /** The customership's revision that it tells of. */
  revision: number
  /** Null: it has no paper. */
  paperBytes: number | null
  paperSha256: string | null
  archiveBytes: number
  archiveSha256: string
  passphrase: Buffer
}

interface AnswerPieceTable {
  customership: CustomershipId
  request: RightsRequestId
  number: string
  part: AnswerPart
  piece: number
  sealed: Buffer
}

interface PostponedOperationTable {
  id: OperationId
  device: DeviceId
  firstAt: number
}

interface ReceivedNumberTable {
  device: DeviceId
  seq: number
}

interface HoldingTable {
  device: DeviceId
  customership: CustomershipId
  sentAt: number
  /** The customership's revision when it was last sent. */
  sentRevision: number | null
  /** What the tablet has said that it holds, and when. */
  heldRevision: number | null
  heldAt: number | null
  purgedAt: number | null
}

/** What the office writes down while a customership ends. */
interface EndingTable {
  customership: CustomershipId
  /** How many holds stand, so that those of active customerships are found. */
  holds: number
  sealed: Buffer
}

/** §13: what of a request may outlive its customership: codes, days and random ids. */
export interface RightsRequestTable {
  id: RightsRequestId
  number: string
  customership: CustomershipId | null
  kind: RightsKind
  who: Requester
  identified: Identification
  receivedOn: Day
  registeredAt: number
  registeredBy: UserId
  extensionGround: ExtensionGround | null
  extensionToldOn: Day | null
  outcome: RightsOutcome | null
  answeredOn: Day | null
  channel: AnswerChannel | null
  closedAt: number | null
}

/** The words of a request, which go with the customership. */
interface RightsWorkTable {
  request: RightsRequestId
  customership: CustomershipId
  sealed: Buffer
}

export interface DeletionTable {
  customership: CustomershipId
  number: string
  cause: Certificate['cause']
  by: UserId | null
  plannedAt: number
  entries: number
  /** How many of each kind; null in a plan from before they were counted. */
  kinds: string | null
  handOver: HandOver
  /** Which tablets were sent it, and whether they had confirmed its going. */
  devices: string
}

interface MarkTable {
  customership: CustomershipId
  /** Inverted, each of the same length, one after the other. */
  marks: Buffer
  scannedAt: number | null
}

interface CertificateTable {
  number: string
  customership: CustomershipId
  value: string
}

export interface UserTable {
  id: UserId
  username: string
  displayName: string
  role: Role
  tasks: string
  state: UserState
  passwordHash: string | null
  mustChangePassword: number
  pledgedAt: number | null
  trainedAt: number | null
  noticeVersion: number | null
  noticeAt: number | null
  lastSeenAt: number | null
}

interface CodeTable {
  hash: string
  user: UserId | null
  validUntil: number
}

interface SessionTable {
  hash: string
  user: UserId
  device: DeviceId | null
  createdAt: number
  lastUsedAt: number
  provedAt: number | null
}

export interface PasskeyTable {
  id: PasskeyId
  user: UserId
  credential: string
  publicKey: string
  counter: number
  name: string
  createdAt: number
  lastUsedAt: number | null
  backedUp: number
}

export interface DeviceTable {
  id: DeviceId
  user: UserId
  name: string
  signingKey: string
  cookieHash: string
  enrolledAt: number
  revokedAt: number | null
  wipedAt: number | null
  lastContactAt: number | null
  leaseUntil: number | null
  outboxLast: number
  outboxWaiting: string
  /** Every number up to this one was received; those above it stand in a table of their own. */
  receivedThrough: number
  /** Every number up to this one lies in a verified backup; null before there is one. */
  safeThrough: number | null
  vaultEpoch: number
  unlockUntil: number | null
  persisted: number | null
}

interface OrganisationTable {
  id: number
  revision: number
  value: string
}

export interface NoticeTable {
  version: number
  effectiveFrom: Day
  isSignificant: number
  publishedAt: number | null
  by: UserId | null
  value: string
}

interface NoticeTellingTable {
  version: number
  customership: CustomershipId
  way: TellingWay | null
  day: Day | null
  by: UserId | null
  at: number | null
}

/** Its words are sealed under a key of its own. */
export interface IncidentTable {
  id: IncidentId
  revision: number
  kind: IncidentKind
  noticedAt: number
  /** When the authority was told, or it was settled that it is not. */
  authorityAt: number | null
  closedAt: number | null
  sealed: Buffer
}

interface EmblemTable {
  id: number
  mediaType: string
  width: number
  height: number
  bytes: Buffer
}

interface ImportMappingTable {
  headings: string
  targets: string
  at: number
}

export interface TallyTable {
  month: Month
  organiser: string
  product: string
  customers: number
  completed: number
  cancelledInTime: number
  cancelledLate: number
  notAtHome: number
  cancelledByProvider: number
  plannedMinutes: number
  actualMinutes: number
  billableMinutes: number
  grantedCustomers: number
  grantedMinutes: number
}

export interface UseTable {
  customership: CustomershipId | null
  user: UserId | null
  device: DeviceId | null
  kind: UsageKind
  purpose: Purpose | null
  at: number
  /** Which line of the trail it is; null until it is one. */
  line: number | null
  salt: Buffer | null
}

/** What is done beside the data of clients. Codes and ids only. */
export interface ActTable {
  line: number
  salt: Buffer
  at: number
  user: UserId | null
  act: string
  subject: string | null
  /** The line that says that it was refused. */
  refused: number | null
}

/** §12: what was printed for our own work. Ids and codes only. */
export interface PrintTable {
  id: PrintId
  kind: PrintKind
  user: UserId
  /** The tablet that it was printed from; null: at the office. */
  device: DeviceId | null
  at: number
  day: Day
  destroyedAt: number | null
  destroyedBy: UserId | null
}

/** §10: what left the house. Ids and codes only. */
export interface DisclosureTable {
  id: EntryId
  at: number
  by: UserId
  customership: CustomershipId
  kind: DisclosureKind
  reference: string | null
  recipient: string
  channel: DisclosureChannel
  ground: DisclosureGround
  content: DisclosedContent | null
  fingerprint: string | null
  receiptAt: number | null
  receiptCode: ReceiptCode | null
  line: number | null
  salt: Buffer | null
  receiptLine: number | null
  receiptSalt: Buffer | null
}

/** §12: a review of uses. It names who drew and who closed it, and no client. */
export interface ReviewTable {
  id: ReviewId
  fromDay: Day
  untilDay: Day
  drawn: number
  unusual: number
  startedAt: number
  startedBy: UserId
  closedAt: number | null
  closedBy: UserId | null
}

/**
 * A use by its line in the log, and nothing of why it was drawn: that a client had a user's surname would
 * outlive the client here.
 */
export interface ReviewLineTable {
  review: ReviewId
  line: number
  revision: number
  finding: Finding | null
  consequence: Consequence | null
  judgedBy: UserId | null
  judgedAt: number | null
}

/** How often somebody failed, by a hash of who or from where. */
export interface GuessTable {
  name: string
  count: number
  last: number
}

/** What is to be answered once, by a hash of it and of who may. */
export interface ChallengeTable {
  name: string
  for: string
  until: number
}

export interface RegisterTables {
  guesses: GuessTable
  challenges: ChallengeTable
  facts: FactTable
  customerships: CustomershipTable
  entries: EntryTable
  operations: OperationTable
  heldOperations: HeldOperationTable
  pages: PageTable
  pageParts: PagePartTable
  packages: PackageTable
  packagePieces: PackagePieceTable
  passageReviews: PassageReviewTable
  answers: AnswerTable
  answerPieces: AnswerPieceTable
  postponedOperations: PostponedOperationTable
  receivedNumbers: ReceivedNumberTable
  holdings: HoldingTable
  endings: EndingTable
  rightsRequests: RightsRequestTable
  rightsWorks: RightsWorkTable
  deletions: DeletionTable
  marks: MarkTable
  certificates: CertificateTable
  users: UserTable
  codes: CodeTable
  sessions: SessionTable
  passkeys: PasskeyTable
  devices: DeviceTable
  organisation: OrganisationTable
  emblem: EmblemTable
  notices: NoticeTable
  noticeTellings: NoticeTellingTable
  incidents: IncidentTable
  uses: UseTable
  importMappings: ImportMappingTable
  tallies: TallyTable
  disclosures: DisclosureTable
  acts: ActTable
  prints: PrintTable
  reviews: ReviewTable
  reviewLines: ReviewLineTable
  trail: TrailLine
  checkpoints: Checkpoint
}

export interface SearchTables {
  tokens: { token: Buffer; customership: CustomershipId }
  indexed: { customership: CustomershipId; revision: number }
}

export interface SuppressionTables {
  suppressed: { mac: Buffer }
}
