import type { UserId } from '#contract/id.ts'
import type { UserRequest } from '#contract/user.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { Store } from '#server/store/store.ts'
import { refuseLastKeeper } from './rights.ts'

type Rights = UserRequest['seen']

const isSame = (one: Readonly<Rights>, other: Readonly<Rights>): boolean =>
  one.displayName === other.displayName &&
  one.role === other.role &&
  new Set([...one.tasks, ...other.tasks]).size === new Set(one.tasks).size &&
  new Set(one.tasks).size === new Set(other.tasks).size

/** §12: a changed role or task is in force at the user's next request, and at the next pull of their tablet. */
export async function changeUser(
  store: Store,
  id: UserId,
  { seen, displayName, role, tasks }: UserRequest,
  by: UserId
): Promise<Refusal | null> {
  const wanted = { displayName, role, tasks: [...new Set(tasks)] }
  return await store.register.transact(async () => {
    const user = await store.users.find(id)
    if (!user) return { code: 'not-found' }
    const known = { ...user, tasks: [...user.tasks] }
    // Asked again after its answer was lost, it is done already.
    if (isSame(known, wanted)) return null
    if (user.state === 'closed' || !isSame(known, seen)) return { code: 'conflict' }
    if (id === by && role !== user.role) return { code: 'not-allowed' }
    const refusal = await refuseLastKeeper(store, user, { ...wanted, state: user.state })
    if (!refusal) await store.users.change(id, wanted)
    return refusal
  })
}
