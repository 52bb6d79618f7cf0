import type { CustomershipId } from '#contract/id.ts'
import { access } from './access.ts'
import type { SignedIn } from './signed-in.ts'
import type { Store } from '#server/store/store.ts'

/** The names of those that this main user may see; who only oversees sees none. */
export async function readClientNames(
  store: Store,
  user: SignedIn,
  ids: readonly CustomershipId[],
  now: number
): Promise<ReadonlyMap<CustomershipId, string>> {
  const at = { now, aheadDays: 0, where: 'office' } as const
  const read = await store.register.readEach(ids, async (reader) => {
    const granted = access(user, { facts: reader.facts, assignments: [] }, at)
    if (granted?.view.kinds.profile !== 'all') return null
    const profile = (await reader.ofKind('profile')).at(-1)?.data
    return [profile?.firstName.value, profile?.lastName.value].filter(Boolean).join(' ')
  })
  return new Map([...read].flatMap(([id, name]) => (name === null ? [] : [[id, name] as const])))
}
