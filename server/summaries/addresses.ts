import { entriesOf, type Entry } from '#contract/entry.ts'
import { hasProtectedAddress, hiddenValue } from '#contract/protected-address.ts'
import { asWritten, patternsOfStreet } from './street-pattern.ts'

interface Dwelling {
  readonly street: string | undefined
  readonly access: string | undefined
}

/** Turvakielto: what no summary may tell, in whoever's words, each as the pattern that it is recognised by. */
export function protectedStreets(entries: readonly Entry[]): string[] {
  const profiles = entriesOf(entries, 'profile').flatMap(({ data }): Dwelling[] =>
    hasProtectedAddress(data) ? [{ street: data.street?.value, access: data.access?.value }] : []
  )
  const homes = entriesOf(entries, 'contact').flatMap(({ data: { home } }): Dwelling[] =>
    home?.isProtected ? [{ street: home.street, access: home.access }] : []
  )
  return [...profiles, ...homes].flatMap(({ street, access }) => [
    ...(isTelling(street) ? patternsOfStreet(street) : []),
    ...(isTelling(access) ? patternsOfAccess(access) : [])
  ])
}

const isTelling = (text: string | undefined): text is string => (text?.trim().length ?? 0) > 2

/** How to get in: whole, each part of it that has a number, and a door code by itself. */
function patternsOfAccess(access: string): string[] {
  const parts = access.split(/[,;\n]|\.\s/).filter((part) => isTelling(part) && /\d/.test(part))
  const codes = access.match(/\d{4,}/g) ?? []
  return [
    asWritten(access),
    ...parts.map(asWritten),
    // Not the year of a date, nor a piece of a longer number.
    ...codes.map((code) => `(?<!\\d[.,:]?)${code}(?![.,:]?\\d)`)
  ]
}

export const maskAddresses = (text: string, patterns: readonly string[]): string =>
  patterns.reduce(
    (masked, pattern) => masked.replace(new RegExp(pattern, 'giu'), hiddenValue),
    text
  )

/** Whether words that are about to leave tell a protected address. */
export const tellsAddress = (text: string, patterns: readonly string[]): boolean =>
  maskAddresses(text, patterns) !== text
