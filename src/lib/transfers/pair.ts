import { toMilliseconds, wallTimeAt } from '#contract/day.ts'
import { unitHundredths } from '#contract/claim.ts'
import { isRecorded, stepsTo } from '#contract/event-state.ts'
import { stateOfLine } from '#contract/ledger.ts'
import type { ServiceEventState } from '#contract/service-event.ts'
import type { TransferLine } from '#contract/transfers.ts'
import { plain } from '#lib/import/guess.ts'
import type { PortalRow } from './portal-row.ts'

export type Difference = 'number' | 'day' | 'time' | 'hours' | 'value' | 'state' | 'other-state'

export interface Pair {
  readonly line: TransferLine
  readonly row: PortalRow
  readonly differs: readonly Difference[]
}

export const startOf = ({ claim }: TransferLine) => {
  const { day, hour, minute } = wallTimeAt(toMilliseconds(claim.start))
  return { day, startMinute: hour * 60 + minute }
}

export const numberOf = ({ claim }: TransferLine): string | null =>
  claim.number === undefined ? null : plain(claim.number)

export const pairOf = (line: TransferLine, row: PortalRow): Pair => ({
  line,
  row,
  differs: differencesOf(line, row)
})

function differencesOf(line: TransferLine, row: PortalRow): Difference[] {
  const { claim } = line
  const { day, startMinute } = startOf(line)
  const says = <T>(told: T | null, is: T) => told !== null && told !== is
  const hundredths = row.minutes === null ? null : Math.round((row.minutes * 100) / 60)
  const state = stateOfLine(line)
  return [
    ...(row.number !== null && plain(row.number) !== numberOf(line) ? ['number' as const] : []),
    ...(says(row.day, day) ? ['day' as const] : []),
    ...(says(row.startMinute, startMinute) ? ['time' as const] : []),
    ...(isOff(hundredths, unitHundredths(claim)) ? ['hours' as const] : []),
    ...(claim.valueCents !== undefined && says(row.valueCents, claim.valueCents)
      ? ['value' as const]
      : []),
    ...(row.otherState !== null ? ['other-state' as const] : []),
    ...(isOtherState(row, state) ? ['state' as const] : [])
  ]
}

/** A list that rounds its hours to two decimals is not another list. */
const isOff = (told: number | null, is: number): boolean => told !== null && Math.abs(told - is) > 1

/** What stands in a list is recorded at least, whether or not the list says how it stands. */
function isOtherState({ state, otherState }: PortalRow, own: ServiceEventState | null): boolean {
  if (otherState !== null) return false
  return state === null ? !isRecorded(own) : state !== own
}

/** The steps by which the portal's state is taken over unseen: only where nothing else differs, and its word is known. */
export function wayOver({ line, row, differs }: Pair): ServiceEventState[] | null {
  if (differs.length !== 1 || differs[0] !== 'state') return null
  const to = row.state ?? 'recorded'
  return to === 'credited' ? null : stepsTo(stateOfLine(line), to)
}
