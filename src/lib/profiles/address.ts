import type { Profile } from '#contract/profile.ts'

/** One line, as a map or a navigator wants it. */
export function addressOf(profile: Profile): string | null {
  const town = [profile.postalCode?.value, profile.town?.value].filter(Boolean).join(' ')
  const address = [profile.street?.value, town].filter(Boolean).join(', ')
  return address === '' ? null : address
}

/** A Finnish number as it is said at home (040 123 4567); another as it is stored, in groups. */
export function readablePhone(phone: string): string {
  const national = phone.startsWith('+358') ? `0${phone.slice(4)}` : phone
  const head = national.startsWith('+') ? 4 : 3
  return [national.slice(0, head), ...(national.slice(head).match(/.{3}(?!.$)|.+/g) ?? [])].join(
    ' '
  )
}
