import { clauseOf, type Clause } from '#contract/clause-eight.ts'
import {
  profileFields,
  profileStatementSchema,
  type Profile,
  type ProfileField,
  type ProfileStatement,
  type Source
} from '#contract/profile.ts'
import { typedToStored } from '#contract/profile-value.ts'
import { isAddressField } from '#contract/protected-address.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'

export interface StatedText {
  value: string
  source: Source
}
export type ProfileForm = Record<ProfileField, StatedText>

export const profileGroups = ['who', 'reach', 'know'] as const
type ProfileGroup = (typeof profileGroups)[number]

/** §8: a field stands in the form by its phrase of the notice. */
const groupByClause: Partial<Record<Clause, ProfileGroup>> = {
  name: 'who',
  'birth-date': 'who',
  phone: 'reach',
  'e-mail': 'reach',
  'home-address': 'reach',
  'essential-health': 'know',
  'special-needs': 'know',
  pets: 'know'
}
const groupBeyond: Partial<Record<ProfileField, ProfileGroup>> = {
  language: 'who',
  addressProtected: 'reach'
}

/** What the work needs beyond the notice's phrases is, unless said otherwise, what must be known. */
const groupOf = (field: ProfileField): ProfileGroup =>
  groupByClause[clauseOf(field)] ?? groupBeyond[field] ?? 'know'

export const fieldsIn = (group: ProfileGroup): ProfileField[] =>
  profileFields.filter((field) => groupOf(field) === group)

const filled = (value: (field: ProfileField) => StatedText): ProfileForm =>
  Object.fromEntries(profileFields.map((field) => [field, value(field)])) as ProfileForm

export function emptyProfileForm(): ProfileForm {
  return filled(() => ({ value: '', source: 'organiser' }))
}

export function profileToForm(profile: Profile): ProfileForm {
  return filled((field) => ({
    value: profile[field]?.value ?? '',
    source: profile[field]?.source ?? 'client'
  }))
}

/** What the office states. A field left empty is not stated at all, nor is an address that was not shown. */
export function profileToCandidate(
  form: ProfileForm,
  { addressUnseen = false } = {}
): Record<string, StatedText> {
  const candidate: Record<string, StatedText> = {}
  for (const field of profileFields) {
    if (addressUnseen && isAddressField(field)) continue
    const value = typedToStored(field, form[field].value)
    const required = field === 'firstName' || field === 'lastName'
    if (value !== '' || required) candidate[field] = { value, source: form[field].source }
  }
  return candidate
}

export function readProfileForm(
  form: ProfileForm,
  o: { addressUnseen?: boolean } = {}
): FormReading<ProfileStatement> {
  return readWith(profileStatementSchema, profileToCandidate(form, o))
}
