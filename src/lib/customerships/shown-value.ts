import { daySchema } from '#contract/day-shape.ts'
import type { ProfileField } from '#contract/profile.ts'
import { languageSchema } from '#contract/text.ts'
import { formatDay } from '#lib/i18n/format.ts'
import { formatPhone } from '#lib/i18n/phone.ts'
import { say } from '#lib/i18n/say.ts'

/** A profile field's value as it is read. One that does not fit its field is shown as it was written. */
export function shownValue(field: ProfileField, value: string): string {
  if (field === 'birthDate') {
    const day = daySchema.safeParse(value)
    return day.success ? formatDay(day.data) : value
  }
  if (field === 'language') {
    const language = languageSchema.safeParse(value)
    return language.success ? say(`language.${language.data}`) : value
  }
  if (field === 'addressProtected') return value === 'yes' ? say('ui.yes') : say('ui.no')
  if (field === 'phone' && /^\+\d+$/.test(value)) return formatPhone(value)
  return value
}
