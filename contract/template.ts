import * as z from 'zod/mini'
import { settingIdSchema } from './id.ts'
import { titleSchema } from './text.ts'

const optionSchema = z.strictObject({ id: settingIdSchema, title: titleSchema })

/**
 * One titled field of a visit note. `ticks` holds the ids that are ticked, `choice` one id, `text`
 * words, `flag` yes or no (an alert for the office when `alert` is set).
 */
export const templateFieldSchema = z.strictObject({
  id: settingIdSchema,
  title: titleSchema,
  form: z.enum(['ticks', 'choice', 'text', 'flag']),
  options: z.optional(z.array(optionSchema)),
  mandatory: z.boolean(),
  alert: z.optional(z.boolean())
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
