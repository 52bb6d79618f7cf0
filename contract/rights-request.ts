import * as z from 'zod/mini'
import { custodySchema, relationSchema } from './contact.ts'
import { customershipStateSchema } from './customership.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { noteFieldsSchema } from './note.ts'
import {
  customershipIdSchema,
  entryIdSchema,
  rightsRequestIdSchema,
  settingIdSchema,
  userIdSchema
} from './id.ts'
import { languageSchema, saidSchema, wordsSchema } from './text.ts'
import { revisionSchema } from './revision.ts'

/** §13: what a person may ask by GDPR Art. 15, 16, 17, 18, 20 and 21. */
export const rightsKindSchema = z.enum([
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection'
])
export type RightsKind = z.infer<typeof rightsKindSchema>

/** Who asks: the client, a guardian, or somebody else in the client's stead. */
export const requesterSchema = z.enum(['client', 'guardian', 'representative'])
export type Requester = z.infer<typeof requesterSchema>

/** GDPR Art. 12(6): how it is known who asks. */
export const identificationSchema = z.enum([
  'not-yet',
  'known-in-person',
  'strong',
  'document',
  'power-of-attorney'
])
export type Identification = z.infer<typeof identificationSchema>

/** GDPR Art. 12(3): a request is complex, or there are many. */
export const extensionGroundSchema = z.enum(['complexity', 'number-of-requests'])
export type ExtensionGround = z.infer<typeof extensionGroundSchema>

/** The ways that an answer takes. */
export const answerChannelSchema = z.enum(['by-hand', 'post', 'secure-mail', 'portal'])
export type AnswerChannel = z.infer<typeof answerChannelSchema>

/**
 * How a request ends. `forwarded`: another is controller and has it. `not-held`: nothing is held of whoever
 * asks, or is held no longer. `withdrawn`: they took it back.
 */
export const rightsOutcomeSchema = z.enum([
  'granted',
  'partly',
  'refused',
  'forwarded',
  'not-held',
  'withdrawn'
])
export type RightsOutcome = z.infer<typeof rightsOutcomeSchema>

/** On what a refusal rests, by the article that lets it. */
export const refusalGroundSchema = z.enum([
  'not-identified',
  'unfounded',
  'no-standing',
  'rights-of-others',
  'accurate',
  'legal-obligation',
  'organiser-record',
  'public-interest',
  'legal-claims',
  'no-restriction-ground',
  'not-portable',
  'compelling-grounds'
])
export type RefusalGround = z.infer<typeof refusalGroundSchema>

const everyKind: readonly RefusalGround[] = ['not-identified', 'unfounded', 'no-standing']

/**
 * GDPR Art. 12(5) and (6) for every kind; 15(4); 16; 17(3)(b), (d) and (e), with the organiser's duty to keep
 * its records by 703/2023; 18(1); 20(1) and (3); 21(1).
 */
export const refusalGrounds: Readonly<Record<RightsKind, readonly RefusalGround[]>> = {
  access: ['rights-of-others', ...everyKind],
  rectification: ['accurate', ...everyKind],
  erasure: [
    'organiser-record',
    'legal-obligation',
    'public-interest',
    'legal-claims',
    ...everyKind
  ],
  restriction: ['no-restriction-ground', ...everyKind],
  portability: ['not-portable', 'rights-of-others', ...everyKind],
  objection: ['compelling-grounds', 'legal-claims', ...everyKind]
}

/** GDPR Art. 18(1)(a)–(d). */
export const restrictionGroundSchema = z.enum([
  'accuracy-contested',
  'unlawful',
  'needed-for-claims',
  'objection-pending'
])
export type RestrictionGround = z.infer<typeof restrictionGroundSchema>

/** The kinds whose work may restrict the processing. */
export const restrictingKinds: readonly RightsKind[] = [
  'rectification',
  'erasure',
  'restriction',
  'objection'
]

