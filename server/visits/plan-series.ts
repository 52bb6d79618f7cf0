import type { SeriesRequest } from '#contract/week.ts'
import type { Beyond } from '#server/access/exception.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { putPlan, refusalOf } from './plan-visit.ts'
import { readBook, type Terms } from './planning.ts'

/** Week after week, all of it or nothing. What goes beyond is told visit by visit. */
export async function planSeries(
  change: CustomershipChange,
  { series, visits }: SeriesRequest,
  terms: Terms
): Promise<Refusal | null> {
  const book = await readBook(change)
  const beyond: Beyond[] = []
  // A visit that is repeated belongs to what repeats it, so that both can be called off together.
  const first = await change.entry('visit', series)
  if (first?.data.state === 'planned' && first.data.series === undefined)
    await change.put('visit', series, { ...first.data, series }, terms.by)
  for (const [index, { id, data }] of visits.entries()) {
    const worker = await terms.store.users.find(data.worker)
    const path = ['visits', index, 'data']
    const put = await putPlan(change, book, { id, data, series }, terms, worker, path)
    if (put.refusal) return put.refusal
    beyond.push(...put.beyond)
  }
  return refusalOf(beyond, terms)
}
