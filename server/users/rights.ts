import type { Refusal } from '#server/access/refusal.ts'
import type { Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'

type Rights = Pick<User, 'role' | 'tasks' | 'state'>

/** Who keeps the office: a main user who does more than oversee it. */
export const keepsOffice = ({ role, tasks }: Pick<Rights, 'role' | 'tasks'>): boolean =>
  role === 'main-user' && tasks.some((task) => task !== 'oversight')

const isKeeper = (user: Rights): boolean => user.state === 'active' && keepsOffice(user)

/** Somebody must be left who can let the others in. Asked in the transaction that changes the user. */
export async function refuseLastKeeper(
  store: Store,
  before: User,
  after: Rights
): Promise<Refusal | null> {
  if (!isKeeper(before) || isKeeper(after)) return null
  const others = (await store.users.list()).filter(({ id }) => id !== before.id)
  return others.some(isKeeper)
    ? null
    : { code: 'conflict', issues: [{ path: ['role'], code: 'last-main-user' }] }
}
