import * as z from 'zod/mini'
import { revisionSchema } from './revision.ts'
import { settingIdSchema, userIdSchema } from './id.ts'
import { organiserRuleSchema } from './organiser-rule.ts'
import { templateSchema } from './template.ts'
import { saidSchema, titleSchema } from './text.ts'

export const organiserSchema = z.strictObject({
  id: settingIdSchema,
  name: saidSchema(120),
  municipalityCode: z.optional(z.string().check(z.regex(/^\d{3}$/)))
})
export type Organiser = z.infer<typeof organiserSchema>

/** A kind of service; it gives the visit-note template. */
export const productSchema = z.strictObject({
  id: settingIdSchema,
  title: titleSchema,
  template: settingIdSchema
})
export type Product = z.infer<typeof productSchema>

export const noticeSchema = z.strictObject({ version: z.int(), effectiveFrom: z.string() })

export const personSchema = z.strictObject({ id: userIdSchema, displayName: z.string() })
export type Person = z.infer<typeof personSchema>

/** What a tablet holds of the organisation: no settings that only the office needs. */
export const organisationFrameShape = {
  revision: revisionSchema,
  name: z.string(),
  phone: z.optional(z.string()),
  /** Sosiaalipäivystys: whom to call when a child needs help now. */
  socialEmergencyPhone: z.optional(z.string()),
  /** Where an address is looked up by whoever presses the link; `{address}` stands for it. */
  mapLink: z.optional(z.string()),
  organisers: z.array(organiserSchema),
  products: z.array(productSchema),
  templates: z.array(templateSchema),
  rules: z.array(organiserRuleSchema),
  notice: noticeSchema,
  people: z.array(personSchema)
}
export const organisationOnTabletSchema = z.object(organisationFrameShape)
export type OrganisationOnTablet = z.infer<typeof organisationOnTabletSchema>
