import type { Line, NumberName } from './lines.ts'

export const measures = ['hours', 'visits'] as const
export type Measure = (typeof measures)[number]

/** One drawn bar; shares of the tallest, 0–1. */
export interface Bar {
  readonly kind: 'planned' | 'actual' | 'billable'
  readonly from: number
  readonly share: number
  /** −1, 0 or 1: left, middle, right. */
  readonly place: number
  readonly isShort: boolean
}

export interface Column {
  readonly line: Line
  readonly bars: readonly Bar[]
  /** The number that is written over the column, and how high that is. */
  readonly main: NumberName
  readonly share: number
}

const told = ({ numbers }: Line, name: NumberName): number => numbers[name]?.told ?? 0

const hoursDrawn = [
  ['planned', 'plannedMinutes'],
  ['actual', 'actualMinutes'],
  ['billable', 'billableMinutes']
] as const

/** Hours beside each other; visits on top of each other, since they are parts of one sum. */
export function columnsOf(lines: readonly Line[], measure: Measure): Column[] {
  return measure === 'hours' ? hourColumns(lines) : visitColumns(lines)
}

function hourColumns(lines: readonly Line[]): Column[] {
  const heights = lines.flatMap((line) => hoursDrawn.map(([, name]) => told(line, name)))
  const tallest = Math.max(1, ...heights)
  return lines.map((line) => ({
    line,
    main: 'actualMinutes',
    share: Math.max(...hoursDrawn.map(([, name]) => told(line, name))) / tallest,
    bars: hoursDrawn.flatMap(([kind, name], index) => {
      const amount = line.numbers[name]
      if (!amount || amount.told === 0) return []
      const { isShort } = amount
      return [{ kind, from: 0, share: amount.told / tallest, place: index - 1, isShort }]
    })
  }))
}

function visitColumns(lines: readonly Line[]): Column[] {
  const tallest = Math.max(1, ...lines.map((line) => told(line, 'visits')))
  return lines.map((line) => {
    const { visits, completed, missed } = line.numbers
    const share = (visits?.told ?? 0) / tallest
    const isShort = visits?.isShort ?? false
    const held = (completed?.told ?? 0) / tallest
    const other = (missed?.told ?? 0) / tallest
    const rest = Math.max(0, share - held - other)
    const bars: Bar[] = [
      { kind: 'actual', from: 0, share: held, place: 0, isShort },
      { kind: 'billable', from: held, share: other, place: 0, isShort },
      { kind: 'planned', from: held + other, share: rest, place: 0, isShort }
    ]
    return { line, main: 'visits', share, bars: bars.filter((bar) => bar.share > 0) }
  })
}
