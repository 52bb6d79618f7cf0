import type { EntryId, UserId } from '#contract/id.ts'
import type { VisitPlan } from '#contract/visit.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { User } from '#server/store/users.ts'

/** Plans a visit, or moves one that nobody has started. */
export async function planVisit(
  change: CustomershipChange,
  { id, data }: { id: EntryId; data: VisitPlan },
  by: UserId,
  worker: User | null
): Promise<Refusal | null> {
  const unknown = (field: keyof VisitPlan): Refusal => ({
    code: 'invalid',
    issues: [{ path: ['data', field], code: 'unknown' }]
  })
  const decision = await change.entry('decision', data.decision)
  if (!decision) return unknown('decision')
  if (!worker || worker.state === 'closed') return unknown('worker')
  const former = await change.entry('visit', id)
  if (former && former.data.state !== 'planned') return { code: 'conflict' }
  const { product } = decision.data
  await change.put('visit', id, { ...data, product, state: 'planned' }, by)
  return null
}
