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

export const addressOfHome = (home: Home): string | null => onOneLine(home)
