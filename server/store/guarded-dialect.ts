import {
  DeleteQueryNode,
  InsertQueryNode,
  SelectQueryNode,
  TableNode,
  UpdateQueryNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type OperationNode,
  type QueryResult,
  type TransactionSettings
} from 'kysely'

/** Null where there is nothing to wait for. */
export interface Guard {
  /** Before somebody is given a connection. */
  admit(): Promise<void> | null
  /** Before each statement; told on which connection, which asks past the guard. */
  before(asked: CompiledQuery, connection: DatabaseConnection): Promise<void> | null
}

/** The same dialect, in which whoever asks waits for the guard first. */
export function guarded(dialect: Dialect, guard: Guard): Dialect {
  return {
    createDriver: () => new GuardedDriver(dialect.createDriver(), guard),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db)
  }
}

class GuardedDriver implements Driver {
  readonly #driver: Driver
  readonly #guard: Guard
  readonly #connections = new WeakMap<DatabaseConnection, Connection>()

  constructor(driver: Driver, guard: Guard) {
    this.#driver = driver
    this.#guard = guard
  }

  init(): Promise<void> {
    return this.#driver.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#guard.admit()
    const inner = await this.#driver.acquireConnection()
    const known = this.#connections.get(inner)
    if (known) return known
    const connection = new Connection(inner, this.#guard)
    this.#connections.set(inner, connection)
    return connection
  }

  beginTransaction(connection: Connection, settings: TransactionSettings): Promise<void> {
    return this.#driver.beginTransaction(connection.inner, settings)
  }

  commitTransaction(connection: Connection): Promise<void> {
    return this.#driver.commitTransaction(connection.inner)
  }

  rollbackTransaction(connection: Connection): Promise<void> {
    return this.#driver.rollbackTransaction(connection.inner)
  }

  releaseConnection(connection: Connection): Promise<void> {
    return this.#driver.releaseConnection(connection.inner)
  }

  destroy(): Promise<void> {
    return this.#driver.destroy()
  }
}

class Connection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  readonly #guard: Guard

  constructor(inner: DatabaseConnection, guard: Guard) {
    this.inner = inner
    this.#guard = guard
  }

  async executeQuery<R>(asked: CompiledQuery): Promise<QueryResult<R>> {
    await this.#guard.before(asked, this.inner)
    return this.inner.executeQuery<R>(asked)
  }

  async *streamQuery<R>(
    asked: CompiledQuery,
    atOnce: number
  ): AsyncIterableIterator<QueryResult<R>> {
    await this.#guard.before(asked, this.inner)
    yield* this.inner.streamQuery<R>(asked, atOnce)
  }
}

/** Which tables a statement may change. Null: what is not ours to read says nothing of it. */
export function changedBy({ query }: CompiledQuery): readonly string[] | null {
  if (SelectQueryNode.is(query)) return []
  if (InsertQueryNode.is(query)) return namesOf(query.into)
  if (UpdateQueryNode.is(query)) return namesOf(query.table)
  if (DeleteQueryNode.is(query)) return namesOf(...query.from.froms)
  return null
}

function namesOf(...tables: readonly (OperationNode | undefined)[]): readonly string[] | null {
  const names: string[] = []
  for (const table of tables) {
    if (!table || !TableNode.is(table)) return null
    names.push(table.table.identifier.name)
  }
  return names
}
