import * as z from 'zod/mini'
import { certificateAnswerSchema, certificateKeysSchema } from '#contract/certificate.ts'
import {
  addressAnswerSchema,
  addressRequestSchema,
  assignRequestSchema,
  contactRemovalSchema,
  contactRequestSchema,
  customershipAnswerSchema,
  customershipListSchema,
  customershipOpeningSchema,
  customershipSearchSchema,
  decisionRequestSchema,
  profileRequestSchema,
  suggestionDecisionSchema,
  visitPlanRequestSchema,
  writtenAnswerSchema
} from '#contract/customership.ts'
import { alarmAnswerSchema, closingActSchema } from '#contract/closing.ts'
import {
  askAnswerSchema,
  askToCompleteSchema,
  withdrawalSchema
} from '#contract/completion-request.ts'
import { daySheetRequestSchema, daySheetSchema } from '#contract/day-sheet.ts'
import { demoSchema } from '#contract/demo.ts'
import {
  deviceListSchema,
  deviceStateAnswerSchema,
  deviceStateRequestSchema,
  enrolAnswerSchema,
  enrolRequestSchema,
  wipedRequestSchema
} from '#contract/device.ts'
import { emblemAnswerSchema } from '#contract/emblem.ts'
import {
  deletionAnswerSchema,
  endingAnswerSchema,
  endingRequestSchema,
  endingsAnswerSchema
} from '#contract/ending.ts'
import {
  importCheckSchema,
  importLineSchema,
  importMappingSchema,
  importMappingsSchema,
  importRequestSchema
} from '#contract/import.ts'
import { heldAnswerSchema, heldDecisionsSchema, heldResultsSchema } from '#contract/held.ts'
import {
  passkeyAnswerSchema,
  passkeyCreationSchema,
  passkeyListSchema,
  passkeyOptionsRequestSchema,
  passkeyQuestionSchema,
  passkeyRequestSchema,
  passkeySignInRequestSchema
} from '#contract/passkey.ts'
import {
  noticeAnswerSchema,
  noticeDeskSchema,
  noticeVersionAnswerSchema,
  publishAnswerSchema,
  publishRequestSchema,
  tellingRequestSchema,
  tellingsAnswerSchema
} from '#contract/notice.ts'
import {
  incidentChangeSchema,
  incidentRequestSchema,
  incidentsAnswerSchema,
  incidentStepRequestSchema,
  incidentWrittenSchema
} from '#contract/incident.ts'
import { selfCheckSchema } from '#contract/self-check.ts'
import {
  approvalAnswerSchema,
  approvalSchema,
  changedSummariesSchema,
  correctionSchema,
  deliveryLineSchema,
  deliverySchema,
  receiptAnswerSchema,
  receiptSchema,
  summariesAnswerSchema,
  summaryAnswerSchema,
  summaryWriteSchema
} from '#contract/summary-request.ts'
import { disclosuresAnswerSchema } from '#contract/disclosure.ts'
import { documentPageSchema } from '#contract/document.ts'
import {
  documentEditSchema,
  documentRemovalSchema,
  documentRequestSchema,
  originalRequestSchema,
  unfinishedDocumentsSchema
} from '#contract/document-request.ts'
import {
  healthSchema,
  noteFeedSchema,
  pulseSchema,
  situationSchema,
  unfinishedNotesSchema
} from '#contract/office.ts'
import { mergeAtOfficeSchema, noteAtOfficeSchema, noteWrittenSchema } from '#contract/note.ts'
import { recordAtOfficeSchema } from '#contract/visit.ts'
import {
  organisationAnswerSchema,
  policyRequestSchema,
  rulesRequestSchema,
  standardTemplatesSchema,
  templateAnswerSchema,
  templateRequestSchema,
  transferSettingsRequestSchema,
  visitingRequestSchema
} from '#contract/settings.ts'
import { passageDecisionsSchema, passagesAnswerSchema } from '#contract/passage.ts'
import { frameSchema, pullRequestSchema } from '#contract/pull.ts'
import { pushAnswerSchema, pushRequestSchema } from '#contract/push.ts'
import { rescueAnswerSchema, rescueFileSchema } from '#contract/rescue.ts'
import {
  packageAnswerSchema,
  packageRequestSchema,
  passphraseAnswerSchema,
  passphraseRequestSchema
} from '#contract/return-package.ts'
import { carriedDevicesSchema } from '#contract/carried-devices.ts'
import { answerStandingSchema, answerWishSchema } from '#contract/answer-file.ts'
import {
  challengeAnswerSchema,
  passwordChangeRequestSchema,
  pendingDoneRequestSchema,
  sessionAnswerSchema,
  sessionIfAnySchema,
  signInRequestSchema,
  unlockOptionsRequestSchema,
  unlockRequestSchema
} from '#contract/session.ts'
import {
  welcomeRequestSchema,
  welcomeStatusRequestSchema,
  welcomeStatusSchema
} from '#contract/welcome.ts'
import {
  cancelRequestSchema,
  planningAnswerSchema,
  seriesRequestSchema,
  swapAnswerSchema,
  swapRequestSchema,
  weekAnswerSchema
} from '#contract/week.ts'
import { statisticsAnswerSchema } from '#contract/statistics.ts'
import {
  moveResultsSchema,
  transferExportSchema,
  transferFileSchema,
  transferMovesSchema,
  transfersAnswerSchema
} from '#contract/transfers.ts'
import { actsAnswerSchema, logAnswerSchema } from '#contract/log.ts'
import { destructionSchema, openPrintsSchema } from '#contract/print.ts'
import {
  rightsActSchema,
  rightsDetailSchema,
  rightsListSchema,
  rightsRegistrationSchema
} from '#contract/rights-request.ts'
import {
  judgementSchema,
  reviewAnswerSchema,
  reviewRequestSchema,
  reviewsAnswerSchema
} from '#contract/review.ts'
import { trailCheckSchema } from '#contract/trail-check.ts'
import { usageAnswerSchema } from '#contract/usage.ts'
import {
  closingRequestSchema,
  inviteAnswerSchema,
  inviteRequestSchema,
  leavingSchema,
  userListSchema,
  userRequestSchema,
  userSummarySchema
} from '#contract/user.ts'

