import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { StoreUnavailable } from '#server/store/store-unavailable.ts'

/** Milliseconds. */
const patience = { connect: 5000, lock: 30_000, idleInTransaction: 60_000 } as const

/**
 * SQLSTATE (PostgreSQL manual, appendix A) of what passes, and is worth another try: no connection,
 * no room, no right to write now, a lock that was not to be had, two that waited for each other.
 */
const passing = /^(08...|25006|40001|40P01|53...|55P03|57P0[1-5]|57014|58030|XX00[12])$/

/** Of a connection that never was, or that ended: system errors and the library's own. */
const lost = /^(E[A-Z]+)$/

/** Whether it is the engine that refuses, and not what was asked of it. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    passing.test(code) ||
    lost.test(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(
      error.message
    )
  )
}

/** Says nothing of what was asked: the engine's own message could. */
export async function orUnavailable<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (error) {
    if (isPassing(error))
      throw new StoreUnavailable('the database does not answer', { cause: error })
    throw error
  }
}

/** The engine's numbers are read as numbers: none of ours is beyond 2^53. */
const numeric = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC])

export const numbersAsNumbers: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    numeric.has(oid) ? Number : (pg.types.getTypeParser(oid, format) as (text: string) => unknown)
}

export function poolOf(o: { url: string; schema: string; connections: number }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: o.url,
    max: o.connections,
    connectionTimeoutMillis: patience.connect,
    application_name: 'kotikaynti',
    types: numbersAsNumbers,
    options: [
      `-c search_path=${o.schema}`,
      `-c lock_timeout=${patience.lock}`,
      `-c idle_in_transaction_session_timeout=${patience.idleInTransaction}`,
      // §12: a commit that is answered is on the disk.
      '-c synchronous_commit=on'
    ].join(' ')
  })
  // An idle connection that ends is replaced by the next question; without this it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/** As Kysely asks for it; what passes is told as StoreUnavailable. */
export function asKyselyPool(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    async connect() {
      const client = await orUnavailable(pool.connect())
      const found = known.get(client) ?? asKyselyClient(client)
      known.set(client, found)
      return found
    },
    end: () => pool.end()
  }
}

function asKyselyClient(client: pg.PoolClient): PostgresPoolClient {
  // A connection that ends in the hands of somebody fails their question; the event says no more.
  client.on('error', () => undefined)
  const query = <R>(
    text: string,
    parameters: readonly unknown[]
  ): Promise<PostgresQueryResult<R>> =>
    orUnavailable(client.query({ text, values: [...parameters] })) as unknown as Promise<
      PostgresQueryResult<R>
    >
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy)
  }
}
