import { isDeepStrictEqual } from 'node:util'
import type { Exception } from '#contract/exception.ts'
import type { EntryId } from '#contract/id.ts'
import type { Visit, VisitPlan } from '#contract/visit.ts'
import { requireReason, type Beyond } from '#server/access/exception.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { User } from '#server/store/users.ts'
import { beyondPlan, readBook, type Book, type Terms } from './planning.ts'

export interface Planned {
  readonly id: EntryId
  readonly data: VisitPlan
  readonly based?: number | undefined
  readonly series?: EntryId | undefined
}

/** Plans a visit, or moves one that nobody has started. The same request again is the same visit. */
export async function planVisit(
  change: CustomershipChange,
  plan: Planned,
  terms: Terms,
  worker: User | null
): Promise<Refusal | null> {
  const put = await putPlan(change, await readBook(change), plan, terms, worker)
  return put.refusal ?? refusalOf(put.beyond, terms)
}

/** What was said and not answered with a reason. */
export function refusalOf(beyond: readonly Beyond[], terms: Terms): Refusal | null {
  const asked = requireReason(beyond, terms.reason, terms.by, terms.now)
  return 'refusal' in asked ? asked.refusal : null
}

/** Written even when a reason is still to be asked for: the refusal that follows takes it back. */
export async function putPlan(
  change: CustomershipChange,
  book: Book,
  plan: Planned,
  terms: Terms,
  worker: User | null,
  path: readonly (string | number)[] = ['data']
): Promise<{ refusal: Refusal | null; beyond: readonly Beyond[] }> {
  const unknown = (field: keyof VisitPlan): { refusal: Refusal; beyond: [] } => ({
    refusal: { code: 'invalid', issues: [{ path: [...path, field], code: 'unknown' }] },
    beyond: []
  })
  const decision = book.decisions.get(plan.data.decision)
  if (!decision) return unknown('decision')
  if (!worker || worker.state === 'closed') return unknown('worker')
  const former = await change.entry('visit', plan.id)
  if (former && isSamePlan(former.data, plan.data)) return { refusal: null, beyond: [] }
  if (former && (former.data.state !== 'planned' || former.revision !== plan.based))
    return { refusal: { code: 'conflict' }, beyond: [] }

  const series = former?.data.series ?? plan.series
  const data: Visit & VisitPlan = {
    ...plan.data,
    product: decision.product,
    state: 'planned',
    ...(series ? { series } : {})
  }
  const beyond = await beyondPlan(terms, book, { id: plan.id, data }, path)
  const asked = requireReason(beyond, terms.reason, terms.by, terms.now)
  const exception = ('exception' in asked && asked.exception) || stillOver(former?.data, data)
  await change.put('visit', plan.id, { ...data, ...(exception ? { exception } : {}) }, terms.by)
  book.visits.set(plan.id, data)
  return { refusal: null, beyond }
}

const isSamePlan = (visit: Visit, { decision, worker, plannedStart, plannedEnd }: VisitPlan) =>
  visit.state === 'planned' &&
  isDeepStrictEqual(
    [visit.decision, visit.worker, visit.plannedStart, visit.plannedEnd],
    [decision, worker, plannedStart, plannedEnd]
  )

/** Hours beyond the grant stay beyond it when the visit moves: only what is worse asks anew. */
function stillOver(former: Visit | undefined, visit: Visit): Exception | undefined {
  const { exception } = former ?? {}
  if (!exception?.codes.includes('hours-over-grant') || former?.decision !== visit.decision)
    return undefined
  return { ...exception, codes: ['hours-over-grant'] }
}
