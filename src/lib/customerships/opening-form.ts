import { customershipOpeningSchema, type CustomershipOpening } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import { newCustomershipId, newEntryId } from '#lib/device/new-id.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'
import { contactToCandidate, type ContactForm } from './contact-form.ts'
import { decisionToCandidate, emptyDecisionForm, type DecisionForm } from './decision-form.ts'
import { emptyProfileForm, profileToCandidate, type ProfileForm } from './profile-form.ts'

/** The ids are made once, when the form is opened: sending it twice creates one customership. */
export interface OpeningForm {
  id: CustomershipId
  profileId: EntryId
  decisionId: EntryId
  profile: ProfileForm
  contacts: ContactForm[]
  decision: DecisionForm
}

export function emptyOpeningForm(today: Day): OpeningForm {
  return {
    id: newCustomershipId(),
    profileId: newEntryId(),
    decisionId: newEntryId(),
    profile: emptyProfileForm(),
    contacts: [],
    decision: emptyDecisionForm(today)
  }
}

export function readOpeningForm(form: OpeningForm): FormReading<CustomershipOpening> {
  return readWith(customershipOpeningSchema, {
    id: form.id,
    profile: { id: form.profileId, data: profileToCandidate(form.profile) },
    contacts: form.contacts.map((contact) => ({
      id: contact.id,
      data: contactToCandidate(contact)
    })),
    decision: { id: form.decisionId, data: decisionToCandidate(form.decision) }
  })
}
