import type { Entry } from '#contract/entry.ts'
import type { UserId } from '#contract/id.ts'
import { formatDateTime } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'
import { contactToForm, type ContactForm } from './contact-form.ts'
import { mergeForms } from './merge-forms.ts'

type ContactField = keyof ContactForm

/** Two values of one field: this person's, and what another saved meanwhile. */
export interface ContactClash {
  readonly mine: ContactForm[ContactField]
  readonly theirs: ContactForm[ContactField]
  readonly mineShown: string
  readonly theirsShown: string
  readonly by: string
}
export type ContactClashes = Partial<Record<ContactField, ContactClash>>

const names = {
  id: 'office.contact.name',
  name: 'office.contact.name',
  relation: 'office.contact.relation',
  phone: 'profile.phone',
  email: 'profile.email',
  custody: 'contact.custody',
  note: 'office.contact.note',
  noContact: 'office.contact.noContact',
  hasHome: 'contact.hasHome',
  street: 'profile.street',
  postalCode: 'profile.postalCode',
  town: 'profile.town',
  access: 'contact.access',
  isProtected: 'contact.homeProtected'
} as const satisfies Record<ContactField, string>

export const contactFieldName = (field: ContactField): string => say(names[field])

function shown(form: ContactForm, field: ContactField): string {
  if (field === 'relation') return say(`relation.${form.relation}`)
  if (field === 'custody') return form.custody === '' ? '' : say(`custody.${form.custody}`)
  const value = form[field]
  return typeof value === 'boolean' ? say(value ? 'ui.yes' : 'ui.no') : value
}

/** The form over a newer record of the same person. */
export function overNewerContact(
  mine: ContactForm,
  begun: Entry<'contact'>,
  newer: Entry<'contact'>,
  personName: (id: UserId) => string
): { form: ContactForm; adopted: ContactField[]; clashes: ContactClashes } {
  const theirs = contactToForm(newer.id, newer.data)
  const before = contactToForm(begun.id, begun.data)
  const { form, adopted, clashing } = mergeForms(mine, before, theirs)
  const by = say('conflict.theirs', { name: personName(newer.by), at: formatDateTime(newer.at) })
  const clashes: ContactClashes = Object.fromEntries(
    clashing.map((field) => [
      field,
      {
        mine: mine[field],
        theirs: theirs[field],
        mineShown: shown(mine, field),
        theirsShown: shown(theirs, field),
        by
      }
    ])
  )
  return { form, adopted, clashes }
}
