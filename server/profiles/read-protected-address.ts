import type { Entry } from '#contract/entry.ts'
import { hasProtectedAddress, isAddressField } from '#contract/protected-address.ts'
import type { View } from '#contract/view.ts'
import { throughView } from '#server/access/access.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'

/** The entries that the office otherwise sees without where somebody lives: here whole, and no others. */
export async function readProtectedAddress(
  reader: CustomershipReader,
  view: View
): Promise<Entry[]> {
  const entries = await reader.entries({ kinds: ['profile', 'contact', 'suggestion'] })
  const isProtected = entries.some(
    (entry) => entry.kind === 'profile' && hasProtectedAddress(entry.data)
  )
  const isLeftOut = (entry: Entry): boolean => {
    if (entry.kind === 'contact') return entry.data.home?.isProtected ?? false
    if (entry.kind === 'suggestion') return isProtected && isAddressField(entry.data.field)
    return isProtected && entry.kind === 'profile'
  }
  const whole = { ...view, protectedAddress: true }
  return entries.filter(isLeftOut).flatMap((entry) => throughView(whole, entry) ?? [])
}
