import type { Month } from '#contract/month.ts'
import { amountWords, hiddenMark, shortAmount } from './amount-words.ts'
import { usedShare, type Comparison } from './comparison.ts'
import type { Amount, Line } from './lines.ts'
import { shareWords } from './share-words.ts'
import type { VisitNumber } from './told-months.ts'

export const measures = ['hours', 'visits'] as const
export type Measure = (typeof measures)[number]

/** How a part is painted; each differs from the others without its colour. */
export type Paint = 'outlined' | 'full' | 'hatched'

/** A part of a bar; shares of the longest bar, 0–1. */
export interface Part {
  readonly paint: Paint
  readonly from: number
  readonly share: number
  readonly isShort: boolean
}

/** Parts on top of each other; its words are written at its end. */
export interface Bar {
  readonly parts: readonly Part[]
  readonly words: string
}

/** The bars of one line, lying under its name; or what is said where there is nothing to draw. */
export interface Row {
  readonly key: string
  readonly bars: readonly Bar[]
  readonly mark: string | null
}

/** The bars of one month, standing beside each other; one number is written over them. */
export interface Column {
  readonly key: Month
  readonly bars: readonly Bar[]
  readonly share: number
  readonly words: string
  /** Nothing is told: the words stand for it. */
  readonly isHidden: boolean
}

type VisitLine = Line<VisitNumber>

const told = (amount: Amount | null): number => amount?.told ?? 0

const longestOf = (numbers: readonly number[]): number => Math.max(1, ...numbers)

const hoursDrawn = [
  ['outlined', 'plannedMinutes'],
  ['full', 'actualMinutes'],
  ['hatched', 'billableMinutes']
] as const

const wholeBar = (paint: Paint, amount: Amount | null, longest: number): Part[] =>
  amount && amount.told > 0
    ? [{ paint, from: 0, share: amount.told / longest, isShort: amount.isShort }]
    : []

/** Planned, actual and billable beside each other. */
function hourBars({ numbers }: VisitLine, longest: number): readonly (readonly Part[])[] {
  return hoursDrawn.map(([paint, name]) => wholeBar(paint, numbers[name], longest))
}

/** What was held and what was not, on top of each other: they are parts of one sum. */
function visitParts({ numbers }: VisitLine, longest: number): Part[] {
  const { visits, completed, missed } = numbers
  const whole = told(visits) / longest
  const held = told(completed) / longest
  const other = told(missed) / longest
  const isShort = visits?.isShort ?? false
  const parts: Part[] = [
    { paint: 'full', from: 0, share: held, isShort },
    { paint: 'hatched', from: held, share: other, isShort },
    { paint: 'outlined', from: held + other, share: Math.max(0, whole - held - other), isShort }
  ]
  return parts.filter(({ share }) => share > 0)
}

const longestHours = (lines: readonly VisitLine[]): number =>
  longestOf(lines.flatMap(({ numbers }) => hoursDrawn.map(([, name]) => told(numbers[name]))))

const longestVisits = (lines: readonly VisitLine[]): number =>
  longestOf(lines.map(({ numbers }) => told(numbers.visits)))

function columnOf<N extends string>(
  line: Line<N>,
  main: N,
  bars: readonly (readonly Part[])[]
): Column {
  const isHidden = line.hidden !== null
  const isNothing = told(line.numbers[main]) === 0
  return {
    key: line.key as Month,
    bars: bars.map((parts) => ({ parts, words: '' })),
    share: Math.max(0, ...bars.flat().map(({ from, share }) => from + share)),
    words: isHidden ? hiddenMark(line.hidden) : isNothing ? '' : shortAmount(line, main),
    isHidden
  }
}

export function columnsOf(lines: readonly VisitLine[], measure: Measure): Column[] {
  if (measure === 'hours') {
    const longest = longestHours(lines)
    return lines.map((line) => columnOf(line, 'actualMinutes', hourBars(line, longest)))
  }
  const longest = longestVisits(lines)
  return lines.map((line) => columnOf(line, 'visits', [visitParts(line, longest)]))
}

export function expiringColumnsOf(lines: readonly Line<'decisions'>[]): Column[] {
  const longest = longestOf(lines.map(({ numbers }) => told(numbers.decisions)))
  return lines.map((line) =>
    columnOf(line, 'decisions', [wholeBar('full', line.numbers.decisions, longest)])
  )
}

export function rowsOf(lines: readonly VisitLine[], measure: Measure): Row[] {
  if (measure === 'hours') {
    const longest = longestHours(lines)
    return lines.map((line) => {
      if (line.hidden) return hiddenRow(line)
      const words = hoursDrawn.map(([, name]) => amountWords(line, name))
      const bars = hourBars(line, longest).map((parts, index) => ({
        parts,
        words: words[index] ?? ''
      }))
      return { key: line.key, bars, mark: null }
    })
  }
  const longest = longestVisits(lines)
  return lines.map((line) =>
    line.hidden
      ? hiddenRow(line)
      : {
          key: line.key,
          bars: [{ parts: visitParts(line, longest), words: amountWords(line, 'visits') }],
          mark: null
        }
  )
}

const hiddenRow = ({ key, hidden }: VisitLine): Row => ({ key, bars: [], mark: hiddenMark(hidden) })

const grantedIn = ({ granted }: Comparison): Amount | null => granted.numbers.grantedMinutes
const usedIn = ({ used }: Comparison): Amount | null => used.numbers.billableMinutes

const longestCompared = (comparisons: readonly Comparison[]): number =>
  longestOf(comparisons.flatMap((one) => [told(grantedIn(one)), told(usedIn(one))]))

/** What was granted beside what was used; what went beyond the grant is painted as such. */
function comparedBars(comparison: Comparison, longest: number): readonly (readonly Part[])[] {
  return [
    wholeBar('outlined', grantedIn(comparison), longest),
    usedParts(grantedIn(comparison), usedIn(comparison), longest)
  ]
}

export function comparisonRows(comparisons: readonly Comparison[]): Row[] {
  const longest = longestCompared(comparisons)
  return comparisons.map((comparison) => {
    const { key, granted, used } = comparison
    if (!grantedIn(comparison) && !usedIn(comparison))
      return { key, bars: [], mark: hiddenMark(granted.hidden) }
    const words = [amountWords(granted, 'grantedMinutes'), amountWords(used, 'billableMinutes')]
    const bars = comparedBars(comparison, longest).map((parts, index) => ({
      parts,
      words: words[index] ?? ''
    }))
    return { key, bars, mark: null }
  })
}

/** Over each month stands how much of its grant was used. */
export function comparisonColumns(comparisons: readonly Comparison[]): Column[] {
  const longest = longestCompared(comparisons)
  return comparisons.map((comparison) => ({
    ...columnOf(comparison.used, 'billableMinutes', comparedBars(comparison, longest)),
    ...overMonth(comparison)
  }))
}

function overMonth(comparison: Comparison): Pick<Column, 'words' | 'isHidden'> {
  const isHidden = !grantedIn(comparison) && !usedIn(comparison)
  if (isHidden) return { words: hiddenMark(comparison.granted.hidden), isHidden }
  return { words: usedShare(comparison) === null ? '' : shareWords(comparison), isHidden }
}

function usedParts(granted: Amount | null, used: Amount | null, longest: number): Part[] {
  const [part] = wholeBar('full', used, longest)
  if (!part || !granted || granted.isShort || told(used) <= granted.told) return part ? [part] : []
  const within = granted.told / longest
  const beyond: Part = { ...part, paint: 'hatched', from: within, share: part.share - within }
  return within > 0 ? [{ ...part, share: within }, beyond] : [beyond]
}
