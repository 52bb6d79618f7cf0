import type { Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { access, viewName } from '#server/access/access.ts'
import type { View } from '#contract/view.ts'
import type { AssignmentFacts, CustomershipFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'

/** Who a tablet is answered for, and by what rules. */
export interface Holder {
  readonly user: Pick<User, 'id' | 'role' | 'tasks'>
  readonly generation: string
  readonly aheadDays: number
  readonly now: number
}

/** One customership as this tablet may hold it now. */
export interface InScope {
  readonly id: CustomershipId
  readonly revision: number
  readonly view: View
  readonly viewName: string
  readonly purgeAfter: Day | null
}

export function inScope(
  { user, generation, aheadDays, now }: Holder,
  facts: CustomershipFacts,
  assignments: readonly AssignmentFacts[]
): InScope | null {
  const granted = access(user, { facts, assignments }, { now, aheadDays, where: 'tablet' })
  if (!granted) return null
  const { view, purgeAfter } = granted
  const name = viewName(view, purgeAfter, generation)
  return { id: facts.id, revision: facts.revision, view, viewName: name, purgeAfter }
}

/** §12: a tablet holds the customerships being carried out by its user, and no others. */
export async function readScope(store: Store, holder: Holder): Promise<InScope[]> {
  const assignments = await store.register.assignments({ worker: holder.user.id })
  const assignmentsById = Map.groupBy(assignments, ({ customership }) => customership)
  const facts = await store.register.list({ ids: [...assignmentsById.keys()] })
  return facts.flatMap((one) => inScope(holder, one, assignmentsById.get(one.id) ?? []) ?? [])
}
