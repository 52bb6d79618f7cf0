import { isRecorded } from '#contract/event-state.ts'
import { isDue, stateOfLine } from '#contract/ledger.ts'
import type { TransferLine } from '#contract/transfers.ts'
import { plain } from '#lib/import/guess.ts'
import { numberOf, pairOf, startOf, type Pair } from './pair.ts'
import type { PortalRow } from './portal-row.ts'

/** What a portal says against what the ledger says: nothing of either is left out. */
export interface Reconciliation {
  readonly matched: readonly Pair[]
  readonly different: readonly Pair[]
  /** Recorded here, and not in the portal's list. */
  readonly missing: readonly TransferLine[]
  /** Not recorded here, and not in the list either. */
  readonly open: readonly TransferLine[]
  /** In the list more often than here, beside what it repeats. */
  readonly twice: readonly Pick<Pair, 'line' | 'row'>[]
  /** In the list, and no visit of the month. */
  readonly unknown: readonly PortalRow[]
}

type Key<T> = (one: T) => string | null

const joined = (...parts: (string | number | null)[]): string | null =>
  parts.includes(null) ? null : parts.join('/')

interface Way {
  readonly line: Key<TransferLine>
  readonly row: Key<PortalRow>
}

/** What leaves no doubt: the same reference, or the same number at the same time. */
const sure: readonly Way[] = [
  { line: ({ visit }) => visit, row: ({ reference }) => reference },
  {
    line: ({ event }) => event?.data.externalNumber ?? null,
    row: ({ reference }) => reference
  },
  {
    line: (line) => joined(numberOf(line), startOf(line).day, startOf(line).startMinute),
    row: ({ number, day, startMinute }) => joined(number && plain(number), day, startMinute)
  }
]

const byDay: Way = {
  line: (line) => joined(numberOf(line), startOf(line).day),
  row: ({ number, day }) => joined(number && plain(number), day)
}

/** A list without times says no more of an event than its number and its day. */
const byDayAlone: Way = {
  line: byDay.line,
  row: (row) => (row.startMinute === null ? byDay.row(row) : null)
}

/** A number that was typed wrong: the time alone tells whose it is, where nobody else's is the same. */
const byTime: Way = {
  line: (line) => joined(startOf(line).day, startOf(line).startMinute),
  row: ({ day, startMinute }) => joined(day, startMinute)
}

type Pairing = (lines: readonly TransferLine[], rows: readonly PortalRow[]) => Pair[]

/** Those alone of their kind on both sides. */
const alone: Pairing = ([line, ...others], [row, ...more]) =>
  line && row && others.length + more.length === 0 ? [pairOf(line, row)] : []

/** Two workers' visits are equal in a list: first what agrees in everything, then the rest in order. */
const inOrder: Pairing = (lines, rows) => {
  const agreeing: Pair[] = []
  for (const row of rows) {
    const pair = without(lines, agreeing, 'line')
      .map((line) => pairOf(line, row))
      .find(({ differs }) => differs.length === 0)
    if (pair) agreeing.push(pair)
  }
  const left = without(rows, agreeing, 'row')
  const rest = without(lines, agreeing, 'line').flatMap((line, index) => {
    const row = left[index]
    return row ? [pairOf(line, row)] : []
  })
  return [...agreeing, ...rest]
}

const without = <Side extends 'line' | 'row'>(
  all: readonly Pair[Side][],
  pairs: readonly Pair[],
  side: Side
): Pair[Side][] => {
  const paired = new Set<Pair[Side]>(pairs.map((pair) => pair[side]))
  return all.filter((one) => !paired.has(one))
}

function pairBy(
  { line, row }: Way,
  pairing: Pairing,
  lines: readonly TransferLine[],
  rows: readonly PortalRow[]
): Pair[] {
  const byKey = Map.groupBy(lines, line)
  return [...Map.groupBy(rows, row)].flatMap(([key, group]) =>
    key === null ? [] : pairing(byKey.get(key) ?? [], group)
  )
}

/** The pair that a row repeats: the same event by what leaves no doubt, or by every cell of a list without times. */
const repeatedBy = (row: PortalRow, pairs: readonly Pair[]): Pair | undefined =>
  pairs.find(
    (pair) =>
      sure.some((way) => way.row(row) !== null && way.row(row) === way.line(pair.line)) ||
      (byDayAlone.row(row) !== null && everyCell(row) === everyCell(pair.row))
  )

const everyCell = ({ reference, number, day, startMinute, minutes, valueCents }: PortalRow) =>
  JSON.stringify([reference, number && plain(number), day, startMinute, minutes, valueCents])

export function reconcile(
  lines: readonly TransferLine[],
  rows: readonly PortalRow[]
): Reconciliation {
  let left = lines.filter((line) => isDue(line) || line.event !== null)
  let unknown = [...rows]
  const pairs: Pair[] = []
  const pair = (way: Way, pairing: Pairing) => {
    pairs.push(...pairBy(way, pairing, left, unknown))
    left = without(left, pairs, 'line')
    unknown = without(unknown, pairs, 'row')
  }
  for (const way of sure) pair(way, inOrder)
  pair(byDayAlone, inOrder)
  pair(byDay, alone)
  // What repeats an event is nobody else's with a number typed wrong.
  const twice = unknown.flatMap((row) => {
    const line = repeatedBy(row, pairs)?.line
    return line ? [{ line, row }] : []
  })
  unknown = unknown.filter((row) => !twice.some((one) => one.row === row))
  pair(byTime, alone)
  const byRow = pairs.sort((one, other) => one.row.line - other.row.line)
  return {
    matched: byRow.filter(({ differs }) => differs.length === 0),
    different: byRow.filter(({ differs }) => differs.length > 0),
    missing: left.filter((line) => isRecorded(stateOfLine(line))),
    open: left.filter((line) => !isRecorded(stateOfLine(line))),
    twice,
    unknown
  }
}
