import * as z from 'zod/mini'
import { warningKindSchema } from './closing.ts'
import { toldRequestSchema } from './completion-request.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { documentTypeSchema } from './document.ts'
import {
  customershipIdSchema,
  entryIdSchema,
  operationIdSchema,
  rightsRequestIdSchema,
  settingIdSchema,
  userIdSchema
} from './id.ts'
import { entrySchema } from './entry.ts'
import { incidentIdSchema, incidentKindSchema } from './incident.ts'
import { monthSchema } from './month.ts'
import { rightsKindSchema } from './rights-request.ts'
import { transferAlarms } from './transfer-alarm.ts'
import { visitStateSchema } from './visit.ts'
import { wishSchema } from './wish.ts'

/** `GET /api/office/pulse`: changes whenever anything the office shows does. It does not keep a session alive. */
export const pulseSchema = z.object({ pulse: z.string() })

/** `GET /api/office/notes`: what came in, newest first. */
export const noteFeedSchema = z.object({
  notes: z.array(
    z.object({
      customership: customershipIdSchema,
      firstName: z.string(),
      lastName: z.string(),
      note: entrySchema,
      visitStart: z.nullable(momentSchema)
    })
  ),
  awaiting: z.array(
    z.object({
      id: operationIdSchema,
      customership: z.nullable(customershipIdSchema),
      name: z.nullable(z.string()),
      op: z.nullable(z.string()),
      code: z.string(),
      author: z.nullable(userIdSchema),
      receivedAt: momentSchema
    })
  )
})
export type NoteFeed = z.infer<typeof noteFeedSchema>

/** A visit whose note is not finished: whose it was, of whom, and how it stands. */
const unfinishedSchema = z.object({
  customership: customershipIdSchema,
  firstName: z.string(),
  lastName: z.string(),
  visit: entryIdSchema,
  visitStart: momentSchema,
  state: visitStateSchema,
  worker: userIdSchema,
  /** What its worker can be asked to complete in it; null: nothing. */
  wish: z.nullable(wishSchema),
  /** That it was asked. */
  request: z.nullable(z.pick(toldRequestSchema, { request: true, word: true, by: true, at: true }))
})

/**
 * `GET /api/office/notes/unfinished`: of the days before this one, visits whose note is a draft still, and
 * visits without any, the oldest first.
 */
export const unfinishedNotesSchema = z.object({
  drafts: z.array(unfinishedSchema),
  without: z.array(unfinishedSchema)
})
export type UnfinishedNotes = z.infer<typeof unfinishedNotesSchema>

/** Why a note is shown first: a concern, a notification to the authority, or what a permit did not cover. */
export const alarmKindSchema = z.enum(['concern', 'child-welfare', 'no-permit'])
export type AlarmKind = z.infer<typeof alarmKindSchema>

/** `GET /api/office/situation`: what needs a person now; counts and lines for Tilanne. */
export const situationSchema = z.object({
  /** Until a main user has told what was done about it. */
  concerns: z.array(
    z.object({
      customership: customershipIdSchema,
      name: z.string(),
      note: entryIdSchema,
      at: momentSchema,
      author: userIdSchema,
      about: z.array(alarmKindSchema),
      /** The fields of the note that raised it, which an answer names. */
      fields: z.array(settingIdSchema)
    })
  ),
  awaiting: z.int(),
  /** GDPR Art. 33: not closed yet; `authorityAt` once it is settled whether the authority is told. */
  incidents: z.array(
    z.object({
      id: incidentIdSchema,
      kind: incidentKindSchema,
      noticedAt: momentSchema,
      authorityAt: z.nullable(momentSchema)
    })
  ),
  /** §14: clients who are still to be told of a significant change of the notice. */
  untold: z.int(),
  endings: z.array(
    z.object({
      customership: customershipIdSchema,
      name: z.string(),
      endDay: z.string(),
      deleteBy: z.string()
    })
  ),
  /** What is going to happen by itself, and was not yet seen by whoever asks. */
  warnings: z.array(
    z.object({
      customership: customershipIdSchema,
      name: z.string(),
      kind: warningKindSchema,
      day: daySchema,
      to: z.array(userIdSchema)
    })
  ),
  overruns: z.array(
    z.object({ customership: customershipIdSchema, name: z.string(), overMinutes: z.int() })
  ),
  /** Four fifths of what is granted are used or planned. */
  runningOut: z.array(
    z.object({ customership: customershipIdSchema, name: z.string(), leftMinutes: z.int() })
  ),
  /** Decisions that end within a month and are followed by none. */
  expiring: z.array(
    z.object({ customership: customershipIdSchema, name: z.string(), until: z.string() })
  ),
  /** Originals that nobody has destroyed or returned in a week. */
  papers: z.array(
    z.object({
      customership: customershipIdSchema,
      name: z.string(),
      document: entryIdSchema,
      type: documentTypeSchema,
      since: daySchema
    })
  ),
  /** Permits that run out within a month, or did and were not replaced. */
  permits: z.array(
    z.object({
      customership: customershipIdSchema,
      name: z.string(),
      document: entryIdSchema,
      type: documentTypeSchema,
      until: daySchema
    })
  ),
  /** What workers propose and nobody has decided. */
  suggestions: z.array(
    z.object({ customership: customershipIdSchema, name: z.string(), count: z.int() })
  ),
  silentDevices: z.array(
    z.object({
      name: z.string(),
      userName: z.string(),
      lastContactAt: z.nullable(momentSchema),
      holds: z.int()
    })
  ),
  missing: z.array(z.object({ deviceName: z.string(), userName: z.string(), count: z.int() })),
  /** Visits that PSOP or Palse should hear of, counted by what presses and by month; names stay on their page. */
  transfers: z.array(
    z.object({ alarm: z.enum(transferAlarms), month: monthSchema, count: z.int() })
  ),
  /** Requests whose month is running, the next to end first. */
  requests: z.array(
    z.object({
      request: rightsRequestIdSchema,
      number: z.string(),
      /** Null: of nobody whose data is held. */
      name: z.nullable(z.string()),
      kind: rightsKindSchema,
      dueOn: daySchema
    })
  ),
  /** §12: prints that should be destroyed by now, by who printed them. */
  prints: z.array(
    z.object({ user: userIdSchema, userName: z.string(), count: z.int(), since: daySchema })
  ),
  /** That no review of the log was closed for too long, and since when; null: it is not so, or whoever asks reviews none. */
  reviewOverdueSince: z.nullable(daySchema),
  today: z.object({ planned: z.int(), started: z.int(), done: z.int() })
})
export type Situation = z.infer<typeof situationSchema>

export const healthSchema = z.object({ status: z.literal('ok'), version: z.string() })
