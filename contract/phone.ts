/** Finnish numbers are written `040 123 4567` and kept as `+358401234567`. */
export function phoneToStored(text: string): string {
  const digits = text.replace(/[\s().-]/g, '')
  if (digits.startsWith('00')) return `+${digits.slice(2)}`
  return digits.startsWith('0') ? `+358${digits.slice(1)}` : digits
}
