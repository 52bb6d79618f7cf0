import { entriesOf, type Entry } from './entry.ts'
import type { Profile, ProfileField } from './profile.ts'

/** Turvakielto: what tells where somebody lives, how to get in included. */
export const addressFields = [
  'street',
  'postalCode',
  'town',
  'access'
] as const satisfies readonly ProfileField[]
type AddressField = (typeof addressFields)[number]

export const isAddressField = (field: ProfileField): field is AddressField =>
  addressFields.some((each) => each === field)

export const hasProtectedAddress = (profile: Profile): boolean =>
  profile.addressProtected?.value === 'yes'

/** Stands in for a proposed address, which says that something was proposed and not what. */
export const hiddenValue = '•••'

function withoutAddress(profile: Profile): Profile {
  const { street: _street, postalCode: _code, town: _town, access: _access, ...rest } = profile
  return rest
}

/** §8, §12: an entry for whoever does not make the visit. That there is such an address stays known. */
export function withoutProtectedAddress(entry: Entry): Entry {
  if (entry.kind === 'profile' && hasProtectedAddress(entry.data))
    return { ...entry, data: withoutAddress(entry.data) }
  if (entry.kind === 'contact' && entry.data.home?.isProtected)
    return { ...entry, data: { ...entry.data, home: { isProtected: true } } }
  return entry
}

/** The same for a proposed address, which only the whole customership tells to be a protected one. */
export function withoutProposedAddress(entries: Entry[]): Entry[] {
  const [profile] = entriesOf(entries, 'profile')
  if (!profile || !hasProtectedAddress(profile.data)) return entries
  return entries.map((entry) =>
    entry.kind === 'suggestion' && isAddressField(entry.data.field)
      ? { ...entry, data: { ...entry.data, value: hiddenValue } }
      : entry
  )
}

/** What these two leave something out of, whole. */
export function protectedEntries(entries: readonly Entry[]): Entry[] {
  const [profile] = entriesOf(entries, 'profile')
  const isProtected = profile !== undefined && hasProtectedAddress(profile.data)
  return entries.filter((entry) => {
    if (entry.kind === 'contact') return entry.data.home?.isProtected ?? false
    if (entry.kind === 'suggestion') return isProtected && isAddressField(entry.data.field)
    return isProtected && entry.kind === 'profile'
  })
}
