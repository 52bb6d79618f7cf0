import type { Over, Row } from './engines/engine.ts'
import type { SavepointCommand } from './savepoint.ts'

/** By table: what names a row, and what may change of one that is there. In the order in which they are written. */
export type HeldTables = Readonly<Record<string, Over>>

/** What is asked of the engine, past what is in hand. */
export interface Writing {
  rows(table: string, rows: readonly Row[], held: Over): Promise<void>
  savepoint(command: SavepointCommand): Promise<void>
}

/** Of one table, by key. */
type Rows<R> = Map<string, R>

/** What a part of the transaction has learnt and is still to write. Its savepoint is set when a statement comes. */
class Part {
  isSet = false
  readonly known = new Map<string, Rows<Row | null>>()
  readonly unwritten = new Map<string, Rows<Row>>()
}

function within<R>(tables: Map<string, Rows<R>>, table: string): Rows<R> {
  const known = tables.get(table)
  if (known) return known
  const made: Rows<R> = new Map()
  tables.set(table, made)
  return made
}

/**
 * Rows of a transaction that are read ahead, changed in memory and written together: before the next
 * statement of any other kind, and at the end. A part that throws takes its own rows back and no others.
 */
export class InHand {
  readonly #tables: HeldTables
  readonly #writing: Writing
  readonly #parts: Part[] = []
  #settling: Promise<void> | null = null
  #failure: { readonly error: unknown } | null = null

  constructor(tables: HeldTables, writing: Writing) {
    this.#tables = tables
    this.#writing = writing
    const whole = new Part()
    whole.isSet = true
    this.#parts.push(whole)
  }

  /** What kept the rows from being written. From then on nothing that was gathered counts. */
  get failure(): { readonly error: unknown } | null {
    return this.#failure
  }

  /** Null: there is none. Undefined: it is not in hand. */
  find(table: string, key: readonly string[]): Row | null | undefined {
    const name = key.join('\n')
    for (const part of this.#parts.toReversed()) {
      const row = part.unwritten.get(table)?.get(name) ?? part.known.get(table)?.get(name)
      if (row !== undefined) return row
    }
    return undefined
  }

  /** As it was read, or that there is none. */
  learn(table: string, key: readonly string[], row: Row | null): void {
    within(this.#last.known, table).set(key.join('\n'), row)
  }

  /** The rows that were found of those that were asked for. */
  learnAll(table: string, rows: readonly object[], asked: readonly (readonly string[])[]): void {
    for (const key of asked) this.learn(table, key, null)
    for (const row of rows as readonly Row[])
      within<Row | null>(this.#last.known, table).set(this.#nameOf(table, row), row)
  }

  put(table: string, row: Row): void {
    within(this.#last.unwritten, table).set(this.#nameOf(table, row), row)
  }

  /** Before a statement, which may change these tables past what is in hand. Null: it is not known which. */
  async before(changed: readonly string[] | null): Promise<void> {
    await this.settle()
    for (const { known } of this.#parts)
      for (const table of changed ?? [...known.keys()]) known.delete(table)
  }

  async part<R>(use: () => Promise<R>): Promise<R> {
    const part = new Part()
    this.#parts.push(part)
    try {
      const result = await use()
      await this.#keep(part)
      return result
    } catch (error) {
      await this.#undo(part)
      throw error
    }
  }

  /** Null when there is nothing to write. */
  settle(): Promise<void> | null {
    const isSettled =
      !this.#failure && this.#parts.every(({ isSet, unwritten }) => isSet && unwritten.size === 0)
    if (isSettled) return null
    this.#settling ??= this.#settle().finally(() => (this.#settling = null))
    return this.#settling
  }

  async #settle(): Promise<void> {
    if (this.#failure) throw this.#failure.error
    try {
      for (const part of this.#parts) {
        if (!part.isSet) await this.#writing.savepoint('begin')
        part.isSet = true
        await this.#write(part)
      }
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }

  async #write({ known, unwritten }: Part): Promise<void> {
    // In the order of the tables: what is referred to is there first.
    for (const [table, held] of Object.entries(this.#tables)) {
      const rows = unwritten.get(table)
      if (!rows) continue
      unwritten.delete(table)
      await this.#writing.rows(table, [...rows.values()], held)
      for (const [name, row] of rows) within<Row | null>(known, table).set(name, row)
    }
  }

  async #keep(part: Part): Promise<void> {
    if (part.isSet) await this.#writing.savepoint('keep')
    this.#parts.splice(this.#parts.indexOf(part))
    const { known, unwritten } = this.#last
    for (const [table, rows] of part.known)
      for (const [name, row] of rows) within(known, table).set(name, row)
    for (const [table, rows] of part.unwritten)
      for (const [name, row] of rows) within(unwritten, table).set(name, row)
  }

  async #undo(part: Part): Promise<void> {
    this.#parts.splice(this.#parts.indexOf(part))
    if (part.isSet) await this.#writing.savepoint('undo')
  }

  #nameOf(table: string, row: Row): string {
    const known = this.#tables[table]
    if (!known) throw new Error('a row of this table cannot be in hand')
    return known.key.map((name) => String(row[name])).join('\n')
  }

  get #last(): Part {
    const last = this.#parts.at(-1)
    if (!last) throw new Error('the transaction is over')
    return last
  }
}

/** Answers from what is in hand, and asks for the rest. */
export function orInHand<V, R extends object>(
  database: { readonly inHand: InHand | null },
  table: string,
  keyOf: (values: V) => readonly string[],
  ask: (values: V) => Promise<R[]>
): (values: V) => Promise<R[]> {
  return async (values) => {
    const { inHand } = database
    const known = inHand?.find(table, keyOf(values))
    if (known !== undefined) return known === null ? [] : [known as R]
    const rows = await ask(values)
    inHand?.learn(table, keyOf(values), (rows[0] as Row | undefined) ?? null)
    return rows
  }
}
