import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import { Across } from './across.ts'
import { AppliedOperations } from './applied-operations.ts'
import { Certificates } from './certificates.ts'
import { Database } from './database.ts'
import { Deletions } from './deletions.ts'
import { Devices } from './devices.ts'
import { Facts } from './facts.ts'
import { Holdings } from './holdings.ts'
import { KeptInMemory } from './kept.ts'
import { register as registerSchema } from './migrations/0001-register.ts'
import { search as searchSchema } from './migrations/0001-search.ts'
import { suppression as suppressionSchema } from './migrations/0001-suppression.ts'
import { entriesOfKind } from './migrations/0002-entries-of-kind.ts'
import { entriesByTime } from './migrations/0003-entries-by-time.ts'
import { documentPages } from './migrations/0003-document-pages.ts'
import { planning } from './migrations/0004-planning.ts'
import { importMappings } from './migrations/0005-import-mappings.ts'
import { tallies } from './migrations/0009-tallies.ts'
import { ImportMappings } from './import-mappings.ts'
import { OrganisationStore } from './organisation.ts'
import { Register } from './register.ts'
import { SearchIndex } from './search.ts'
import { Sessions } from './sessions.ts'
import { Suppression } from './suppression.ts'
import type { RegisterTables, SearchTables, SuppressionTables } from './tables.ts'
import { Tallies } from './tallies.ts'
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
  readonly devices: Devices
  readonly organisation: OrganisationStore
  readonly usage: UsageLog
  readonly importMappings: ImportMappings
  readonly tallies: Tallies
  readonly certificates: Certificates
  readonly deletions: Deletions
  readonly suppression: Suppression
  /** Random; renewed when a backup is restored. */
  generation(): Promise<string>
  /** Changes with every committed write that the office shows. */
  pulse(): string
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
  readonly keyStore: KeyStore
}

export async function openStore(options: {
  folder: string
  keyStore: KeyStore
  clock: Clock
}): Promise<Store> {
  const { folder, keyStore, clock } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const files = await openFiles(folder, keyStore)
  try {
    return await assemble(files, clock)
  } catch (error) {
    await closeFiles(files)
    throw error
  }
}

async function assemble(files: Files, clock: Clock): Promise<Store> {
  const { register: database, keyStore } = files
  const facts = new Facts(database)
  await facts.requireKeysOf(keyStore.publicKey())
  const generation = await facts.generation()
  const search = new SearchIndex(files.search, database, keyStore)
  await search.repair()
  const devices = new Devices(database)
  const kept = new KeptInMemory()
  const beside = {
    operations: new AppliedOperations(database, keyStore),
    holdings: new Holdings(database),
    deletions: new Deletions(database, kept),
    usage: new UsageLog(database),
    suppression: new Suppression(files.suppression, keyStore)
  }
  const start = newUuidV4()
  return {
    register: new Register(database, keyStore, clock, { ...beside, search, kept }),
    ...beside,
    across: new Across(database, keyStore),
    devices,
    files,
    users: new Users(database),
    sessions: new Sessions(database),
    organisation: new OrganisationStore(database),
    importMappings: new ImportMappings(database),
    tallies: new Tallies(database),
    certificates: new Certificates(database),
    generation: () => Promise.resolve(generation),
    pulse: () => `${start}/${database.shown}`,
    checkWritable: () => facts.checkWritable(clock.now()),
    close: () => closeFiles(files)
  }
}

async function openFiles(folder: string, keyStore: KeyStore): Promise<Files> {
  const register = await Database.open<RegisterTables>(join(folder, 'register.db'), {
    '0001-register': registerSchema,
    '0002-entries-of-kind': entriesOfKind,
    '0003-entries-by-time': entriesByTime,
    '0003-document-pages': documentPages,
    '0004-planning': planning,
    '0005-import-mappings': importMappings,
    '0009-tallies': tallies
  })
  const search = await Database.open<SearchTables>(join(folder, 'search.db'), {
    '0001-search': searchSchema
  })
  const suppression = await Database.open<SuppressionTables>(join(folder, 'suppression.db'), {
    '0001-suppression': suppressionSchema
  })
  return { register, search, suppression, keyStore }
}

async function closeFiles(files: Files): Promise<void> {
  await files.register.close()
  await files.search.close()
  await files.suppression.close()
}
