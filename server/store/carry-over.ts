import Sqlite from 'better-sqlite3'
import type { Inspection } from './register-file.ts'

/** How much of the former register went into the restored one. */
export interface CarriedOver {
  readonly certificates: number
  readonly uses: number
}

/**
 * What must outlive a restore is brought from the register that was there: lines of use, finished
 * deletions and those under way, where the tablets' copies lie, and who may enter, as it was last.
 * Then the restored register begins a life of its own. Null: the former register cannot be read, or
 * is not one of these keys, and nothing of it was brought.
 */
export function settleRestored({
  path,
  former,
  generation
}: {
  path: string
  former: string | null
  generation: string
}): CarriedOver | null {
  const db = new Sqlite(path, { fileMustExist: true })
  try {
    db.pragma('synchronous = 2')
    db.pragma('secure_delete = 1')
    db.pragma('temp_store = 2')
    const carried = former === null ? null : carryOver(db, former)
    db.transaction(() => begin(db, generation)).immediate()
    return carried
  } finally {
    db.close()
  }
}

/** The file is at fault. Any other error is ours, and nobody may go on as if nothing had been there. */
const unreadable = /^SQLITE_(CORRUPT|NOTADB|CANTOPEN|IOERR)/

function carryOver(db: Sqlite.Database, former: string): CarriedOver | null {
  try {
    db.prepare('ATTACH ? AS former').run(former)
    return db.transaction(() => (isSameStore(db) ? carry(db) : null)).immediate()
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && unreadable.test(error.code)) return null
    throw error
  } finally {
    if (isAttached(db)) db.exec('DETACH former')
  }
}

const isAttached = (db: Sqlite.Database): boolean =>
  (db.pragma('database_list') as { name: string }[]).some(({ name }) => name === 'former')

function isSameStore(db: Sqlite.Database): boolean {
  const same = db.prepare(
    `SELECT 1 FROM main.facts JOIN former.facts AS other USING (name, value) WHERE name = 'key-store'`
  )
  return same.get() !== undefined
}

function carry(db: Sqlite.Database): CarriedOver {
  const certificates = rows(db, 'certificates')
  bring(db, 'certificates', 'number', [])
  // A deletion that was under way is gone through again, one that was finished is not.
  bring(db, 'deletions', 'customership', [])
  db.exec(`
    DELETE FROM main.deletions WHERE customership IN (SELECT customership FROM main.certificates);
    UPDATE main.customerships SET state = 'deleting', revision = revision + 1
      WHERE state <> 'deleting' AND id IN (SELECT customership FROM main.deletions)`)
  // The ledger tells of the tablets, not of the register: theirs did not go back in time.
  db.exec('DELETE FROM main.holdings')
  bring(db, 'holdings', 'device, customership', [])
  // What was deleted since is in these sums already, and cannot count itself again.
  if (columns(db, 'former', 'tallies').length > 0) {
    db.exec('DELETE FROM main.tallies')
    bring(db, 'tallies', 'month, organiser, product', [])
  }
  // A number that was given since stays given.
  db.exec(`
    INSERT INTO main.facts (name, value)
      SELECT name, value FROM former.facts WHERE name LIKE 'number/%'
      ON CONFLICT (name) DO UPDATE SET value =
        CAST(max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER)) AS TEXT)`)
  const isSame = isSameTrail(db)
  if (isSame) bringTrail(db)
  // What left the house since the backup left it all the same.
  if (columns(db, 'former', 'disclosures').length > 0) bringDisclosures(db, isSame)
  // Paper that was printed since lies somewhere all the same.
  if (columns(db, 'former', 'prints').length > 0) bring(db, 'prints', 'id', [])
  bring(db, 'users', 'id', [])
  // One that was removed since the backup opens nothing again.
  if (columns(db, 'former', 'passkeys').length > 0) {
    db.exec('DELETE FROM main.passkeys')
    bring(db, 'passkeys', 'id', [])
  }
  // What a tablet sent since the backup is not here, so that it is asked for again.
  bring(db, 'devices', 'id', ['receivedThrough', 'safeThrough'])
  return { certificates: rows(db, 'certificates') - certificates, uses: bringUses(db, isSame) }
}

