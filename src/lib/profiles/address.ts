import type { Home } from '#contract/contact.ts'
import type { Profile } from '#contract/profile.ts'

interface Place {
  readonly street?: string | undefined
  readonly postalCode?: string | undefined
  readonly town?: string | undefined
}

function onOneLine({ street, postalCode, town }: Place): string | null {
  const address = [street, [postalCode, town].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return address === '' ? null : address
}

/** One line, as a map or a navigator wants it. */
export function addressOf({ street, postalCode, town }: Profile): string | null {
  return onOneLine({ street: street?.value, postalCode: postalCode?.value, town: town?.value })
}

/**
 * Where a person may look an address up: the organisation's own link, filled in. Null where the setting is
 * off, and always for a protected address, which whoever answers there would learn.
 */
export function mapHref(
  mapLink: string | undefined,
  { address, isProtected }: { readonly address: string | null; readonly isProtected: boolean }
): string | null {
  if (mapLink === undefined || address === null || isProtected) return null
  return mapLink.replace('{address}', () => encodeURIComponent(address))
}

export const addressOfHome = (home: Home): string | null => onOneLine(home)
