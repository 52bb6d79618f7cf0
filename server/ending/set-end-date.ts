import type { Day } from '#contract/day.ts'
import { deleteByOf, type EndReason } from '#contract/ending.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/**
 * §7: from here on every tablet knows its last day and the server its deadline; a day that is past
 * already takes it off the tablets at their next contact. Until it is past, the day can be moved.
 */
export async function setEndDate(
  change: CustomershipChange,
  { endDay, reason }: { endDay: Day; reason: EndReason },
  today: Day,
  deleteAfterDays: number
): Promise<Refusal | null> {
  if (endDay < change.facts.startDay)
    return { code: 'invalid', issues: [{ path: ['endDay'], code: 'before-start' }] }
  const deleteBy = deleteByOf(endDay, today, deleteAfterDays)
  await change.setEnding({ endDay, deleteBy, reason })
  if (endDay < today) await change.setState('closed')
  return null
}
