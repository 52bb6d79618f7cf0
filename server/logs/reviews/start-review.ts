import { addDays, dayAt, daysBetween, type Day } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import { reviewDays, type ReviewRequest } from '#contract/review.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { Clock } from '#server/clock.ts'
import type { Store } from '#server/store/store.ts'
import type { ReviewTable } from '#server/store/tables.ts'
import { drawUses } from './draw-uses.ts'

/** §12: the drawn lines stay as they were drawn, whoever asks again. */
export async function startReview(
  { store, clock }: { store: Store; clock: Clock },
  { id, from, until, sample }: ReviewRequest,
  by: UserId
): Promise<Refusal | null> {
  if (await store.reviews.find(id)) return null
  const today = dayAt(clock.now())
  if (until > today) return refused('until', 'future')
  if (from > until) return refused('from', 'order')
  if (daysBetween(from, until) >= reviewDays) return refused('from', 'too-long')
  const drawing = await drawUses(store, { from, until, sample }, by, await store.reviews.list())
  const { lines, drawn, unusual } = drawing
  if (lines.length === 0) return refused('from', 'no-uses')
  await store.register.transact(async () => {
    if (await store.reviews.find(id)) return
    const of = { id, fromDay: from, untilDay: until, drawn, unusual }
    await store.reviews.add({ ...of, startedAt: clock.now(), startedBy: by }, lines)
  })
  return null
}

/** From the last day of the latest review on, which had not ended then; a quarter at most. */
export function nextPeriod(
  latest: Pick<ReviewTable, 'untilDay'> | undefined,
  today: Day
): { from: Day; until: Day } {
  const earliest = addDays(today, 1 - reviewDays)
  const last = latest?.untilDay ?? earliest
  return { from: last > earliest ? last : earliest, until: today }
}

const refused = (field: 'from' | 'until', code: string): Refusal => ({
  code: 'invalid',
  issues: [{ path: [field], code }]
})
