import type { Contact } from '#contract/contact.ts'
import type { Profile } from '#contract/profile.ts'

export const alertKinds = ['noContact', 'allergies', 'health', 'needs', 'pets'] as const
export type AlertKind = (typeof alertKinds)[number]

/** What can hurt somebody if it is not known at the door. */
export interface Alert {
  readonly kind: AlertKind
  readonly text: string
}

export interface AlertSource {
  readonly allergies?: string | undefined
  readonly health?: string | undefined
  readonly needs?: string | undefined
  readonly pets?: string | undefined
  readonly noContact: readonly string[]
}

const said = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

/** The gravest first: whom not to let in, then what can make ill. */
export function alertsOf(source: AlertSource): Alert[] {
  return alertKinds.flatMap((kind): Alert[] =>
    kind === 'noContact'
      ? source.noContact.filter(said).map((text) => ({ kind, text }))
      : [source[kind]].filter(said).map((text) => ({ kind, text }))
  )
}

/** The same from the whole card; a warning about a person carries its words. */
export function alertsOfCard(profile: Profile | null, contacts: readonly Contact[]): Alert[] {
  const values = Object.fromEntries(
    (['allergies', 'health', 'needs', 'pets'] as const).flatMap((field) => {
      const recorded = profile?.[field]
      return recorded ? [[field, recorded.value]] : []
    })
  )
  return alertsOf({
    ...values,
    noContact: contacts
      .filter((contact) => contact.noContact)
      .map(({ name, note }) => (said(note) ? `${name}. ${note}` : name))
  })
}
