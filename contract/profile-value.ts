import { phoneToStored } from './phone.ts'
import { valueSchemas, type ProfileField } from './profile.ts'

/** What was typed, as the field keeps it: for the keyboard and for the server. */
export function typedToStored(field: ProfileField, text: string): string {
  const value = text.trim()
  return field === 'phone' ? phoneToStored(value) : value
}

/** Whether the field may keep it. */
export function isValueOf(field: ProfileField, value: string): boolean {
  return valueSchemas[field].safeParse(value).success
}
