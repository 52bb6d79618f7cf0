import type { Day } from '#contract/day.ts'
import { isValidOn } from '#contract/decision.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'

/** Those that a visit of that day may be recorded against; the one that ends first is used first. */
export function decisionsOn(entries: readonly Entry[], day: Day): Entry<'decision'>[] {
  return entriesOf(entries, 'decision')
    .filter(({ data }) => isValidOn(data, day))
    .sort((one, other) => one.data.until.localeCompare(other.data.until))
}