/** Who may ask: anyone, who runs the server, a carried device, a signed-in user, one with nothing pending, a main user. */
export type Asker = 'anyone' | 'operator' | 'device' | 'user' | 'ready' | 'main-user'

export interface Endpoint {
  readonly asker: Asker
  readonly summary: string
  readonly request?: z.ZodMiniType
  /** Absent: 204, no body. */
  readonly answer?: z.ZodMiniType
  readonly status?: 200 | 201
  /** One frame a line. */
  readonly stream?: true
  /** Server-sent events, for as long as anybody listens. */
  readonly events?: true
  /** The body is a file, as it is; the answer is a picture, as it is. */
  readonly upload?: true
  readonly picture?: true
  /** The answer is a file of this type, to be kept. */
  readonly file?: 'application/pdf' | 'application/zip' | 'text/plain'
}

/** Every endpoint, by method and address. A mounted route that is not here fails a test. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET /api/health': { asker: 'anyone', summary: 'Whether it serves', answer: healthSchema },
  'GET /api/metrics': {
    asker: 'operator',
    summary: 'Counts for whoever watches the server: on its own machine, or with the token',
    file: 'text/plain'
  },
  'GET /api/openapi.json': {
    asker: 'anyone',
    summary: 'This document',
    answer: z.record(z.string(), z.unknown())
  },
  'GET /api/demo': {
    asker: 'anyone',
    summary: 'The sign-ins of the practice material; none anywhere else',
    answer: demoSchema
  },

  'GET /api/notice': {
    asker: 'anyone',
    summary: 'Who answers for the register, and the privacy notice in force',
    answer: noticeAnswerSchema
  },
  'GET /api/notice/versions/:version': {
    asker: 'anyone',
    summary: 'A version of the notice as it was published, and the one before it',
    answer: noticeVersionAnswerSchema
  },
  'GET /api/office/notice': {
    asker: 'main-user',
    summary: 'The newest version of the notice, and what the settings would make of the next',
    answer: noticeDeskSchema
  },
  'POST /api/office/notice': {
    asker: 'main-user',
    summary: 'Publish the draft as the next version, from a day on',
    request: publishRequestSchema,
    answer: publishAnswerSchema,
    status: 201
  },
  'GET /api/office/notice/tellings': {
    asker: 'main-user',
    summary: 'Whom the newest significant version is told to, and to whom it was',
    answer: tellingsAnswerSchema
  },
  'POST /api/office/notice/tellings': {
    asker: 'main-user',
    summary: 'Clients were told, or were marked so by mistake',
    request: tellingRequestSchema,
    answer: tellingsAnswerSchema
  },
  'GET /api/office/incidents': {
    asker: 'main-user',
    summary: 'The log of incidents, the newest first',
    answer: incidentsAnswerSchema
  },
  'POST /api/office/incidents': {
    asker: 'main-user',
    summary: 'Register an incident; its clock runs from when it was noticed',
    request: incidentRequestSchema,
    answer: incidentWrittenSchema,
    status: 201
  },
  'PUT /api/office/incidents/:id': {
    asker: 'main-user',
    summary: 'Complete what is told of an incident',
    request: incidentChangeSchema,
    answer: incidentWrittenSchema
  },
  'POST /api/office/incidents/:id/steps': {
    asker: 'main-user',
    summary: 'Something was done about an incident: who was told, or that it is closed',
    request: incidentStepRequestSchema,
    answer: incidentWrittenSchema
  },
  'GET /api/office/self-check': {
    asker: 'main-user',
    summary: 'How much stands open between the notice and what is true; counts only',
    answer: selfCheckSchema
  },

  'GET /api/certificates/key': {
    asker: 'anyone',
    summary: 'The keys under which deletion certificates are signed',
    answer: certificateKeysSchema
  },

  'POST /api/session': {
    asker: 'anyone',
    summary: 'Sign in by user name and password',
    request: signInRequestSchema,
    answer: sessionAnswerSchema
  },
  'GET /api/session': {
    asker: 'user',
    summary: 'Who is signed in, and what is pending',
    answer: sessionAnswerSchema
  },
  'GET /api/session/if-any': {
    asker: 'anyone',
    summary: 'Who is signed in in this browser, null for nobody',
    answer: sessionIfAnySchema
  },
  'DELETE /api/session': { asker: 'anyone', summary: 'Sign out' },
  'POST /api/session/lock': {
    asker: 'anyone',
    summary: 'End the session of a tablet that locks; unlocking it opens another'
  },
  'POST /api/session/pending': {
    asker: 'user',
    summary: 'One pending thing is done',
    request: pendingDoneRequestSchema,
    answer: sessionAnswerSchema
  },
  'POST /api/session/password': {
    asker: 'user',
    summary: 'Change one’s own password; other sessions end',
    request: passwordChangeRequestSchema,
    answer: sessionAnswerSchema
  },
  'POST /api/session/passkey/options': {
    asker: 'anyone',
    summary: 'A question that a passkey answers',
    request: passkeyOptionsRequestSchema,
    answer: passkeyQuestionSchema
  },
  'POST /api/session/passkey': {
    asker: 'anyone',
    summary: 'Sign in by a passkey',
    request: passkeySignInRequestSchema,
    answer: sessionAnswerSchema
  },
  'GET /api/passkeys': {
    asker: 'user',
    summary: 'One’s own passkeys',
    answer: passkeyListSchema
  },
  'POST /api/passkeys/options': {
    asker: 'ready',
    summary: 'What a new passkey is made from; a fresh sign-in is needed',
    request: passkeyOptionsRequestSchema,
    answer: passkeyCreationSchema
  },
  'POST /api/passkeys': {
    asker: 'ready',
    summary: 'Register a passkey; a fresh sign-in is needed',
    request: passkeyRequestSchema,
    answer: passkeyAnswerSchema,
    status: 201
  },
  'DELETE /api/passkeys/:id': {
    asker: 'user',
    summary: 'Remove one’s own passkey; a fresh sign-in is needed'
  },
  'POST /api/session/unlock/options': {
    asker: 'device',
    summary: 'A challenge for the key of an enrolled tablet',
    request: unlockOptionsRequestSchema,
    answer: challengeAnswerSchema
  },
  'POST /api/session/unlock': {
    asker: 'device',
    summary: 'Renew the session by the key of an unlocked tablet',
    request: unlockRequestSchema,
    answer: sessionAnswerSchema
  },
  'POST /api/welcome/status': {
    asker: 'anyone',
    summary: 'What a one-time code is for',
    request: welcomeStatusRequestSchema,
    answer: welcomeStatusSchema
  },
  'POST /api/welcome': {
    asker: 'anyone',
    summary: 'A one-time code becomes an account with a password of its own',
    request: welcomeRequestSchema,
    answer: sessionAnswerSchema
  },

  'POST /api/devices': {
    asker: 'user',
    summary: 'Enrol this browser',
    request: enrolRequestSchema,
    answer: enrolAnswerSchema,
    status: 201
  },
  'GET /api/devices': {
    asker: 'user',
    summary: 'All devices for a main user, their own for a worker',
    answer: deviceListSchema
  },
  'GET /api/devices/carried': {
    asker: 'anyone',
    summary: 'The devices whose cookies this browser shows; names nobody',
    answer: carriedDevicesSchema
  },
  'DELETE /api/devices/:id': { asker: 'user', summary: 'Revoke a device' },
  'POST /api/devices/:id/state': {
    asker: 'device',
    summary: 'What a locked tablet may ask and must obey',
    request: deviceStateRequestSchema,
    answer: deviceStateAnswerSchema
  },
  'POST /api/devices/:id/wiped': {
    asker: 'device',
    summary: 'The device opens nothing any more; the browser clears itself where that harms nobody',
    request: wipedRequestSchema
  },
  'POST /api/devices/:id/cookie': { asker: 'user', summary: 'A new device cookie' },
  'GET /api/devices/:id/live': {
    asker: 'ready',
    summary: 'An event `pull` whenever there is something to pull; it carries no data',
    events: true
  },

  'POST /api/sync/pull': {
    asker: 'ready',
    summary: 'What changed for this device, as frames',
    request: pullRequestSchema,
    answer: frameSchema,
    stream: true
  },
  'POST /api/sync/push': {
    asker: 'device',
    summary: 'Deliver sealed operations',
    request: pushRequestSchema,
    answer: pushAnswerSchema
  },
  'POST /api/rescue': {
    asker: 'main-user',
    summary: 'Take the outbox that a tablet saved to a file, as if the tablet had delivered it',
    request: rescueFileSchema,
    answer: rescueAnswerSchema
  },

  'GET /api/office/pulse': {
    asker: 'main-user',
    summary: 'Changes whenever anything the office shows does',
    answer: pulseSchema
  },
  'GET /api/office/live': {
    asker: 'main-user',
    summary: 'An event `pull` whenever what the office shows has changed; it carries no data',
    events: true
  },
  'GET /api/office/situation': {
    asker: 'main-user',
    summary: 'What needs a person now',
    answer: situationSchema
  },
  'GET /api/office/organisation': {
    asker: 'main-user',
    summary: 'The settings of the organisation',
    answer: organisationAnswerSchema
  },
  'PUT /api/office/organisation/rules': {
    asker: 'main-user',
    summary: 'How organisers count the hours of their products, by day',
    request: rulesRequestSchema,
    answer: writtenAnswerSchema
  },
  'GET /api/office/users': {
    asker: 'main-user',
    summary: 'Who may sign in',
    answer: userListSchema
  },
  'POST /api/office/users': {
    asker: 'main-user',
    summary: 'Invite a user',
    request: inviteRequestSchema,
    answer: inviteAnswerSchema,
    status: 201
  },
  'PUT /api/office/users/:id': {
    asker: 'main-user',
    summary: 'Change a role, tasks or a name; in force at the next request',
    request: userRequestSchema,
    answer: userSummarySchema
  },
  'GET /api/office/users/:id/closing': {
    asker: 'main-user',
    summary: 'What goes with a user who leaves, before anything is done',
    answer: leavingSchema
  },
  'POST /api/office/users/:id/closing': {
    asker: 'main-user',
    summary: 'Close an account with its assignments, sessions and tablets',
    request: closingRequestSchema,
    answer: userSummarySchema
  },
  'GET /api/office/customerships/:id/log': {
    asker: 'main-user',
    summary: 'Who used it, when and for what; the newest first, `before` goes on',
    answer: usageAnswerSchema
  },
  'GET /api/office/log': {
    asker: 'main-user',
    summary: 'Who used which client’s data, when and for what; the newest first, `before` goes on',
    answer: logAnswerSchema
  },
  'GET /api/office/acts': {
    asker: 'main-user',
    summary: 'What users did beside the data of clients; the newest first, `before` goes on',
    answer: actsAnswerSchema
  },
  'GET /api/office/log/check': {
    asker: 'main-user',
    summary: 'Whether the trail is whole, and the logs as it says',
    answer: trailCheckSchema
  },
  'GET /api/office/log/trail': {
    asker: 'main-user',
    summary: 'The trail, for `npm run audit:verify`',
    file: 'text/plain'
  },
  'GET /api/office/log/checkpoint': {
    asker: 'main-user',
    summary: 'What the trail is now, signed, to be kept in a second place',
    file: 'text/plain'
  },
  'GET /api/office/reviews': {
    asker: 'main-user',
    summary: 'Reviews of the log of use, the latest first, and whether one is overdue',
    answer: reviewsAnswerSchema
  },
  'POST /api/office/reviews': {
    asker: 'main-user',
    summary: 'Draw uses of a period to be reviewed; never the reviewer’s own',
    request: reviewRequestSchema,
    answer: reviewAnswerSchema,
    status: 201
  },
  'GET /api/office/reviews/:review': {
    asker: 'main-user',
    summary: 'One review, with the drawn uses and what was found of each',
    answer: reviewAnswerSchema
  },
  'POST /api/office/reviews/:review/judgements': {
    asker: 'main-user',
    summary: 'Judge one drawn use; a judgement that was not seen is not overwritten',
    request: judgementSchema,
    answer: reviewAnswerSchema
  },
  'POST /api/office/reviews/:review/closing': {
    asker: 'main-user',
    summary: 'Close a review of which every use is judged; closed, it stays as it is',
    answer: reviewAnswerSchema
  },
  'GET /api/log': {
    asker: 'ready',
    summary: 'What one has used oneself; the newest first, `before` goes on',
    answer: logAnswerSchema
  },
  'GET /api/prints': {
    asker: 'ready',
    summary: 'What one has printed and nobody has destroyed; the oldest first',
    answer: openPrintsSchema
  },
  'GET /api/office/users/:id/prints': {
    asker: 'main-user',
    summary: 'What a user has printed and nobody has destroyed, also of one who has left',
    answer: openPrintsSchema
  },
  'POST /api/prints/:id/destruction': {
    asker: 'ready',
    summary: 'Say that a print is destroyed: one’s own, or, as a main user, anybody’s',
    answer: destructionSchema
  },
  'POST /api/office/users/:id/code': {
    asker: 'main-user',
    summary: 'Let a user back in: a new one-time code; sessions and devices end',
    answer: inviteAnswerSchema,
    status: 201
  },
  'GET /api/office/notes': {
    asker: 'main-user',
    summary: 'The notes that came in, newest first',
    answer: noteFeedSchema
  },
  'GET /api/office/notes/unfinished': {
    asker: 'main-user',
    summary: 'Visits of the days before this one whose note is a draft still, or is not there',
    answer: unfinishedNotesSchema
  },
  'PUT /api/office/customerships/:id/visits/:visit/note': {
    asker: 'main-user',
    summary:
      'A visit’s note, typed for its worker: as it was seen, or beside what came in meanwhile',
    request: noteAtOfficeSchema,
    answer: noteWrittenSchema
  },
  'POST /api/office/customerships/:id/visits/:visit/note/merge': {
    asker: 'main-user',
    summary: 'Of two versions of a note, as they were seen, one',
    request: mergeAtOfficeSchema,
    answer: noteWrittenSchema
  },
  'PUT /api/office/customerships/:id/visits/:visit/record': {
    asker: 'main-user',
    summary: 'The times and outcome of a visit that no tablet told, for its worker',
    request: recordAtOfficeSchema,
    answer: writtenAnswerSchema
  },
  'POST /api/office/completion-requests': {
    asker: 'main-user',
    summary: 'Ask workers to complete visits of theirs; each is asked once a day',
    request: askToCompleteSchema,
    answer: askAnswerSchema
  },
  'POST /api/office/customerships/:id/completion-requests/withdrawal': {
    asker: 'main-user',
    summary: 'Take back what a worker was asked to complete',
    request: withdrawalSchema,
    answer: writtenAnswerSchema
  },
  'GET /api/office/awaiting/:operation': {
    asker: 'main-user',
    summary: 'One operation that awaits a decision, opened for that',
    answer: heldAnswerSchema
  },
  'POST /api/office/awaiting': {
    asker: 'main-user',
    summary: 'Accepts, returns to the author or declines what awaits a decision',
    request: heldDecisionsSchema,
    answer: heldResultsSchema
  },
  'POST /api/office/import/check': {
    asker: 'main-user',
    summary: 'What an import would bring, and every fault of every row; nothing is written',
    request: importRequestSchema,
    answer: importCheckSchema
  },
  'POST /api/office/import': {
    asker: 'main-user',
    summary: 'Import clients of another system: all or nothing',
    request: importRequestSchema,
    answer: importLineSchema,
    stream: true
  },
  'GET /api/office/import/mappings': {
    asker: 'main-user',
    summary: 'Which columns were which fields before, by their headings',
    answer: importMappingsSchema
  },
  'PUT /api/office/import/mappings': {
    asker: 'main-user',
    summary: 'Remember which columns were which fields',
    request: importMappingSchema
  },
  'POST /api/office/customerships/:id/ending/acts': {
    asker: 'main-user',
    summary:
      'One thing of an ending is settled: a tick, a receipt, a hold, or the ending taken back',
    request: closingActSchema,
    answer: endingAnswerSchema
  },
  'PUT /api/office/organisation/policy': {
    asker: 'main-user',
    summary: 'How an ending runs by itself, and who is warned of it',
    request: policyRequestSchema,
    answer: writtenAnswerSchema
  },
  'GET /api/office/templates/standard': {
    asker: 'main-user',
    summary: 'The templates that a new register starts with',
    answer: standardTemplatesSchema
  },
  'POST /api/office/organisation/templates': {
    asker: 'main-user',
    summary: 'The next version of the template of visit notes; former ones stand',
    request: templateRequestSchema,
    answer: templateAnswerSchema,
    status: 201
  },
  'PUT /api/office/organisation/visiting': {
    asker: 'main-user',
    summary: 'Whom a worker calls, and whether an address may be looked up on a map',
    request: visitingRequestSchema,
    answer: writtenAnswerSchema
  },
  'GET /api/office/organisation/emblem': {
    asker: 'main-user',
    summary: 'The organisation’s own picture on its papers; no content where there is none',
    picture: true
  },
  'PUT /api/office/organisation/emblem': {
    asker: 'main-user',
    summary: 'Set the organisation’s own picture: JPEG or PNG, as it is',
    upload: true,
    answer: emblemAnswerSchema
  },
  'DELETE /api/office/organisation/emblem': {
    asker: 'main-user',
    summary: 'Take the organisation’s own picture from its papers'
  },
  'POST /api/office/customerships/:id/notes/:note/answer': {
    asker: 'main-user',
    summary: 'What was done about a concern that a note raised',
    request: alarmAnswerSchema,
    answer: writtenAnswerSchema
  },
  'GET /api/office/statistics': {
    asker: 'main-user',
    summary: 'Visits and hours by month, organiser and product, from the month `from` to `until`',
    answer: statisticsAnswerSchema
  },
  'PUT /api/office/organisation/transfers': {
    asker: 'main-user',
    summary:
      'What is settled with organisers about PSOP and Palse, and how files for them are written',
    request: transferSettingsRequestSchema,
    answer: writtenAnswerSchema
  },
  'GET /api/office/transfers': {
    asker: 'main-user',
    summary:
      'The service events of a `month`: what a portal is to hear, has heard, and how it stands',
    answer: transfersAnswerSchema
  },
  'POST /api/office/transfers/moves': {
    asker: 'main-user',
    summary: 'What somebody did in a portal or saw there, event by event',
    request: transferMovesSchema,
    answer: moveResultsSchema
  },
  'POST /api/office/transfers/exports': {
    asker: 'main-user',
    summary: 'A file of service events by a profile; none leaves twice unnoticed',
    request: transferExportSchema,
    answer: transferFileSchema,
    status: 201
  },
  'GET /api/office/endings': {
    asker: 'main-user',
    summary: 'Every ending customership, and the certificates',
    answer: endingsAnswerSchema
  },
  'GET /api/office/certificates/:number': {
    asker: 'main-user',
    summary: 'One deletion certificate',
    answer: certificateAnswerSchema
  },
  'GET /api/office/certificates/:number/pdf': {
    asker: 'main-user',
    summary: 'The same as a paper, in the language of `lang`',
    file: 'application/pdf'
  },
  'POST /api/office/customerships/search': {
    asker: 'main-user',
    summary: 'Find clients by name',
    request: customershipSearchSchema,
    answer: customershipListSchema
  },
  'POST /api/office/customerships': {
    asker: 'main-user',
    summary: 'Begin a customership',
    request: customershipOpeningSchema,
    answer: writtenAnswerSchema,
    status: 201
  },
  'GET /api/office/customerships/:id': {
    asker: 'main-user',
    summary: 'Everything of one customership that the view allows',
    answer: customershipAnswerSchema
  },
  'PUT /api/office/customerships/:id/profile': {
    asker: 'main-user',
    summary: 'State the profile',
    request: profileRequestSchema,
    answer: writtenAnswerSchema
  },
  'POST /api/office/customerships/:id/address': {
    asker: 'main-user',
    summary: 'Show a protected address; the log remembers it',
    request: addressRequestSchema,
    answer: addressAnswerSchema
  },
  'PUT /api/office/customerships/:id/contacts/:entry': {
    asker: 'main-user',
    summary: 'Add somebody to reach, or put their record right',
    request: contactRequestSchema,
    answer: writtenAnswerSchema
  },
  'DELETE /api/office/customerships/:id/contacts/:entry': {
    asker: 'main-user',
    summary: 'Remove somebody to reach',
    request: contactRemovalSchema,
    answer: writtenAnswerSchema
  },
  'POST /api/office/customerships/:id/suggestions/:entry': {
    asker: 'main-user',
    summary: 'Accept or decline what a worker proposes',
    request: suggestionDecisionSchema,
    answer: writtenAnswerSchema
  },
  'POST /api/office/customerships/:id/decisions': {
    asker: 'main-user',
    summary: 'Record a service decision',
    request: decisionRequestSchema,
    answer: writtenAnswerSchema,
    status: 201
  },
  'POST /api/office/customerships/:id/assignments': {
    asker: 'main-user',
    summary: 'Assign a worker',
    request: assignRequestSchema,
    answer: writtenAnswerSchema,
    status: 201
  },
  'POST /api/office/customerships/:id/visits': {
    asker: 'main-user',
    summary: 'Plan a visit, or move one',
    request: visitPlanRequestSchema,
    answer: writtenAnswerSchema,
    status: 201
  },
  'POST /api/office/customerships/:id/visits/series': {
    asker: 'main-user',
    summary: 'Plan visits week after week',
    request: seriesRequestSchema,
    answer: writtenAnswerSchema,
    status: 201
  },
  'POST /api/office/customerships/:id/visits/cancellation': {
    asker: 'main-user',
    summary: 'Call off a planned visit',
    request: cancelRequestSchema,
    answer: writtenAnswerSchema
  },
  'GET /api/office/customerships/:id/planning': {
    asker: 'main-user',
    summary: 'What a form needs to plan a visit',
    answer: planningAnswerSchema
  },
  'GET /api/office/week': {
    asker: 'main-user',
    summary: 'Workers by days, from the Monday in `from`',
    answer: weekAnswerSchema
  },
  'POST /api/office/week/swap': {
    asker: 'main-user',
    summary: "Give a worker's visits of one day to others, in one act",
    request: swapRequestSchema,
    answer: swapAnswerSchema
  },
  'POST /api/office/week/day-sheet': {
    asker: 'main-user',
    summary: "Print a worker's day: counted, and logged for each client on it",
    request: daySheetRequestSchema,
    answer: daySheetSchema
  },
  'PUT /api/office/customerships/:id/documents/:document/pages/:page': {
    asker: 'main-user',
    summary: 'Bring one page of a document that is to be added: JPEG or PNG, as it is',
    upload: true,
    answer: documentPageSchema
  },
  'DELETE /api/office/customerships/:id/documents/:document/pages': {
    asker: 'main-user',
    summary: 'Take away pages whose document was never added'
  },
  'GET /api/office/customerships/:id/documents/unfinished': {
    asker: 'main-user',
    summary: 'How many documents have come in part only',
    answer: unfinishedDocumentsSchema
  },
  'POST /api/office/customerships/:id/documents': {
    asker: 'main-user',
    summary: 'Add a document whose pages were brought',
    request: documentRequestSchema,
    answer: writtenAnswerSchema,
    status: 201
  },
  'PUT /api/office/customerships/:id/documents/:document': {
    asker: 'main-user',
    summary: 'Its title and validity',
    request: documentEditSchema,
    answer: writtenAnswerSchema
  },
  'POST /api/office/customerships/:id/documents/:document/original': {
    asker: 'main-user',
    summary: 'Where the paper original is now',
    request: originalRequestSchema,
    answer: writtenAnswerSchema
  },
  'POST /api/office/customerships/:id/documents/:document/removal': {
    asker: 'main-user',
    summary: 'Remove what was added by mistake, with the reason',
    request: documentRemovalSchema,
    answer: writtenAnswerSchema
  },
  'GET /api/documents/:document/pages/:page': {
    asker: 'ready',
    summary: 'One page of a document in view',
    picture: true
  },
  'GET /api/office/customerships/:id/ending': {
    asker: 'main-user',
    summary: 'What ending means, before and after it is set',
    answer: endingAnswerSchema
  },
  'POST /api/office/customerships/:id/ending': {
    asker: 'main-user',
    summary: 'Set the end date',
    request: endingRequestSchema,
    answer: endingAnswerSchema
  },
  'GET /api/office/customerships/:id/package': {
    asker: 'main-user',
    summary: 'What the return package is, where one was made',
    answer: packageAnswerSchema
  },
  'POST /api/office/customerships/:id/package': {
    asker: 'main-user',
    summary: 'Make the return package of an ending customership; it replaces the former',
    request: packageRequestSchema,
    answer: packageAnswerSchema,
    status: 201
  },
  'DELETE /api/office/customerships/:id/package': {
    asker: 'main-user',
    summary: 'Remove the return package'
  },
  'POST /api/office/customerships/:id/package/passphrase': {
    asker: 'main-user',
    summary: 'Show what opens the return package; the log remembers it',
    request: passphraseRequestSchema,
    answer: passphraseAnswerSchema
  },
  'GET /api/office/customerships/:id/package/record': {
    asker: 'main-user',
    summary: 'The return package for people: a PDF under its passphrase',
    file: 'application/pdf'
  },
  'GET /api/office/customerships/:id/package/archive': {
    asker: 'main-user',
    summary: 'The return package for systems: a ZIP under its passphrase',
    file: 'application/zip'
  },
  'GET /api/office/customerships/:id/requests/:request/passages': {
    asker: 'main-user',
    summary:
      'What may concern somebody else, with what was decided; titles in the language of `lang`',
    answer: passagesAnswerSchema
  },
  'PUT /api/office/customerships/:id/requests/:request/passages': {
    asker: 'main-user',
    summary: 'Release or blacken passages, or take a choice back',
    request: passageDecisionsSchema
  },
  'GET /api/office/customerships/:id/requests/:request/answer': {
    asker: 'main-user',
    summary: 'The report or file that was made for a request of the client, where one was',
    answer: answerStandingSchema
  },
  'POST /api/office/customerships/:id/requests/:request/answer': {
    asker: 'main-user',
    summary: 'Make the report of access or the portability file; it replaces the former',
    request: answerWishSchema,
    answer: answerStandingSchema,
    status: 201
  },
  'POST /api/office/customerships/:id/requests/:request/answer/passphrase': {
    asker: 'main-user',
    summary: 'Show what opens the archive of an answer; the log remembers it',
    request: passphraseRequestSchema,
    answer: passphraseAnswerSchema
  },
  'GET /api/office/customerships/:id/requests/:request/answer/paper': {
    asker: 'main-user',
    summary: 'The report as a paper, handed over by `channel`',
    file: 'application/pdf'
  },
  'GET /api/office/customerships/:id/requests/:request/answer/archive': {
    asker: 'main-user',
    summary: 'The answer as a ZIP under its passphrase, handed over by `channel`',
    file: 'application/zip'
  },
  'GET /api/office/summaries': {
    asker: 'main-user',
    summary: 'The summaries of a `month`, one for each organiser and client, and what is missing',
    answer: summariesAnswerSchema
  },
  'GET /api/office/summaries/changed': {
    asker: 'main-user',
    summary: 'What was approved and is not so any more, since a visit was corrected',
    answer: changedSummariesSchema
  },
  'GET /api/office/customerships/:id/summary': {
    asker: 'main-user',
    summary: 'One summary, by `organiser` and `month`, beside the month’s notes',
    answer: summaryAnswerSchema
  },
  'PUT /api/office/customerships/:id/summary': {
    asker: 'main-user',
    summary: 'The words of a summary that is not approved yet',
    request: summaryWriteSchema,
    answer: writtenAnswerSchema
  },
  'POST /api/office/customerships/:id/summary/correction': {
    asker: 'main-user',
    summary: 'A new version of an approved summary, which says what it replaces and why',
    request: correctionSchema,
    answer: writtenAnswerSchema,
    status: 201
  },
  'GET /api/office/customerships/:id/summary/pdf': {
    asker: 'main-user',
    summary: 'The approved summary of an `organiser` and `month` as a paper',
    file: 'application/pdf'
  },
  'POST /api/office/summaries/approval': {
    asker: 'main-user',
    summary: 'Number, lock and hash some of a month’s summaries',
    request: approvalSchema,
    answer: approvalAnswerSchema
  },
  'POST /api/office/summaries/delivery': {
    asker: 'main-user',
    summary:
      'Approved summaries in an encrypted archive: progress, its bytes and its passphrase, a line each',
    request: deliverySchema,
    answer: deliveryLineSchema,
    stream: true
  },
  'POST /api/office/summaries/receipt': {
    asker: 'main-user',
    summary: 'What the organiser says of what it was sent last',
    request: receiptSchema,
    answer: receiptAnswerSchema
  },
  'GET /api/office/requests': {
    asker: 'main-user',
    summary:
      'What people ask by their rights, each with its clock; who only oversees reads no names',
    answer: rightsListSchema
  },
  'POST /api/office/requests': {
    asker: 'main-user',
    summary: 'Register a request, of a client or of nobody whose data is held',
    request: rightsRegistrationSchema,
    answer: rightsDetailSchema,
    status: 201
  },
  'GET /api/office/requests/:request': {
    asker: 'main-user',
    summary: 'One request, and what is open of it',
    answer: rightsDetailSchema
  },
  'POST /api/office/requests/:request/acts': {
    asker: 'main-user',
    summary: 'One step of a request’s work; with the last it is closed',
    request: rightsActSchema,
    answer: rightsDetailSchema
  },
  'GET /api/office/requests/:request/letter': {
    asker: 'main-user',
    summary: 'The answer, to hand over or to post, with the authority to whom one may complain',
    file: 'application/pdf'
  },
  'GET /api/office/disclosures': {
    asker: 'main-user',
    summary:
      'What left the house, newest first: by `month`, `kind`, `recipient`, `customership`; `before` goes on',
    answer: disclosuresAnswerSchema
  },
  'GET /api/office/customerships/:id/disclosures/pdf': {
    asker: 'main-user',
    summary: 'What of one client was disclosed, as a paper in the language of `lang`',
    file: 'application/pdf'
  },
  'POST /api/office/customerships/:id/deletion': {
    asker: 'main-user',
    summary: 'Delete what has ended, and certify it',
    answer: deletionAnswerSchema
  }
}
