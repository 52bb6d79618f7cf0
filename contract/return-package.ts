import * as z from 'zod/mini'
import { customershipStateSchema } from './customership.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { disclosureChannelSchema, disclosureRecipientSchema } from './disclosure.ts'
import { endReasonSchema } from './ending.ts'
import { entrySchema } from './entry.ts'
import { revisionSchema } from './revision.ts'
import { customershipIdSchema, entryIdSchema, userIdSchema } from './id.ts'
import { officeEntrySchema } from './office-entry.ts'
import { organiserSchema, personSchema, productSchema } from './organisation.ts'
import { partySchema } from './settings.ts'
import { templateSchema } from './template.ts'

/** Organisers speak Finnish or Swedish. */
export const packageLanguageSchema = z.enum(['fi', 'sv'])
export type PackageLanguage = z.infer<typeof packageLanguageSchema>

/** `record` is read by people, `archive` by the organiser's system; one passphrase opens both. */
export const packagePartSchema = z.enum(['record', 'archive'])
export type PackagePart = z.infer<typeof packagePartSchema>

/** `POST /api/office/customerships/{id}/package` makes it; a new one replaces the former. */
export const packageRequestSchema = z.strictObject({ language: packageLanguageSchema })
export type PackageRequest = z.infer<typeof packageRequestSchema>

const partFactsSchema = z.object({
  part: packagePartSchema,
  name: z.string(),
  bytes: z.int(),
  /** SHA-256 of the file, hex: as whoever receives it computes it. */
  sha256: z.string()
})

/** `GET /api/office/customerships/{id}/package`: what it is. The passphrase is asked for apart, which is logged. */
export const packageAnswerSchema = z.object({
  package: z.nullable(
    z.object({
      number: z.string(),
      language: packageLanguageSchema,
      madeAt: momentSchema,
      by: userIdSchema,
      byName: z.string(),
      /** To whom it goes unless somebody says otherwise. Null: no decision names an organiser. */
      organiser: z.nullable(z.string()),
      /** Whether the customership is still as the package tells it. */
      isCurrent: z.boolean(),
      parts: z.array(partFactsSchema)
    })
  )
})
export type PackageAnswer = z.infer<typeof packageAnswerSchema>

/**
 * `GET /api/office/customerships/{id}/package/record` and `…/archive`: §10, to whom it goes and by which way, as
 * whoever fetches it says. Untold: to that organiser, by a way that nobody knows.
 */
export const packageFetchSchema = z.strictObject({
  recipient: z.optional(disclosureRecipientSchema),
  channel: z.optional(disclosureChannelSchema)
})
export type PackageFetch = z.infer<typeof packageFetchSchema>

/** `POST /api/office/customerships/{id}/package/passphrase`. */
export const passphraseRequestSchema = z.strictObject({})
export const passphraseAnswerSchema = z.object({ passphrase: z.string() })

/** `record.json` of the archive, for the organiser's own system. */
export const returnRecordSchema = z.strictObject({
  format: z.literal('kotikaynti/return-record/1'),
  number: z.string(),
  madeAt: momentSchema,
  madeBy: userIdSchema,
  language: packageLanguageSchema,
  provider: partySchema,
  customership: z.strictObject({
    id: customershipIdSchema,
    revision: revisionSchema,
    state: customershipStateSchema,
    startDay: daySchema,
    endDay: z.nullable(daySchema),
    endReason: z.nullable(endReasonSchema)
  }),
  /** What the ids in the entries name. */
  organisers: z.array(organiserSchema),
  products: z.array(productSchema),
  templates: z.array(templateSchema),
  people: z.array(personSchema),
  /** Without what tells where somebody with a protected address lives. */
  entries: z.array(entrySchema),
  /** Turvakielto: the entries that it was left out of, whole. Show them to nobody who need not know. */
  protectedAddress: z.array(entrySchema),
  /** §10: monthly summaries and service events that were made of it. */
  disclosed: z.array(officeEntrySchema),
  /** Which files of the archive are the pages of which document. */
  documents: z.array(z.strictObject({ document: entryIdSchema, files: z.array(z.string()) }))
})
export type ReturnRecord = z.infer<typeof returnRecordSchema>
