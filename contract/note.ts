import * as z from 'zod/mini'
import { momentSchema } from './day.ts'
import { entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import type { Template } from './template.ts'
import { wordsSchema } from './text.ts'

export const fieldValueSchema = z.union([
  wordsSchema(20_000),
  z.boolean(),
  z.array(settingIdSchema).check(z.maxLength(100))
])
export type FieldValue = z.infer<typeof fieldValueSchema>

export const noteFieldsSchema = z
  .record(settingIdSchema, fieldValueSchema)
  .check(z.refine((fields) => Object.keys(fields).length <= 100))
export type NoteFields = z.infer<typeof noteFieldsSchema>

/** What is recorded of a visit. A signed note is immutable; `forkOf` names the note that it stands beside. */
export const noteSchema = z.strictObject({
  visit: entryIdSchema,
  template: settingIdSchema,
  templateVersion: z.int().check(z.minimum(1)),
  fields: noteFieldsSchema,
  state: z.enum(['draft', 'signed']),
  author: userIdSchema,
  writtenAt: momentSchema,
  signedAt: z.optional(momentSchema),
  forkOf: z.optional(entryIdSchema)
})
export type Note = z.infer<typeof noteSchema>

/** The body of `note.draft` and of `note.sign`. */
export const noteWritingSchema = z.strictObject({
  note: entryIdSchema,
  visit: entryIdSchema,
  template: settingIdSchema,
  templateVersion: z.int().check(z.minimum(1)),
  fields: noteFieldsSchema
})
export type NoteWriting = z.infer<typeof noteWritingSchema>

function isFilled(value: FieldValue | undefined): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined
}

/** The ids of the mandatory fields that are still empty, in the template's order. */
export function missingFields(template: Template, fields: NoteFields): string[] {
  return template.fields
    .filter((field) => field.mandatory && !isFilled(fields[field.id]))
    .map((field) => field.id)
}
