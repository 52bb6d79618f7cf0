import type { CompiledQuery, DatabaseConnection, Kysely } from 'kysely'
import type { Asking, Engine } from './engines/engine.ts'
import { changedBy } from './guarded-dialect.ts'
import { InHand, type HeldTables, type Writing } from './in-hand.ts'
import { setSavepoint } from './savepoint.ts'
import { StoreUnavailable } from './store-unavailable.ts'

/** What a transaction knows of its gathering. */
export interface GatheringInside {
  /** While rows are gathered: what is not written yet. */
  inHand: InHand | null
  /** Known from its first statement on. */
  connection: DatabaseConnection | null
}

/** Rows of a transaction that are written together. */
export class Gathering {
  readonly #engine: Pick<Engine, 'insertAll'>
  readonly #kysely: Pick<Kysely<unknown>, 'getExecutor'>
  readonly #savepoint: <R>(use: () => Promise<R>) => Promise<R>

  constructor(
    engine: Pick<Engine, 'insertAll'>,
    kysely: Pick<Kysely<unknown>, 'getExecutor'>,
    savepoint: <R>(use: () => Promise<R>) => Promise<R>
  ) {
    this.#engine = engine
    this.#kysely = kysely
    this.#savepoint = savepoint
  }

  /** See `Database.gathered`. */
  async within<R>(inside: GatheringInside, tables: HeldTables, use: () => Promise<R>): Promise<R> {
    const inHand = new InHand(tables, this.#writingOf(inside))
    try {
      return await this.#savepoint(async () => {
        inside.inHand = inHand
        try {
          const done = await use()
          await inHand.settle()
          return done
        } finally {
          inside.inHand = null
        }
      })
    } catch (error) {
      if (inHand.failure === null || inHand.failure.error instanceof StoreUnavailable) throw error
      return this.#savepoint(use)
    }
  }

  /** Past what is in hand, and past whoever asks and waits for it to be written. */
  #writingOf(inside: GatheringInside): Writing {
    const past: Asking = {
      getExecutor: () =>
        this.#kysely.getExecutor().withConnectionProvider({
          provideConnection: (use) => use(connectionOf(inside))
        })
    }
    return {
      rows: (table, rows, over) => this.#engine.insertAll(past, table, rows, over),
      savepoint: (command) => setSavepoint(past, command)
    }
  }
}

/** Before each statement of the transaction. Null when nothing waits to be written. */
export function writeFirst(
  inside: GatheringInside,
  asked: CompiledQuery,
  connection: DatabaseConnection
): Promise<void> | null {
  inside.connection = connection
  return inside.inHand?.before(changedBy(asked)) ?? null
}

function connectionOf({ connection }: GatheringInside): DatabaseConnection {
  if (!connection) throw new Error('nothing was asked in this transaction')
  return connection
}