/** What of a request stands outside every seal, and may outlive the customership: codes, days and random ids. */
const codesShape = {
  id: rightsRequestIdSchema,
  /** Said to whoever asks, and written on their paper. */
  number: z.string(),
  /** Null: of nobody whose data is held. */
  customership: z.nullable(customershipIdSchema),
  kind: rightsKindSchema,
  who: requesterSchema,
  identified: identificationSchema,
  receivedOn: daySchema,
  registeredAt: momentSchema,
  registeredBy: userIdSchema,
  extension: z.nullable(z.object({ ground: extensionGroundSchema, toldOn: daySchema })),
  outcome: z.nullable(rightsOutcomeSchema),
  answeredOn: z.nullable(daySchema),
  channel: z.nullable(answerChannelSchema),
  closedAt: z.nullable(momentSchema)
}
export const rightsCodesSchema = z.object(codesShape)
export type RightsCodes = z.infer<typeof rightsCodesSchema>

const madeBy = { by: userIdSchema, at: momentSchema }
const reasonSchema = saidSchema(500)
const sent = { on: daySchema, channel: answerChannelSchema }

/** What was put right: the former value stands in the profile’s record or in the signed note, and here why. */
export const rectifiedSchema = z.strictObject({
  ...madeBy,
  what: z.enum(['profile', 'contact', 'note']),
  /** The field of the profile, or the entry. */
  target: z.string().check(z.maxLength(64)),
  /** What stood there: of a note it stands in the note itself. */
  former: z.optional(wordsSchema(2000)),
  reason: reasonSchema
})
export type Rectified = z.infer<typeof rectifiedSchema>

export const rightsAnswerSchema = z.strictObject({
  ...madeBy,
  ...sent,
  outcome: z.enum(['granted', 'partly', 'refused']),
  ground: z.optional(refusalGroundSchema),
  words: z.optional(wordsSchema(2000)),
  language: languageSchema
})
export type RightsAnswer = z.infer<typeof rightsAnswerSchema>

/** The words of a request, sealed under its customership's key; they go with it. */
export const rightsWorkSchema = z.strictObject({
  /** What was asked, in the words of whoever asked. */
  asked: z.optional(wordsSchema(2000)),
  /** Of a guardian or of whoever asks in the client's stead. */
  name: z.optional(saidSchema(120)),
  contact: z.optional(entryIdSchema),
  /** By what they may speak for the client. */
  standing: z.optional(reasonSchema),
  identifiedHow: z.optional(wordsSchema(300)),
  extended: z.optional(z.strictObject({ ...madeBy, ...sent, reason: reasonSchema })),
  forwards: z.array(
    z.strictObject({
      ...madeBy,
      ...sent,
      organiser: settingIdSchema,
      words: z.optional(wordsSchema(500))
    })
  ),
  rectified: z.array(rectifiedSchema),
  /** GDPR Art. 19: who had it before, and was told. */
  told: z.array(z.strictObject({ ...madeBy, ...sent, recipient: settingIdSchema })),
  restrictions: z.array(
    z.strictObject({
      ...madeBy,
      ground: restrictionGroundSchema,
      words: z.optional(wordsSchema(500)),
      /** GDPR Art. 18(3): who asked was told before it was lifted. */
      lifted: z.optional(z.strictObject({ ...madeBy, ...sent, reason: reasonSchema }))
    })
  ),
  /** GDPR Art. 21(1): what weighs more, and why. */
  weighed: z.optional(z.strictObject({ ...madeBy, words: saidSchema(2000) })),
  answer: z.optional(rightsAnswerSchema),
  withdrawn: z.optional(z.strictObject({ ...madeBy, reason: reasonSchema }))
})
export type RightsWork = z.infer<typeof rightsWorkSchema>

export const emptyWork: RightsWork = { forwards: [], rectified: [], told: [], restrictions: [] }

const askedShape = {
  asked: z.optional(saidSchema(2000)),
  name: z.optional(saidSchema(120)),
  contact: z.optional(entryIdSchema),
  standing: z.optional(reasonSchema),
  identifiedHow: z.optional(saidSchema(300))
}

/**
 * `POST /api/office/requests`. The id is the office's, so that a repeated request is the same one. Of somebody
 * whose data is not held no word is kept: the number stands on their paper, and nothing here says who they are.
 */
export const rightsRegistrationSchema = z.strictObject({
  id: rightsRequestIdSchema,
  customership: z.nullable(customershipIdSchema),
  kind: rightsKindSchema,
  who: requesterSchema,
  identified: identificationSchema,
  receivedOn: daySchema,
  words: z.nullable(z.strictObject(askedShape))
})
export type RightsRegistration = z.infer<typeof rightsRegistrationSchema>

