import { isChanged, isComplete, isDue, isNotTold, isOpen, stateOfLine } from '#contract/ledger.ts'
import { isRecorded } from '#contract/event-state.ts'
import type { TransferLine } from '#contract/transfers.ts'

export interface Sum {
  readonly events: number
  readonly minutes: number
  readonly cents: number
}

const sumOf = (lines: readonly TransferLine[]): Sum =>
  lines.reduce(
    ({ events, minutes, cents }, { claim }) => ({
      events: events + 1,
      minutes: minutes + claim.minutes,
      cents: cents + (claim.valueCents ?? 0)
    }),
    { events: 0, minutes: 0, cents: 0 }
  )

export const sumNames = ['open', 'incomplete', 'recorded', 'changed', 'not-told'] as const
export type SumName = (typeof sumNames)[number]

const belongs: Readonly<Record<SumName, (line: TransferLine) => boolean>> = {
  open: (line) => isOpen(line) && isComplete(line),
  // Whatever is missing of what is not in the portal yet, a visit without its outcome included.
  incomplete: (line) =>
    !isComplete(line) &&
    !isRecorded(stateOfLine(line)) &&
    !isNotTold(line) &&
    (isDue(line) || line.flags.length > 0),
  recorded: (line) => isRecorded(stateOfLine(line)) && !isChanged(line),
  changed: isChanged,
  'not-told': isNotTold
}

/** How far the month is: what is to be typed, what it lacks, what is there, what is there wrongly, and what never comes there. */
export const monthSums = (lines: readonly TransferLine[]): Readonly<Record<SumName, Sum>> => ({
  open: sumOf(lines.filter(belongs.open)),
  incomplete: sumOf(lines.filter(belongs.incomplete)),
  recorded: sumOf(lines.filter(belongs.recorded)),
  changed: sumOf(lines.filter(belongs.changed)),
  'not-told': sumOf(lines.filter(belongs['not-told']))
})
