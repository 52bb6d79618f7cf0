import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { toMilliseconds, type Moment } from './day.ts'
import { customershipIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { revisionSchema } from './revision.ts'
import { saidSchema, wordsSchema } from './text.ts'

const v4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
/** Random: its data key is made under it, and it tells no time. */
export const incidentIdSchema = z.string().check(z.regex(v4)).brand<'IncidentId'>()
export type IncidentId = z.infer<typeof incidentIdSchema>

export const incidentKindSchema = z.enum([
  'lost-device',
  'lost-paper',
  'wrong-recipient',
  'unauthorised-access',
  'attack',
  'destroyed',
  'unavailable',
  'other'
])
export type IncidentKind = z.infer<typeof incidentKindSchema>

const longText = 4000

/** GDPR Art. 33(3), 33(5): what is written down of a breach. No names in its words: ids name customerships. */
const toldShape = {
  kind: incidentKindSchema,
  /** When somebody of the house became aware of it: from here the 72 hours run. */
  noticedAt: momentSchema,
  happened: z.nullable(z.strictObject({ from: daySchema, until: z.nullable(daySchema) })),
  customerships: z.array(customershipIdSchema).check(z.maxLength(200)),
  persons: z.int().check(z.minimum(0), z.maximum(1_000_000)),
  /** Organisers whose data it is: as controllers they are told without delay (Art. 33(2)). */
  organisers: z.array(settingIdSchema).check(z.maxLength(50)),
  /** Whether data that the provider itself answers for is concerned. */
  isOwn: z.boolean(),
  what: saidSchema(longText),
  consequences: wordsSchema(longText),
  measures: wordsSchema(longText)
}

const reasonSchema = saidSchema(1000)

/** What is done about it, each with its own time. */
export const incidentStepSchema = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('controller-told'),
    organiser: settingIdSchema,
    at: momentSchema
  }),
  z.strictObject({
    step: z.literal('authority-told'),
    at: momentSchema,
    /** Art. 33(1): past 72 hours the reasons for the delay are told too. */
    delay: z.nullable(reasonSchema)
  }),
  z.strictObject({
    step: z.literal('authority-not-told'),
    ground: z.enum(['no-risk', 'controller-tells']),
    reason: reasonSchema
  }),
  z.strictObject({
    step: z.literal('persons-told'),
    at: momentSchema,
    way: z.enum(['at-visit', 'by-post', 'electronically', 'by-phone', 'publicly'])
  }),
  z.strictObject({
    step: z.literal('persons-not-told'),
    /** Art. 34(1), 34(3)(a) and (b), or the organiser as controller tells them. */
    ground: z.enum(['no-high-risk', 'unreadable', 'risk-gone', 'controller-tells']),
    reason: reasonSchema
  }),
  z.strictObject({ step: z.literal('closed') }),
  z.strictObject({ step: z.literal('reopened'), reason: reasonSchema })
])
export type IncidentStep = z.infer<typeof incidentStepSchema>

const recordedStepSchema = z.object({
  step: incidentStepSchema,
  by: userIdSchema,
  recordedAt: momentSchema
})

/** What lies sealed of one incident, under its own key. */
export const incidentRecordSchema = z.object({
  ...toldShape,
  registeredBy: userIdSchema,
  registeredAt: momentSchema,
  steps: z.array(recordedStepSchema)
})
export type IncidentRecord = z.infer<typeof incidentRecordSchema>

/** `POST /api/office/incidents`. Organisers whose decisions are concerned are added by the server. */
export const incidentRequestSchema = z.strictObject(toldShape)
export type IncidentRequest = z.infer<typeof incidentRequestSchema>

/** `PUT /api/office/incidents/{id}`: all that is told of it, over the revision that was seen. */
export const incidentChangeSchema = z.strictObject({ based: revisionSchema, ...toldShape })

/** `POST /api/office/incidents/{id}/steps`. */
export const incidentStepRequestSchema = z.strictObject({
  based: revisionSchema,
  step: incidentStepSchema
})

export const incidentWrittenSchema = z.object({ id: incidentIdSchema, revision: revisionSchema })

/** `GET /api/office/incidents`: the newest first. */
export const incidentsAnswerSchema = z.object({
  incidents: z.array(
    z.object({
      id: incidentIdSchema,
      revision: revisionSchema,
      record: incidentRecordSchema,
      /** Names as whoever asks may see them; null: deleted, or not for them. */
      clients: z.array(
        z.object({
          customership: customershipIdSchema,
          name: z.nullable(z.string()),
          isDeleted: z.boolean()
        })
      )
    })
  )
})
export type IncidentsAnswer = z.infer<typeof incidentsAnswerSchema>

/** GDPR Art. 33(1): where feasible, not later than 72 hours after having become aware of it. */
export const authorityHours = 72
const hourMilliseconds = 3_600_000

export const authorityDueAt = (noticedAt: number): number =>
  noticedAt + authorityHours * hourMilliseconds

/** Whole hours that are left until the authority must know; negative once they have run out. */
export const hoursLeft = (noticedAt: number, now: number): number =>
  Math.floor((authorityDueAt(noticedAt) - now) / hourMilliseconds)

/** What must be settled before an incident is closed, in the order in which it is done. */
export const incidentNeeds = [
  'controllers',
  'authority',
  'persons',
  'consequences',
  'measures'
] as const
export type IncidentNeed = (typeof incidentNeeds)[number]

export interface IncidentStanding {
  /** Organisers that nobody has told yet. */
  readonly controllersLeft: readonly string[]
  /** When the authority was told, or it was settled why it is not. */
  readonly authoritySettledAt: Moment | null
  readonly needs: readonly IncidentNeed[]
  readonly closedAt: Moment | null
}

/** How an incident stands after all that was done about it. */
export function standingOf(record: IncidentRecord): IncidentStanding {
  const done = (...names: readonly IncidentStep['step'][]) =>
    record.steps.findLast(({ step }) => names.includes(step.step))
  const told = record.steps.flatMap(({ step }) =>
    step.step === 'controller-told' ? step.organiser : []
  )
  const controllersLeft = record.organisers.filter((id) => !told.includes(id))
  const authority = done('authority-told', 'authority-not-told')
  const persons = done('persons-told', 'persons-not-told')
  const isSettled: Record<IncidentNeed, boolean> = {
    controllers: controllersLeft.length === 0,
    authority: authority !== undefined,
    persons: persons !== undefined,
    consequences: record.consequences.trim() !== '',
    measures: record.measures.trim() !== ''
  }
  const last = done('closed', 'reopened')
  return {
    controllersLeft,
    authoritySettledAt: authority?.recordedAt ?? null,
    needs: incidentNeeds.filter((need) => !isSettled[need]),
    closedAt: last?.step.step === 'closed' ? last.recordedAt : null
  }
}

/** Art. 33(1): whether telling the authority at that time needs the reasons for the delay. */
export const isLate = (noticedAt: Moment, toldAt: Moment): boolean =>
  toMilliseconds(toldAt) > authorityDueAt(toMilliseconds(noticedAt))