/** `POST /api/office/requests/{id}/acts`: one step of its work, by whoever is signed in. */
export const rightsActSchema = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('identify'),
    identified: identificationSchema,
    how: z.optional(saidSchema(300))
  }),
  z.strictObject({
    act: z.literal('extend'),
    ground: extensionGroundSchema,
    reason: z.optional(reasonSchema),
    ...sent
  }),
  z.strictObject({
    act: z.literal('forward'),
    organiser: settingIdSchema,
    words: z.optional(saidSchema(500)),
    ...sent
  }),
  z.strictObject({
    act: z.literal('rectify-profile'),
    based: revisionSchema,
    field: z.string().check(z.maxLength(40)),
    value: saidSchema(2000),
    reason: reasonSchema
  }),
  z.strictObject({
    act: z.literal('rectify-contact'),
    contact: entryIdSchema,
    based: revisionSchema,
    field: z.enum(['name', 'phone', 'email', 'note']),
    value: saidSchema(500),
    reason: reasonSchema
  }),
  z.strictObject({
    act: z.literal('rectify-note'),
    /** The new entry that stands beside the note. */
    note: entryIdSchema,
    amends: entryIdSchema,
    fields: noteFieldsSchema,
    reason: reasonSchema
  }),
  z.strictObject({ act: z.literal('tell'), recipient: settingIdSchema, ...sent }),
  z.strictObject({
    act: z.literal('restrict'),
    ground: restrictionGroundSchema,
    words: z.optional(saidSchema(500))
  }),
  z.strictObject({ act: z.literal('lift'), reason: reasonSchema, ...sent }),
  z.strictObject({ act: z.literal('weigh'), words: saidSchema(2000) }),
  z.strictObject({
    act: z.literal('answer'),
    outcome: z.enum(['granted', 'partly', 'refused', 'not-held']),
    ground: z.optional(refusalGroundSchema),
    words: z.optional(saidSchema(2000)),
    language: languageSchema,
    ...sent
  }),
  z.strictObject({ act: z.literal('withdraw'), reason: z.optional(reasonSchema) })
])
export type RightsAct = z.infer<typeof rightsActSchema>
export type RightsActName = RightsAct['act']

/** What stands between a request and its end. */
export const rightsOpenSchema = z.enum(['identify', 'forward', 'answer', 'tell'])
export type RightsOpen = z.infer<typeof rightsOpenSchema>

/** A request with its clock, as lists show it. */
const lineShape = {
  ...codesShape,
  fullOn: daySchema,
  dueOn: daySchema,
  /** Null: there is no client, the customership is deleted, or whoever asks only oversees. */
  clientName: z.nullable(z.string()),
  isDeleted: z.boolean()
}
export const rightsLineSchema = z.object(lineShape)
export type RightsLine = z.infer<typeof rightsLineSchema>

/** `GET /api/office/requests`: what is open by its last day, then what is closed, the latest first. */
export const rightsListSchema = z.object({ requests: z.array(rightsLineSchema) })
export type RightsList = z.infer<typeof rightsListSchema>

/** Whose data it is, as the work of a request needs it. */
export const rightsClientSchema = z.object({
  name: z.string(),
  state: customershipStateSchema,
  endDay: z.nullable(daySchema),
  deleteBy: z.nullable(daySchema),
  restrictedOn: z.nullable(daySchema),
  language: z.nullable(languageSchema),
  /** Those that are controllers of what was recorded on their behalf; and whether the provider is of some. */
  organisers: z.array(settingIdSchema),
  isProvider: z.boolean(),
  contacts: z.array(
    z.object({
      id: entryIdSchema,
      name: z.string(),
      relation: relationSchema,
      custody: z.nullable(custodySchema)
    })
  ),
  /** GDPR Art. 19: who was given any of it, by the log of what left. */
  recipients: z.array(settingIdSchema)
})
export type RightsClient = z.infer<typeof rightsClientSchema>

/** `GET /api/office/requests/{id}`, and what every act answers. */
export const rightsDetailSchema = z.object({
  request: rightsLineSchema,
  /** Null: no words are held of it, or whoever asks only oversees. */
  work: z.nullable(rightsWorkSchema),
  client: z.nullable(rightsClientSchema),
  open: z.array(rightsOpenSchema)
})
export type RightsDetail = z.infer<typeof rightsDetailSchema>
