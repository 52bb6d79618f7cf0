import { hexDigestOf } from '#server/keys/digest.ts'
import type { Database } from '#server/store/database.ts'
import type { Row } from '#server/store/engines/engine.ts'

/** What a table holds, whatever order it holds it in. */
export interface Tally {
  readonly rows: number
  /** The sum of the rows' digests, in hex: two equal rows are not none. */
  readonly digest: string
}

export type Tallies = ReadonlyMap<string, Tally>

const modulus = 1n << 256n

/** Counts what it is given, and sums up what it says. */
class Counting {
  #rows = 0
  #sum = 0n

  take(row: Row): void {
    this.#rows += 1
    this.#sum = (this.#sum + digestOf(row)) % modulus
  }

  get tally(): Tally {
    return { rows: this.#rows, digest: this.#sum.toString(16) }
  }
}

/** The same for the same values, whichever engine gave them. */
function digestOf(row: Row): bigint {
  const values = Object.keys(row)
    .toSorted()
    .map((name) => {
      const value = row[name]
      return [name, Buffer.isBuffer(value) ? { bytes: value.toString('base64') } : value]
    })
  return BigInt(`0x${hexDigestOf(JSON.stringify(values))}`)
}

/** One state of the one, in one commit of the other, which must be empty. Answers what was read. */
export function copyTables<T>(from: Database<T>, to: Database<T>): Promise<Tallies> {
  return from.snapshot(() =>
    to.transact(async () => {
      const tallies = new Map<string, Tally>()
      for (const table of (await from.columns()).keys()) {
        const counting = new Counting()
        for await (const rows of from.rows(table)) {
          for (const row of rows) counting.take(row)
          await to.insertRows(table, rows)
        }
        tallies.set(table, counting.tally)
      }
      return tallies
    })
  )
}

export function tallyTables<T>(database: Database<T>): Promise<Tallies> {
  return database.snapshot(async () => {
    const tallies = new Map<string, Tally>()
    for (const table of (await database.columns()).keys()) {
      const counting = new Counting()
      for await (const rows of database.rows(table)) for (const row of rows) counting.take(row)
      tallies.set(table, counting.tally)
    }
    return tallies
  })
}

/** The tables that do not hold the same. */
export function differences(one: Tallies, other: Tallies): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((table) => {
    const [mine, theirs] = [one.get(table), other.get(table)]
    return mine?.rows !== theirs?.rows || mine?.digest !== theirs?.digest
  })
}

export const isEmpty = (tallies: Tallies): boolean =>
  [...tallies.values()].every(({ rows }) => rows === 0)
