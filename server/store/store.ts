import { chmodSync, mkdirSync } from 'node:fs'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import { Across } from './across.ts'
import { ActLog } from './act-log.ts'
import { AppliedOperations } from './applied-operations.ts'
import { Certificates } from './certificates.ts'
import type { Database } from './database.ts'
import { Deletions } from './deletions.ts'
import { Devices } from './devices.ts'
import { DisclosureLog } from './disclosure-log.ts'
import { Facts } from './facts.ts'
import { Holdings } from './holdings.ts'
import { Incidents } from './incidents.ts'
import { KeptInMemory } from './kept-in-memory.ts'
import { Marks } from './marks.ts'
import { EmblemStore } from './emblem-store.ts'
import { forgetAgain } from './forget-again.ts'
import { Guesses } from './guesses.ts'
import { ImportMappings } from './import-mappings.ts'
import { requireNotMoved } from './moved-marker.ts'
import { Notices } from './notices.ts'
import type { Place } from './open-engines.ts'
import { openRegister, openSearch, openSuppression } from './open-parts.ts'
import { OrganisationStore } from './organisation.ts'
import { Passkeys } from './passkeys.ts'
import { Prints } from './prints.ts'
import { Register } from './register.ts'
import { requireNoRestore } from './restore-marker.ts'
import { Reviews } from './reviews.ts'
import { RightsRequests } from './rights-requests.ts'
import { Scanner } from './scanner.ts'
import { SearchIndex } from './search.ts'
import { Sessions } from './sessions.ts'
import { takeLock } from './store-lock.ts'
import { Suppression } from './suppression.ts'
import type { RegisterTables, SearchTables, SuppressionTables } from './tables.ts'
import { Tallies } from './tallies.ts'
import type { Touched } from './touched.ts'
import { Trail } from './trail.ts'
import { UsageLog } from './usage-log.ts'
import { Users } from './users.ts'

/** Everything that outlives a request. What stands here of a client is sealed under its customership's key. */
export interface Store {
  readonly register: Register
  readonly across: Across
  readonly operations: AppliedOperations
  readonly holdings: Holdings
  readonly users: Users
  readonly sessions: Sessions
  readonly passkeys: Passkeys
  readonly guesses: Guesses
  readonly devices: Devices
  readonly organisation: OrganisationStore
  readonly emblem: EmblemStore
  readonly notices: Notices
  readonly incidents: Incidents
  readonly usage: UsageLog
  readonly prints: Prints
  readonly disclosures: DisclosureLog
  readonly rights: RightsRequests
  readonly acts: ActLog
  readonly reviews: Reviews
  readonly trail: Trail
  readonly importMappings: ImportMappings
  readonly tallies: Tallies
  readonly certificates: Certificates
  readonly deletions: Deletions
  readonly marks: Marks
  readonly scanner: Scanner
  readonly suppression: Suppression
  /** Random; renewed when a backup is restored. */
  generation(): Promise<string>
  /** The next of a series of running numbers. */
  nextNumber(series: string): Promise<number>
  /** When the newest backup was made. Null: none was. */
  backupAt(): Promise<number | null>
  /** Changes with every committed write that the office shows, in any process. */
  pulse(): Promise<string>
  /** Told after each commit that changes what is shown, whom it touches. Answers how to hear no more. */
  onShown(listen: (touched: readonly Touched[]) => void): () => void
  /** What one process does for all. Null: another one does it at this moment. */
  alone<T>(name: string, use: () => Promise<T>): Promise<T | null>
  /** Throws StoreUnavailable. */
  checkWritable(): Promise<void>
  close(): Promise<void>
  /** The files themselves, for erasing and for nothing else. */
  readonly files: Files
}

export interface Files {
  readonly register: Database<RegisterTables>
  readonly search: Database<SearchTables>
  readonly suppression: Database<SuppressionTables>
  readonly suppressionCopies: readonly Database<SuppressionTables>[]
  readonly keyStore: KeyStore
}

