const nonBreaking = '\u00a0'

/** A Finnish number as it is said at home (040 123 4567); another as it is stored, in groups that stay on one line. */
export function formatPhone(phone: string): string {
  const digits = phone.replaceAll(/[^\d+]/g, '')
  const national = digits.startsWith('+358') ? `0${digits.slice(4)}` : digits
  const head = national.startsWith('+') ? 4 : 3
  return [national.slice(0, head), ...(national.slice(head).match(/.{3}(?!.$)|.+/g) ?? [])].join(
    nonBreaking
  )
}
