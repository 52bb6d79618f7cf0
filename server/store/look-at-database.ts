import pg from 'pg'
import { refusalOf } from './engines/postgres-refusal.ts'
import { orUnavailable } from './engines/postgres-pool.ts'
import { comparedToThis, type RegisterLook } from './look-at-register.ts'

/** What a database of PostgreSQL says of itself, and of the register in it. */
export interface DatabaseLook {
  /** Null: it holds none yet. */
  readonly register: RegisterLook | null
  /** By name, as PostgreSQL says them. */
  readonly settings: Readonly<Record<string, string>>
  /** How many more may come. */
  readonly connectionsLeft: number
  readonly isEncrypted: boolean
  readonly isSuperuser: boolean
}

const asked = ['fsync', 'full_page_writes', 'synchronous_commit', 'archive_mode', 'max_connections']

/** Asks, and writes nothing. A database that refuses is told by its reason. */
export async function lookAtDatabase(url: string): Promise<DatabaseLook | { refused: string }> {
  const client = new pg.Client({ connectionString: url, application_name: 'kotikaynti doctor' })
  // Whatever ends it is told by the question in hand.
  client.on('error', () => undefined)
  try {
    await orUnavailable(client.connect())
    await client.query('set default_transaction_read_only = on')
    return await look(client)
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return { refused: refusal.message }
  } finally {
    await client.end()
  }
}

async function look(client: pg.Client): Promise<DatabaseLook> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [asked]
  )
  const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
  const [line] = await ask<{ used: string; encrypted: boolean; superuser: boolean }>(
    client,
    `select (select count(*) from pg_stat_activity) as used,
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
       (select rolsuper from pg_roles where rolname = current_user) as superuser`
  )
  return {
    register: await lookAtRegisterIn(client),
    settings,
    connectionsLeft: Number(settings['max_connections']) - Number(line?.used ?? 0),
    isEncrypted: line?.encrypted ?? false,
    isSuperuser: line?.superuser ?? false
  }
}

async function lookAtRegisterIn(client: pg.Client): Promise<RegisterLook | null> {
  const [there] = await ask<{ there: boolean }>(
    client,
    `select to_regclass('register.facts') is not null as there`
  )
  if (!there?.there) return null
  const facts = await ask<{ name: string; value: string }>(
    client,
    `select name, value from register.facts where name in ('key-store', 'heartbeat')`
  )
  const fact = (asked: string) => facts.find(({ name }) => name === asked)?.value ?? null
  const heartbeat = fact('heartbeat')
  const [newest] = await ask<{ name: string | null }>(
    client,
    'select max(name) as name from register.kysely_migration'
  )
  const [size] = await ask<{ bytes: string }>(
    client,
    'select pg_database_size(current_database()) as bytes'
  )
  const ids = await ask<{ id: string }>(
    client,
    `select id from register.customerships where state <> 'deleting'`
  )
  return {
    journals: [],
    damaged: [],
    version: comparedToThis(newest?.name ?? ''),
    publicKey: fact('key-store'),
    heartbeatAt: heartbeat === null ? null : Number(heartbeat),
    customerships: ids.map(({ id }) => id),
    bytes: Number(size?.bytes ?? 0)
  }
}

const ask = async <R extends object>(client: pg.Client, text: string): Promise<R[]> =>
  (await orUnavailable(client.query<R>(text))).rows
