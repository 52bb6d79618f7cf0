import * as z from 'zod/mini'
import type { Day } from './day.ts'
import { revisionSchema } from './revision.ts'
import { settingIdSchema, userIdSchema } from './id.ts'
import { noticeDatesSchema, type NoticeDates } from './notice-in-force.ts'
import { noticeSchema, organiserSchema, productSchema } from './organisation.ts'
import { organiserRuleSchema } from './organiser-rule.ts'
import { phoneSchema } from './profile.ts'
import { templateFieldSchema, templateSchema } from './template.ts'
import { saidSchema, titleSchema, wordsSchema } from './text.ts'
import { transferSettingsSchema } from './transfer-terms.ts'

const weights = [7, 9, 10, 5, 8, 4, 2]

/** Y-tunnus: seven digits, a dash, and the check digit (remainder mod 11; 1 is never given). */
export const businessIdSchema = z.string().check(
  z.regex(/^\d{7}-\d$/),
  z.refine((text) => {
    const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
    const remainder = sum % 11
    if (remainder === 1) return false
    return Number(text[8]) === (remainder === 0 ? 0 : 11 - remainder)
  })
)

/** §1–4: who is controller, whom to contact, who protects the data. */
export const partySchema = z.strictObject({
  name: saidSchema(120),
  businessId: z.optional(businessIdSchema),
  address: z.optional(wordsSchema(300)),
  phone: z.optional(wordsSchema(40)),
  email: z.optional(wordsSchema(254))
})

/** 703/2023: the logs of use and of disclosure are kept twelve years, and outlive the client's data. */
export const standardLogYears = 12

/** Defaults and bounds of DOMAIN; days and minutes. */
export const policySettingsSchema = z.strictObject({
  offlineDays: z.int().check(z.minimum(1), z.maximum(14)),
  assignmentAheadDays: z.int().check(z.minimum(0), z.maximum(7)),
  deleteAfterDays: z.int().check(z.minimum(14), z.maximum(90)),
  /** Days after the last decision until the customership ends by itself. */
  lapseDays: z.optional(z.int().check(z.minimum(0), z.maximum(60))),
  /** §12: days after which the pledge and the training are renewed; a year unless told. */
  renewDays: z.optional(z.int().check(z.minimum(30), z.maximum(730))),
  /** Main users who are warned before anything ends or is deleted by itself; nobody named: every main user. */
  warned: z.optional(z.array(userIdSchema).check(z.maxLength(50))),
  /** `standardLogYears` unless told. */
  logYears: z.optional(z.int().check(z.minimum(1), z.maximum(30))),
  lateNoteDays: z.int().check(z.minimum(1), z.maximum(30)),
  autoLockMinutes: z.int().check(z.minimum(1), z.maximum(30)),
  wrongPassphraseLimit: z.int().check(z.minimum(5), z.maximum(20))
})
export type PolicySettings = z.infer<typeof policySettingsSchema>

/** A link by which a person looks up an address elsewhere: over TLS, with `{address}` where it goes. */
export const mapLinkSchema = z.string().check(
  z.maxLength(300),
  z.refine((text) => {
    const url = URL.parse(text.replace('{address}', 'x'))
    return url?.username === '' && text.split('{address}').length === 2
  }),
  // The address goes to whoever answers there: which host that is must not depend on it.
  z.regex(/^https:\/\/[^/?#{}]+[/?#]/)
)

/** All the settings of the organisation, as one value with one revision. */
export const organisationSchema = z.strictObject({
  controller: partySchema,
  contactPerson: partySchema,
  protectionOfficer: partySchema,
  processor: partySchema,
  organisers: z.array(organiserSchema),
  products: z.array(productSchema),
  templates: z.array(templateSchema),
  rules: z.optional(z.array(organiserRuleSchema).check(z.maxLength(500))),
  /** The newest that was published. */
  notice: noticeSchema,
  /** §14: every version, once a second one was published. */
  notices: z.optional(z.array(noticeDatesSchema)),
  policy: policySettingsSchema,
  socialEmergencyPhone: z.optional(phoneSchema),
  /** Not there: no address leaves by a link. */
  mapLink: z.optional(mapLinkSchema),
  /** What is settled with organisers about PSOP and Palse. */
  transfers: z.optional(transferSettingsSchema)
})
export type Organisation = z.infer<typeof organisationSchema>

/** §14: every version of the notice and its day. The first is told to everybody. */
export function publishedNotices({ notice, notices }: Organisation): readonly NoticeDates[] {
  const { version, effectiveFrom } = notice
  return notices ?? [{ version, effectiveFrom: effectiveFrom as Day, isSignificant: true }]
}

/** `PUT /api/office/organisation/rules`: all of them, old versions among them, which stand as they are. */
export const rulesRequestSchema = z.strictObject({
  based: revisionSchema,
  rules: z.array(organiserRuleSchema).check(z.maxLength(500))
})
export type RulesRequest = z.infer<typeof rulesRequestSchema>

/** `PUT /api/office/organisation/policy`: how an ending runs by itself, and how long the logs outlive it. */
export const policyRequestSchema = z.strictObject({
  based: revisionSchema,
  deleteAfterDays: policySettingsSchema.shape.deleteAfterDays,
  lapseDays: z.int().check(z.minimum(0), z.maximum(60)),
  /** Longer than the law asks, if somebody has a reason; never shorter. Not there: as it is. */
  logYears: z.optional(z.int().check(z.minimum(standardLogYears), z.maximum(30))),
  warned: z.array(userIdSchema).check(z.maxLength(50))
})
export type PolicyRequest = z.infer<typeof policyRequestSchema>

/** `POST /api/office/organisation/templates`: the version after `follows`, which was the newest that the editor had seen. */
export const templateRequestSchema = z.strictObject({
  template: settingIdSchema,
  follows: z.int().check(z.minimum(1)),
  title: titleSchema,
  fields: z.array(templateFieldSchema).check(z.minLength(1), z.maxLength(60))
})
export type TemplateRequest = z.infer<typeof templateRequestSchema>

/** `GET /api/office/templates/standard`: what a new register starts with, to add from. */
export const standardTemplatesSchema = z.object({ templates: z.array(templateSchema) })

export const templateAnswerSchema = z.object({ revision: revisionSchema, version: z.int() })

/** `PUT /api/office/organisation/visiting`: whom a worker calls, and whether an address may be looked up elsewhere. */
export const visitingRequestSchema = z.strictObject({
  based: revisionSchema,
  socialEmergencyPhone: z.nullable(phoneSchema),
  mapLink: z.nullable(mapLinkSchema)
})
export type VisitingRequest = z.infer<typeof visitingRequestSchema>

/** `PUT /api/office/organisation/transfers`: terms, portal products and export profiles, all of them. */
export const transferSettingsRequestSchema = z.strictObject({
  based: revisionSchema,
  transfers: transferSettingsSchema
})
export type TransferSettingsRequest = z.infer<typeof transferSettingsRequestSchema>

/** What the office reads to fill its forms. */
export const organisationAnswerSchema = z.object({
  revision: revisionSchema,
  organisation: organisationSchema,
  people: z.array(
    z.object({ id: userIdSchema, displayName: z.string(), role: z.enum(['main-user', 'worker']) })
  )
})
export type OrganisationAnswer = z.infer<typeof organisationAnswerSchema>
