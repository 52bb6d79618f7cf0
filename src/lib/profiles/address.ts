import type { Profile } from '#contract/profile.ts'

/** One line, as a map or a navigator wants it. */
export function addressOf(profile: Profile): string | null {
  const town = [profile.postalCode?.value, profile.town?.value].filter(Boolean).join(' ')
  const address = [profile.street?.value, town].filter(Boolean).join(', ')
  return address === '' ? null : address
}
