/** §8: there is no field for a personal identity code. One that is typed is masked at once and the rest is kept. */
const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY'

const shape =
  /(?<![0-9A-Za-z])(\d{6})([+\-–YXWVUABCDEFyxwvuabcdef])(\d{3})([0-9A-Ya-y])(?![0-9A-Za-z])/g

export const identityCodeMask = '••••••-••••'

function isIdentityCode(birth: string, individual: string, check: string): boolean {
  const day = Number(birth.slice(0, 2))
  const month = Number(birth.slice(2, 4))
  const number = Number(individual)
  if (day < 1 || day > 31 || month < 1 || month > 12 || number < 2) return false
  return checkCharacters[Number(birth + individual) % 31] === check.toUpperCase()
}

/** Replaces every valid personal identity code in the text; `found` tells whether there was one. */
export function maskIdentityCodes(text: string): { text: string; found: boolean } {
  let found = false
  const masked = text.replace(
    shape,
    (whole, birth: string, _sign, individual: string, check: string) => {
      if (!isIdentityCode(birth, individual, check)) return whole
      found = true
      return identityCodeMask
    }
  )
  return { text: masked, found }
}

/** Where in the value, at any depth, a text holds a personal identity code. */
export function identityCodePaths(
  value: unknown,
  path: readonly (string | number)[] = []
): (string | number)[][] {
  if (typeof value === 'string') return maskIdentityCodes(value).found ? [[...path]] : []
  if (Array.isArray(value))
    return value.flatMap((item, index) => identityCodePaths(item, [...path, index]))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, item]) => identityCodePaths(item, [...path, key]))
  return []
}

export function holdsIdentityCode(value: unknown): boolean {
  return identityCodePaths(value).length > 0
}

/** The same value with every personal identity code in it masked. */
export function withoutIdentityCodes(value: unknown): unknown {
  if (typeof value === 'string') return maskIdentityCodes(value).text
  if (Array.isArray(value)) return value.map(withoutIdentityCodes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutIdentityCodes(item)])
  )
}