/** The former row wins, except for the columns that tell what this register itself holds. */
function bring(db: Sqlite.Database, table: string, key: string, own: readonly string[]): void {
  const there = columns(db, 'former', table)
  const both = columns(db, 'main', table).filter((name) => there.includes(name))
  const into = both.map((name) => `"${name}"`).join(', ')
  const from = both.map((name) => (own.includes(name) ? '0' : `"${name}"`)).join(', ')
  const changed = both
    .filter((name) => !own.includes(name) && !key.split(', ').includes(name))
    .map((name) => `"${name}" = excluded."${name}"`)
    .join(', ')
  db.exec(
    `INSERT INTO main."${table}" (${into}) SELECT ${from} FROM former."${table}" WHERE true
     ON CONFLICT (${key}) DO UPDATE SET ${changed}`
  )
}

/** SECURITY 19: whether the former register's trail is this one's, gone on. */
function isSameTrail(db: Sqlite.Database): boolean {
  if (columns(db, 'former', 'trail').length === 0) return false
  const [other] = db
    .prepare<[], { link: string | null }>(
      `SELECT former.link FROM (SELECT number, link FROM main.trail ORDER BY number DESC LIMIT 1) AS head
       LEFT JOIN former.trail AS former ON former.number = head.number AND former.link = head.link`
    )
    .all()
  return other === undefined || other.link !== null
}

/** A trail does not go back in time: what was written since the backup was written all the same. */
function bringTrail(db: Sqlite.Database): void {
  bring(db, 'trail', 'number', [])
  bring(db, 'acts', 'line', [])
  bring(db, 'checkpoints', 'sig', [])
  // They name uses by the lines of this trail: what was judged since the backup stays judged.
  if (columns(db, 'former', 'reviews').length === 0) return
  bring(db, 'reviews', 'id', [])
  bring(db, 'reviewLines', 'review, line', [])
}

const places = ['line', 'salt', 'receiptLine', 'receiptSalt'] as const

/** Of another trail than this one they are taken in anew when the register opens. */
function bringDisclosures(db: Sqlite.Database, isSame: boolean): void {
  bring(db, 'disclosures', 'id', isSame ? [] : places)
  if (!isSame)
    db.exec(`UPDATE main.disclosures SET line = NULL, salt = NULL WHERE line = 0;
             UPDATE main.disclosures SET receiptLine = NULL, receiptSalt = NULL WHERE receiptLine = 0`)
}

/** A line has no name of its own: the same line twice is told by every column. */
function bringUses(db: Sqlite.Database, isSame: boolean): number {
  const names = columns(db, 'main', 'uses').filter((name) => isSame || !isPlace(name))
  const compared = names.map((name) => `known."${name}" IS line."${name}"`).join(' AND ')
  const list = names.map((name) => `"${name}"`).join(', ')
  return db
    .prepare(
      `INSERT INTO main.uses (${list}) SELECT ${list} FROM former.uses AS line
       WHERE NOT EXISTS (SELECT 1 FROM main.uses AS known WHERE ${compared})`
    )
    .run().changes
}

const isPlace = (name: string): boolean => places.some((place) => place === name)

/** Nobody is signed in, no code opens, and every tablet starts afresh from what it knows is here. */
function begin(db: Sqlite.Database, generation: string): void {
  db.exec(`
    DELETE FROM main.sessions;
    DELETE FROM main.codes;
    UPDATE main.devices SET safeThrough = receivedThrough, unlockUntil = NULL`)
  db.prepare("UPDATE main.facts SET value = ? WHERE name = 'generation'").run(generation)
}

function columns(db: Sqlite.Database, schema: 'main' | 'former', table: string): string[] {
  return (db.pragma(`${schema}.table_info("${table}")`) as { name: string }[]).map(
    ({ name }) => name
  )
}

function rows(db: Sqlite.Database, table: keyof Inspection['rows']): number {
  const row = db
    .prepare<[], { count: number }>(`SELECT count(*) AS count FROM main."${table}"`)
    .get()
  return row?.count ?? 0
}
