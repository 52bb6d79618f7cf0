import type { Organisation } from '#contract/settings.ts'
import type { Store } from '#server/store/store.ts'

/** A register has its settings before it has its first user, so whoever calls with a device finds them. */
export async function requireOrganisation(
  store: Store
): Promise<{ revision: number; organisation: Organisation }> {
  const { revision, organisation } = await store.organisation.read()
  if (!organisation) throw new Error('the register has no organisation')
  return { revision, organisation }
}
