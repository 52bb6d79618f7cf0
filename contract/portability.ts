import * as z from 'zod/mini'
import { contactSchema } from './contact.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { fundingSchema, grantPeriodSchema } from './decision.ts'
import { documentTypeSchema } from './document.ts'
import { profileFields, valueSchemas } from './profile.ts'
import { packageLanguageSchema } from './return-package.ts'
import { partySchema } from './settings.ts'
import { saidSchema, wordsSchema } from './text.ts'
import { visitStateSchema } from './visit.ts'

/**
 * GDPR Art. 20: what the client *provided* and is processed by automated means, to be carried to another
 * system. That is what the client told of themselves and of those to reach, what was agreed as the service,
 * the visits as they were observed, the client's own words and the papers that the client brought. What
 * others concluded or wrote — observations, assessments, concerns, summaries, logs — was not provided by
 * the client and is left to the access report (Art. 15); so is what a note says of another person, by
 * Art. 20(4). This register's own import reads the person, the contacts and the decisions; visits of a
 * former provider are not this one's to count.
 */
export const portabilityFormat = 'kotikaynti/portability/1'

const { street, postalCode, town, access, ...others } = valueSchemas

const addressShape = {
  street: z.optional(street),
  postalCode: z.optional(postalCode),
  town: z.optional(town),
  access: z.optional(access)
}

const personSchema = z.strictObject({
  firstName: others.firstName,
  lastName: others.lastName,
  birthDate: z.optional(others.birthDate),
  ...addressShape,
  phone: z.optional(others.phone),
  email: z.optional(others.email),
  allergies: z.optional(others.allergies),
  health: z.optional(others.health),
  needs: z.optional(others.needs),
  pets: z.optional(others.pets),
  language: z.optional(others.language),
  addressProtected: z.optional(others.addressProtected)
})
export type PortablePerson = z.infer<typeof personSchema>

const { name, relation, phone, email } = contactSchema.shape

const portableContactSchema = z.strictObject({
  name,
  relation,
  phone,
  email,
  /** Never one that is protected: it is another person's. */
  home: z.optional(z.strictObject(addressShape))
})
export type PortableContact = z.infer<typeof portableContactSchema>

const portableDecisionSchema = z.strictObject({
  /** By name: another system has ids of its own. */
  organiser: z.string(),
  product: z.string(),
  controller: z.enum(['organiser', 'provider']),
  funding: fundingSchema,
  number: z.optional(saidSchema(60)),
  from: daySchema,
  until: daySchema,
  grantedMinutes: z.int().check(z.minimum(0)),
  grantedPer: grantPeriodSchema,
  goals: z.array(saidSchema(300))
})
export type PortableDecision = z.infer<typeof portableDecisionSchema>

export const portabilitySchema = z.strictObject({
  format: z.literal(portabilityFormat),
  madeAt: momentSchema,
  language: packageLanguageSchema,
  provider: partySchema,
  person: personSchema,
  /** Turvakielto: then the address stands here and nowhere else. Show it to nobody who need not know. */
  protectedAddress: z.optional(z.strictObject(addressShape)),
  contacts: z.array(portableContactSchema),
  decisions: z.array(portableDecisionSchema),
  visits: z.array(
    z.strictObject({
      product: z.string(),
      plannedStart: z.optional(momentSchema),
      plannedEnd: z.optional(momentSchema),
      startedAt: z.optional(momentSchema),
      endedAt: z.optional(momentSchema),
      state: visitStateSchema
    })
  ),
  /** What the client said, as it was written down. */
  ownWords: z.array(
    z.strictObject({ writtenAt: momentSchema, title: z.string(), text: wordsSchema(20_000) })
  ),
  /** What the client asked to be recorded otherwise. */
  corrections: z.array(
    z.strictObject({ at: momentSchema, field: z.enum(profileFields), value: saidSchema(2000) })
  ),
  /** The papers that the client brought, with the files of the archive that are their pages. */
  documents: z.array(
    z.strictObject({
      type: documentTypeSchema,
      title: z.optional(saidSchema(120)),
      validFrom: z.optional(daySchema),
      validUntil: z.optional(daySchema),
      files: z.array(z.string())
    })
  )
})
export type Portability = z.infer<typeof portabilitySchema>

/** `GET /portability.schema.json`, and beside the file in its archive: JSON Schema 2020-12. */
export function portabilitySchemaText(): string {
  const schema = z.toJSONSchema(portabilitySchema, { io: 'output', unrepresentable: 'any' })
  return `${JSON.stringify({ $id: portabilityFormat, ...schema }, null, 2)}\n`
}
