import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { entryIdSchema, operationIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { revisionSchema } from './revision.ts'
import type { Template } from './template.ts'
import { saidSchema, wordsSchema } from './text.ts'

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

/** Why a signed note is amended. */
const reasonSchema = saidSchema(500)

/** A main user who typed for the author, and the revision from which on their words may be in the text. */
export const recorderSchema = z.strictObject({ by: userIdSchema, since: revisionSchema })
export type Recorder = z.infer<typeof recorderSchema>

/**
 * What is recorded of a visit. A signed note is immutable. `forkOf` names the note that a version stands
 * beside, `amends` the signed note that this one completes or corrects, for its `reason`. `mergedInto`
 * names the note that was made of this draft and another: it is kept, and open no more.
 *
 * `author` is whose visit it was, also when a main user typed it for them: then `recordedBy` says who did,
 * and it stays for as long as any of those words could be in the text. `signedBy` is there when it was not
 * the author who signed.
 */
export const noteSchema = z.strictObject({
  visit: entryIdSchema,
  template: settingIdSchema,
  templateVersion: z.int().check(z.minimum(1)),
  fields: noteFieldsSchema,
  state: z.enum(['draft', 'signed']),
  author: userIdSchema,
  writtenAt: momentSchema,
  signedAt: z.optional(momentSchema),
  forkOf: z.optional(entryIdSchema),
  amends: z.optional(entryIdSchema),
  reason: z.optional(reasonSchema),
  mergedInto: z.optional(entryIdSchema),
  recordedBy: z.optional(z.array(recorderSchema).check(z.minLength(1), z.maxLength(50))),
  signedBy: z.optional(userIdSchema)
})
export type Note = z.infer<typeof noteSchema>

/** What is written, and into which template. */
const wordsShape = {
  template: settingIdSchema,
  templateVersion: z.int().check(z.minimum(1)),
  fields: noteFieldsSchema
}

/**
 * `PUT /api/office/customerships/{id}/visits/{visit}/note`: what a main user types for the visit's worker.
 * `based` is the note's revision that they saw, null for a new one. Did somebody else write meanwhile, the
 * words are laid under the id `beside`, as a draft that stands beside the note.
 */
export const noteAtOfficeSchema = z.strictObject({
  note: entryIdSchema,
  based: z.nullable(revisionSchema),
  beside: entryIdSchema,
  ...wordsShape,
  state: z.enum(['draft', 'signed'])
})
export type NoteAtOffice = z.infer<typeof noteAtOfficeSchema>

/** `POST /api/office/customerships/{id}/visits/{visit}/note/merge`: of two versions as they were seen, one. */
export const mergeAtOfficeSchema = z.strictObject({
  note: entryIdSchema,
  based: revisionSchema,
  fork: entryIdSchema,
  forkBased: revisionSchema,
  fields: noteFieldsSchema
})
export type MergeAtOffice = z.infer<typeof mergeAtOfficeSchema>

/** Where the words were laid, the revision of that entry, and whether they are signed: beside another version they are not. */
export const noteWrittenSchema = z.object({
  revision: revisionSchema,
  note: entryIdSchema,
  state: z.enum(['draft', 'signed'])
})
export type NoteWritten = z.infer<typeof noteWrittenSchema>

/** The body of `note.draft` and of `note.sign`. */
export const noteWritingSchema = z.strictObject({
  note: entryIdSchema,
  visit: entryIdSchema,
  ...wordsShape
})
export type NoteWriting = z.infer<typeof noteWritingSchema>

/**
 * The body of `note.merge`: what the author made of two versions becomes `note`; `fork` is settled by it, as
 * it was seen: at the revision `forkBased`, or as the author's own operation `forkAfter` left it. Words that
 * came into it since stay open.
 */
export const noteMergeSchema = z.strictObject({
  note: entryIdSchema,
  fork: entryIdSchema,
  fields: noteFieldsSchema,
  forkBased: z.optional(revisionSchema),
  forkAfter: z.optional(operationIdSchema)
})
export type NoteMerge = z.infer<typeof noteMergeSchema>

/** The body of `note.amend`. `note` is a new id, or the author's own draft that now becomes the amendment. */
export const noteAmendSchema = z.strictObject({
  note: entryIdSchema,
  amends: entryIdSchema,
  reason: reasonSchema,
  /** Only those that are added or said otherwise than in the note that is amended. */
  fields: noteFieldsSchema
})
export type NoteAmend = z.infer<typeof noteAmendSchema>

/** Two values of one field that a reader could not tell apart; an empty one is as good as none. */
export function sameValue(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  return comparable(one) === comparable(other)
}

function comparable(value: FieldValue | undefined): string {
  if (Array.isArray(value)) return [...value].sort().join(' ')
  return typeof value === 'string' ? value.trim() : value === true ? 'true' : ''
}

/** The ids of the fields in which two texts differ. */
export function differingFields(one: NoteFields, other: NoteFields): string[] {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...ids].filter((id) => !sameValue(one[id], other[id]))
}

function isFilled(value: FieldValue | undefined): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined
}

/**
 * The ids of the mandatory fields that are still empty, in the template's order. Nobody has to fill what
 * only a permit allows, or what is not asked.
 */
export function missingFields(template: Template, fields: NoteFields): string[] {
  return template.fields
    .filter((field) => field.mandatory && !field.permit && !isFilled(fields[field.id]))
    .filter((field) => !field.with || fields[field.with] === true)
    .map((field) => field.id)
}
