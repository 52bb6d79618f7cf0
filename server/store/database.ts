import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, sql, type Compilable, type RawBuilder, type Transaction } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { compileOnce, type Given } from './compile-once.ts'
import type { Engine, Heard, Over, Row } from './engines/engine.ts'
import { Gathering, writeFirst, type GatheringInside } from './gathering.ts'
import type { HeldTables, InHand } from './in-hand.ts'
import { setSavepoint } from './savepoint.ts'
import { MigrationFailed, requireKnownSchema } from './schema-version.ts'
import type { Touched } from './touched.ts'
import { guarded } from './guarded-dialect.ts'

/** The column type of sealed values. */
export const bytes = sql`blob`

interface Inside<T> extends GatheringInside {
  readonly transaction: Transaction<T>
  readonly afterCommit: Set<() => Promise<void>>
  /** Null until something changes that is shown. */
  touched: Touched[] | null
  isOpen: boolean
}

/**
 * One part of the store, whichever engine keeps it. Whatever is asked inside a transaction takes part
 * in it: a question put beside the transaction that waits for its answer could wait for ever.
 */
export class Database<T> {
  readonly #engine: Engine
  readonly #kysely: Kysely<T>
  readonly #gathering: Gathering
  readonly #inside = new AsyncLocalStorage<Inside<T>>()
  readonly #listening = new Set<(touched: readonly Touched[]) => void>()
  readonly #listeningToOthers = new Set<(heard: Heard) => void>()
  #hearing: Promise<void> = Promise.resolve()
  #shown = 0

  private constructor(engine: Engine) {
    this.#engine = engine
    const dialect = guarded(engine.dialect, {
      admit: () => engine.admit(),
      before: (asked, connection) => {
        const inside = this.#current()
        return inside && writeFirst(inside, asked, connection)
      }
    })
    this.#kysely = new Kysely<T>({ dialect, plugins: [...engine.plugins] })
    this.#gathering = new Gathering(engine, this.#kysely, (use) => this.savepoint(use))
    engine.onNews(() => void this.hearOthers().catch(heardLater))
  }

  /** Throws SchemaNewer and MigrationFailed: what is stored is then as it was, and the engine ended. */
  static async open<T>(
    engine: Engine,
    migrations: Record<string, Migration>
  ): Promise<Database<T>> {
    const database = new Database<T>(engine)
    try {
      await database.#migrate(migrations)
      return database
    } catch (error) {
      await database.close()
      throw error
    }
  }

