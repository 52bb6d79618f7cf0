import { addDays, type Day } from '#contract/day.ts'
import type { EndReason } from '#contract/ending.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/** §7: from here on every tablet knows its last day and the server its deadline. Until it is past, the day can be moved. */
export async function setEndDate(
  change: CustomershipChange,
  { endDay, reason }: { endDay: Day; reason: EndReason },
  today: Day,
  deleteAfterDays: number
): Promise<Refusal | null> {
  if (endDay < today) return { code: 'invalid', issues: [{ path: ['endDay'], code: 'past' }] }
  await change.setEnding({ endDay, deleteBy: addDays(endDay, deleteAfterDays), reason })
  return null
}
