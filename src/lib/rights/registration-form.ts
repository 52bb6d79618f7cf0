import type { Contact } from '#contract/contact.ts'
import type { Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import {
  rightsRegistrationSchema,
  type Identification,
  type Requester,
  type RightsKind,
  type RightsRegistration
} from '#contract/rights-request.ts'
import { say } from '#lib/i18n/say.ts'
import { wrongWords, type Wrongs } from './wrong-words.ts'

/** The id is made once, when the form is opened: sending it twice registers one request. */
export interface RegistrationForm {
  id: string
  kind: RightsKind | ''
  whose: 'client' | 'nobody'
  who: Requester | ''
  identified: Identification | ''
  receivedOn: string
  asked: string
  name: string
  contact: string
  standing: string
}

export const emptyRegistrationForm = (today: Day): RegistrationForm => ({
  id: crypto.randomUUID(),
  kind: '',
  whose: 'client',
  who: '',
  identified: '',
  receivedOn: today,
  asked: '',
  name: '',
  contact: '',
  standing: ''
})

/** A guardian who decides for the child, as far as it was written down. */
export const decidesFor = (contact: Contact | undefined): boolean =>
  contact?.relation === 'guardian' && (contact.custody === 'sole' || contact.custody === 'joint')

const given = (field: string, text: string) => (text.trim() === '' ? {} : { [field]: text.trim() })

type Reading =
  | { readonly read: RightsRegistration; readonly wrongs: Wrongs }
  | { readonly read: null; readonly wrongs: Wrongs }

/** Of somebody whose data is not held no word is sent, whatever was typed before. */
export function readRegistrationForm(
  form: RegistrationForm,
  client: CustomershipId | null,
  mustStand: boolean
): Reading {
  const { id, kind, who, identified, receivedOn, whose } = form
  const inStead = who !== 'client'
  const words =
    whose === 'nobody'
      ? null
      : {
          ...given('asked', form.asked),
          ...(inStead ? given('contact', form.contact) : {}),
          ...(inStead && form.contact === '' ? given('name', form.name) : {}),
          ...(mustStand ? given('standing', form.standing) : {})
        }
  const customership = whose === 'nobody' ? null : client
  const candidate = { id, customership, kind, who, identified, receivedOn, words }
  const parsed = rightsRegistrationSchema.safeParse(candidate)
  const missing = missingOf(form, client, mustStand)
  const wrongs = { ...wrongWords(parsed.error?.issues ?? [], candidate), ...missing }
  return parsed.success && Object.keys(missing).length === 0
    ? { read: parsed.data, wrongs: {} }
    : { read: null, wrongs }
}

function missingOf(
  form: RegistrationForm,
  client: CustomershipId | null,
  mustStand: boolean
): Wrongs {
  if (form.whose === 'nobody') return {}
  const missing = (isMissing: boolean, field: string): Wrongs =>
    isMissing ? { [field]: say('rights.wrong.missing') } : {}
  const isNamed = form.who === 'client' || form.who === '' || form.contact !== ''
  return {
    ...missing(client === null, 'customership'),
    ...missing(!isNamed && form.name.trim() === '', 'name'),
    ...missing(mustStand && form.standing.trim() === '', 'standing')
  }
}
