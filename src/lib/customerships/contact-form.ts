import { contactSchema, type Contact } from '#contract/contact.ts'
import type { EntryId } from '#contract/id.ts'
import { phoneToStored } from '#contract/phone.ts'
import { newEntryId } from '#lib/device/new-id.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'

/** Flat, so that two versions of it can be compared field by field. */
export interface ContactForm {
  id: EntryId
  name: string
  relation: Contact['relation']
  phone: string
  email: string
  custody: NonNullable<Contact['custody']> | ''
  note: string
  noContact: boolean
  hasHome: boolean
  street: string
  postalCode: string
  town: string
  access: string
  isProtected: boolean
}

export function emptyContactForm(): ContactForm {
  return {
    id: newEntryId(),
    name: '',
    relation: 'guardian',
    phone: '',
    email: '',
    custody: '',
    note: '',
    noContact: false,
    hasHome: false,
    street: '',
    postalCode: '',
    town: '',
    access: '',
    isProtected: false
  }
}

export function contactToForm(id: EntryId, contact: Contact): ContactForm {
  const { home } = contact
  return {
    id,
    name: contact.name,
    relation: contact.relation,
    phone: contact.phone ?? '',
    email: contact.email ?? '',
    custody: contact.custody ?? '',
    note: contact.note ?? '',
    noContact: contact.noContact,
    hasHome: home !== undefined,
    street: home?.street ?? '',
    postalCode: home?.postalCode ?? '',
    town: home?.town ?? '',
    access: home?.access ?? '',
    isProtected: home?.isProtected ?? false
  }
}

/** Only what was said: an empty field is no field. */
function said<K extends string>(fields: Record<K, string>): Partial<Record<K, string>> {
  return Object.fromEntries(
    Object.entries<string>(fields)
      .map(([field, text]) => [field, text.trim()])
      .filter(([, text]) => text !== '')
  ) as Partial<Record<K, string>>
}

export function contactToCandidate(
  form: ContactForm,
  { addressUnseen = false } = {}
): Record<string, unknown> {
  const { email, custody, note, street, postalCode, town, access } = form
  const address = addressUnseen ? {} : said({ street, postalCode, town, access })
  return {
    name: form.name.trim(),
    relation: form.relation,
    ...said({ phone: phoneToStored(form.phone), email, custody }),
    ...(form.hasHome ? { home: { ...address, isProtected: form.isProtected } } : {}),
    ...said({ note }),
    noContact: form.noContact
  }
}

export function readContactForm(
  form: ContactForm,
  o: { addressUnseen?: boolean } = {}
): FormReading<Contact> {
  return readWith(contactSchema, contactToCandidate(form, o))
}
