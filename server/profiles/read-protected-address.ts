import type { Entry } from '#contract/entry.ts'
import { protectedEntries } from '#contract/protected-address.ts'
import type { View } from '#contract/view.ts'
import { throughView } from '#server/access/access.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'

/** The entries that the office otherwise sees without where somebody lives: here whole, and no others. */
export async function readProtectedAddress(
  reader: CustomershipReader,
  view: View
): Promise<Entry[]> {
  const entries = await reader.entries({ kinds: ['profile', 'contact', 'suggestion'] })
  const whole = { ...view, protectedAddress: true }
  return protectedEntries(entries).flatMap((entry) => throughView(whole, entry) ?? [])
}