export async function openStore(options: {
  folder: string
  /** Of PostgreSQL, where many processes share the store; the folder then holds nothing of it. */
  databaseUrl?: string | null
  /** No server may run meanwhile, not even one that shares the store. */
  isAlone?: boolean
  keyStore: KeyStore
  clock: Clock
  /** Folders with copies of the suppression list, which all know what one of them knows. */
  suppressionCopies?: readonly string[]
}): Promise<Store> {
  const {
    folder,
    databaseUrl = null,
    isAlone = false,
    keyStore,
    clock,
    suppressionCopies = []
  } = options
  const place: Place = databaseUrl === null ? { folder } : { databaseUrl }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const opened: Closing[] = []
  const close = async () => {
    for (let one = opened.pop(); one; one = opened.pop()) await one()
  }
  try {
    const isShared = databaseUrl !== null && !isAlone
    const lock = takeLock(folder, 'store', { isShared })
    opened.push(async () => lock.release())
    requireNoRestore(folder)
    if (databaseUrl === null) requireNotMoved(folder)
    const files = await openFiles({ place, suppressionCopies, keyStore }, opened)
    const scanner = new Scanner([folder, ...keyStore.folders], databaseUrl)
    opened.push(() => scanner.close())
    return await assemble(files, { place, clock, scanner, close })
  } catch (error) {
    await close()
    throw error
  }
}

type Closing = () => Promise<void>

async function assemble(
  files: Files,
  { place, clock, scanner, close }: { place: Place; clock: Clock; scanner: Scanner; close: Closing }
): Promise<Store> {
  const { register: database, keyStore } = files
  const facts = new Facts(database)
  await facts.requireKeysOf(keyStore.publicKey())
  const suppression = new Suppression(files.suppression, files.suppressionCopies, keyStore)
  await suppression.agree()
  // What was deleted is in no register that is up to date.
  if ((await forgetAgain(files, suppression)) > 0) await facts.renewGeneration()
  const rights = new RightsRequests(database)
  await rights.closeAbsent(clock.now())
  const generation = await facts.generation()
  const trail = new Trail(database, keyStore)
  const search = new SearchIndex(files.search, database, keyStore)
  // Nobody who only starts waits for it: whoever searches does.
  search.repairBehind()
  const devices = new Devices(database)
  const kept = new KeptInMemory(database)
  const marks = new Marks(database)
  const beside = {
    operations: new AppliedOperations(database, keyStore),
    holdings: new Holdings(database),
    deletions: new Deletions(database, kept, marks),
    usage: new UsageLog(database, trail),
    prints: new Prints(database),
    suppression
  }
  const disclosures = new DisclosureLog(database, trail)
  await takeIn(trail, generation, clock.now(), [beside.usage, disclosures])
  const notices = new Notices(database)
  const organisation = new OrganisationStore(database, notices)
  await organisation.freezeNotice()
  // One process counts from its start, many count together.
  const life = 'folder' in place ? newUuidV4() : generation
  return {
    register: new Register(database, keyStore, clock, { ...beside, search, kept }),
    ...beside,
    across: new Across(database, keyStore),
    devices,
    marks,
    scanner,
    files,
    users: new Users(database),
    sessions: new Sessions(database),
    passkeys: new Passkeys(database),
    guesses: new Guesses(database),
    organisation,
    notices,
    incidents: new Incidents(database, keyStore),
    emblem: new EmblemStore(database),
    disclosures,
    rights,
    acts: new ActLog(database, trail),
    reviews: new Reviews(database),
    trail,
    importMappings: new ImportMappings(database),
    tallies: new Tallies(database),
    certificates: new Certificates(database),
    generation: () => Promise.resolve(generation),
    nextNumber: (series) => facts.nextNumber(series),
    backupAt: () => facts.backupAt(),
    onShown: (listen) => database.onShown(listen),
    pulse: async () => `${life}/${await database.countShown()}`,
    alone: (name, use) => database.alone(name, use),
    checkWritable: () => facts.checkWritable(clock.now()),
    close
  }
}

const adoptedAtOnce = 2000

/** SECURITY 19: says which life of the register this is, and takes in what no trail tells of yet. */
async function takeIn(
  trail: Trail,
  generation: string,
  now: number,
  logs: readonly { adopt(most: number): Promise<number> }[]
): Promise<void> {
  await trail.ensureBegun(generation, now)
  for (const log of logs) while ((await log.adopt(adoptedAtOnce)) > 0);
}

async function openFiles(
  {
    place,
    suppressionCopies,
    keyStore
  }: { place: Place; suppressionCopies: readonly string[]; keyStore: KeyStore },
  opened: Closing[]
): Promise<Files> {
  const open = async <T>(opening: Promise<Database<T>>): Promise<Database<T>> => {
    const database = await opening
    opened.push(() => database.close())
    return database
  }
  const register = await open(openRegister(place))
  const search = await open(openSearch(place))
  const suppression = await open(openSuppression(place))
  const copies: Database<SuppressionTables>[] = []
  for (const folder of suppressionCopies) copies.push(await open(openSuppression({ folder })))
  return { register, search, suppression, suppressionCopies: copies, keyStore }
}
