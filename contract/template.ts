import * as z from 'zod/mini'
import { settingIdSchema } from './id.ts'
import { titleSchema } from './text.ts'

const optionSchema = z.strictObject({ id: settingIdSchema, title: titleSchema })

/** One column of a field that is written in rows: words, a time of day, or one of its options. */
const cellSchema = z.strictObject({
  id: settingIdSchema,
  title: titleSchema,
  as: z.optional(settingIdSchema),
  options: z.optional(z.array(optionSchema))
})
export type TemplateCell = z.infer<typeof cellSchema>

/**
 * One titled field of a visit note. `ticks` holds the ids that are ticked, `choice` one id, `text`
 * words, `flag` yes or no (an alert for the office when `alert` is set). There will be no fifth: what
 * is written in a closer way is one of these four and says so in `as`, which a tablet that does not
 * know it leaves aside. So whatever was written can be read and written on, as plain text if need be.
 */
export const templateFieldSchema = z.strictObject({
  id: settingIdSchema,
  title: titleSchema,
  form: z.enum(['ticks', 'choice', 'text', 'flag']),
  /** `time`, `rows` and `goals` are texts; see `closerForms`. */
  as: z.optional(settingIdSchema),
  help: z.optional(titleSchema),
  /** Of ticks and choices; of goals, their scale. */
  options: z.optional(z.array(optionSchema)),
  /** The columns of rows. */
  cells: z.optional(z.array(cellSchema)),
  mandatory: z.boolean(),
  alert: z.optional(z.boolean()),
  /** §12: the type of permit without which it is not filled; see `permitOn`. */
  permit: z.optional(settingIdSchema),
  /** Asked only once the flag of this id is ticked. */
  with: z.optional(settingIdSchema)
})
export type TemplateField = z.infer<typeof templateFieldSchema>

/** §8: a visit note follows the template of its service product. A note remembers its version. */
export const templateSchema = z.strictObject({
  id: settingIdSchema,
  version: z.int().check(z.minimum(1)),
  title: titleSchema,
  fields: z.array(templateFieldSchema)
})
export type Template = z.infer<typeof templateSchema>

/** The template of a note, in the version that it was written on; another one where that is not held. */
export function templateOf(
  templates: readonly Template[],
  note: { readonly template: Template['id']; readonly templateVersion: Template['version'] }
): Template | undefined {
  const named = templates.filter(({ id }) => id === note.template)
  return named.find(({ version }) => version === note.templateVersion) ?? named[0]
}
