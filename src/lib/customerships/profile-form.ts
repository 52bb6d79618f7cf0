import {
  profileFields,
  profileStatementSchema,
  type Profile,
  type ProfileField,
  type ProfileStatement,
  type Source
} from '#contract/profile.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'

export interface StatedText {
  value: string
  source: Source
}
export type ProfileForm = Record<ProfileField, StatedText>

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

/** Finnish numbers are written `040 123 4567` and kept as `+358401234567`. */
export function phoneToStored(text: string): string {
  const digits = text.replace(/[\s().-]/g, '')
  if (digits.startsWith('00')) return `+${digits.slice(2)}`
  return digits.startsWith('0') ? `+358${digits.slice(1)}` : digits
}

function stored(field: ProfileField, text: string): string {
  return field === 'phone' ? phoneToStored(text) : text
}

/** What the office states. A field left empty is not stated at all. */
export function profileToCandidate(form: ProfileForm): Record<string, StatedText> {
  const candidate: Record<string, StatedText> = {}
  for (const field of profileFields) {
    const value = form[field].value.trim()
    const required = field === 'firstName' || field === 'lastName'
    if (value !== '' || required)
      candidate[field] = { value: stored(field, value), source: form[field].source }
  }
  return candidate
}

export function readProfileForm(form: ProfileForm): FormReading<ProfileStatement> {
  return readWith(profileStatementSchema, profileToCandidate(form))
}

/** `+358401234567` → `040 123 4567`; a foreign number keeps its country. */
export function formatPhone(stored: string): string {
  const national = /^\+358(\d{2})(\d{3})(\d{2,})$/.exec(stored)
  return national ? `0${national[1]} ${national[2]} ${national[3]}` : stored
}