  async #migrate(migrations: Record<string, Migration>): Promise<void> {
    const { name, schema } = this.#engine
    const done = await requireKnownSchema(this.#kysely, this.#engine, migrations)
    // Most starts: the migrator would look through every table of every part to find it out.
    if (Object.keys(migrations).every((migration) => done.has(migration))) return
    const migrator = new Migrator({
      db: this.#kysely,
      provider: { getMigrations: () => Promise.resolve(migrations) },
      ...(schema === null ? {} : { migrationTableSchema: schema })
    })
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) throw new MigrationFailed(name, results, error)
  }

  get sql(): Kysely<T> {
    return this.#current()?.transaction ?? this.#kysely
  }

  /** Compiles once what is asked often. `value(name)` stands for what each call gives. */
  prepare<V extends object, R>(
    build: (db: Kysely<T>, value: Given<V>) => Compilable<R>
  ): (values: V) => Promise<R[]> {
    const filled = compileOnce<V, R>((value) => build(this.#kysely, value))
    return async (values) => (await this.sql.executeQuery(filled(values))).rows
  }

  /** One durable commit, or nothing. Inside another transaction it is a part of it. */
  async transact<R>(use: () => Promise<R>): Promise<R> {
    if (this.#current()) return this.savepoint(use)
    const after: Pick<Inside<T>, 'afterCommit' | 'touched'> = {
      afterCommit: new Set(),
      touched: null
    }
    const letGo = await this.#engine.takeTurn()
    let result: R
    try {
      result = await this.#kysely.transaction().execute(async (transaction) => {
        await this.#engine.beginWriting(transaction)
        const done = await this.#within(transaction, use, after)
        if (after.touched) await this.#engine.announce(transaction, after.touched)
        return done
      })
    } finally {
      letGo()
    }
    if (after.touched) this.#tell(after.touched)
    for (const follow of after.afterCommit) await follow()
    return result
  }

  /** As a part of the transaction that there is, if any: what fails in it leaves that one undone too, and nothing of it is caught. */
  joined<R>(use: () => Promise<R>): Promise<R> {
    return this.#current() ? use() : this.transact(use)
  }

  async #within<R>(
    transaction: Transaction<T>,
    use: () => Promise<R>,
    after: Pick<Inside<T>, 'afterCommit' | 'touched'>
  ): Promise<R> {
    const inside: Inside<T> = Object.assign(after, {
      ...{ transaction, inHand: null, connection: null, isOpen: true }
    })
    try {
      return await this.#inside.run(inside, use)
    } finally {
      inside.isOpen = false
    }
  }

  /** Undoes its own part alone when `use` throws. */
  async savepoint<R>(use: () => Promise<R>): Promise<R> {
    const inside = this.#current()
    if (!inside) throw new Error('a savepoint needs a transaction')
    if (inside.inHand) return inside.inHand.part(use)
    await setSavepoint(inside.transaction, 'begin')
    try {
      const result = await use()
      await setSavepoint(inside.transaction, 'keep')
      return result
    } catch (error) {
      await setSavepoint(inside.transaction, 'undo')
      throw error
    }
  }

  /**
   * A part of a transaction in which the rows of these tables are in hand, and what is put into them is
   * written together. What the engine then refuses takes the whole part with it: it is done once more,
   * statement by statement, so that only what was refused is undone. So `use` may run twice.
   */
  async gathered<R>(tables: HeldTables, use: () => Promise<R>): Promise<R> {
    const inside = this.#current()
    if (!inside) throw new Error('rows are gathered in a transaction')
    return inside.inHand ? use() : this.#gathering.within(inside, tables, use)
  }

  /** What is gathered just now; null: each row is asked for and written by itself. */
  get inHand(): InHand | null {
    return this.#current()?.inHand ?? null
  }

  /** Many rows of one table, as fast as the engine takes them; over those that are there, where it says how. */
  insertAll<K extends keyof T & string>(
    table: K,
    rows: readonly (Partial<T[K]> & object)[],
    over: Over<keyof T[K] & string> | null = null
  ): Promise<void> {
    return this.insertRows(table, rows, over)
  }

  /** As they came from another engine. Each has the same columns. */
  async insertRows(table: string, rows: readonly Row[], over: Over | null = null): Promise<void> {
    const inside = this.#current()
    if (!inside) throw new Error('many rows need a transaction')
    await inside.inHand?.before([table])
    await this.#engine.insertAll(inside.transaction, table, rows, over)
  }

  /** Every row of every table goes, what refers to others first. Only in a transaction. */
  async empty(): Promise<void> {
    for (const table of [...(await this.columns()).keys()].toReversed())
      await sql`delete from ${sql.table(table)}`.execute(this.sql)
  }

  /** Every row of a table, some at a time. Only in a snapshot or a transaction. */
  rows(table: string): AsyncIterable<Row[]> {
    const inside = this.#current()
    if (!inside) throw new Error('a whole table is read in one state')
    return this.#engine.rows(inside.transaction, table, readAtOnce)
  }

  /** Several questions, one state of what is stored. Nothing may be written in it. */
  async snapshot<R>(use: () => Promise<R>): Promise<R> {
    if (this.#current()) return use()
    if (!this.#engine.readsAside) return this.transact(use)
    return this.#kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((transaction) =>
        this.#within(transaction, use, { afterCommit: new Set(), touched: null })
      )
  }

  get isInside(): boolean {
    return this.#current() !== null
  }

  /** Once for each function, however often it is given. */
  afterCommit(follow: () => Promise<void>): void {
    const inside = this.#current()
    if (!inside) throw new Error('there is no transaction to follow')
    inside.afterCommit.add(follow)
  }

  /** What is shown has changed, or will have at the commit: at the office, and on the tablets of whom it touches. What touches nobody is seen when somebody asks next. */
  show(...touched: readonly Touched[]): void {
    const inside = this.#current()
    if (inside) {
      ;(inside.touched ??= []).push(...touched)
      return
    }
    this.#tell(touched)
    if (this.#engine.readsAside)
      // It is committed already: who does not hear of it sees it when they ask next.
      void this.transact(() => this.#engine.announce(this.sql, touched)).catch(heardLater)
  }

  /** Told after each commit that `show` was called in, here or in another process. What listens may not throw. */
  onShown(listen: (touched: readonly Touched[]) => void): () => void {
    this.#listening.add(listen)
    return () => this.#listening.delete(listen)
  }

  /** Told of what other processes have committed, and of nothing else. */
  onOthers(listen: (heard: Heard) => void): void {
    this.#listeningToOthers.add(listen)
  }

  /** Returns when whoever keeps something in memory knows of every commit before the call. */
  hearOthers(): Promise<void> {
    const next = this.#hearing.then(async () => {
      const heard = await this.#engine.hear()
      if (heard?.length === 0) return
      for (const listen of this.#listeningToOthers) listen(heard)
      this.#tell(heard ?? ['everybody', 'office'])
    })
    this.#hearing = next.catch(heardLater)
    return next
  }

  #tell(touched: readonly Touched[]): void {
    this.#shown += 1
    for (const listen of this.#listening) listen(touched)
  }

  /** Counts the commits that the office is shown, of every process. */
  countShown(): Promise<number> {
    return this.#engine.countShown(this.#shown)
  }

  /** Does it unless another process does something of that name at this moment: then null. */
  alone<R>(name: string, use: () => Promise<R>): Promise<R | null> {
    return this.#engine.alone(name, use)
  }

  /** How a row is named that has no key of its own. */
  get rowName(): RawBuilder<string | number> {
    return this.#engine.rowName
  }

  /** Takes what was erased from wherever the engine still keeps it for readers. Throws StoreUnavailable. */
  forgetErased(tables: readonly string[]): Promise<void> {
    return this.#engine.forgetErased(this.#kysely, tables)
  }

  /** How it does that, as a certificate says it. */
  get forgets(): Engine['forgets'] {
    return this.#engine.forgets
  }

  /** Every table with its columns, as the engine says it. */
  columns(): Promise<Map<string, string[]>> {
    return this.#engine.columns(this.sql)
  }

  async close(): Promise<void> {
    await this.#engine.stop()
    await this.#kysely.destroy()
    await this.#engine.close()
  }

  #current(): Inside<T> | null {
    const inside = this.#inside.getStore()
    return inside?.isOpen ? inside : null
  }
}

/** The database does not answer now: what was not heard is heard with the next question. */
const heardLater = (): void => undefined

/** Rows. */
const readAtOnce = 2000
