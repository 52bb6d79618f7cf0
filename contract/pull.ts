import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import { leaseSchema, policySchema, sealingKeySchema } from './device.ts'
import { entryKinds } from './entry-kind.ts'
import { revisionSchema } from './revision.ts'
import {
  customershipIdSchema,
  deviceIdSchema,
  entryIdSchema,
  operationIdSchema,
  userIdSchema
} from './id.ts'
import { organisationFrameShape } from './organisation.ts'
import { finalOutcomeSchema } from './outcome.ts'
import { outboxReportSchema, seqSchema } from './push.ts'

export const viewNameSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{4,64}$/))

const heldSchema = z.strictObject({ revision: revisionSchema, view: viewNameSchema })

/** A customership larger than this, in bytes of JSON, comes in parts. */
export const partBytes = 1024 * 1024

export const pullRequestSchema = z
  .strictObject({
    device: deviceIdSchema,
    generation: z.nullable(z.string().check(z.maxLength(64))),
    organisation: z.nullable(revisionSchema),
    vaultEpoch: z.int().check(z.minimum(0)),
    have: z.optional(z.record(customershipIdSchema, heldSchema)),
    haveDigest: z.optional(z.string().check(z.maxLength(64))),
    awaiting: z.array(operationIdSchema).check(z.maxLength(5000)),
    purged: z.array(customershipIdSchema).check(z.maxLength(5000)),
    outbox: outboxReportSchema
  })
  .check(
    z.refine((pull) => (pull.have === undefined) !== (pull.haveDigest === undefined), {
      path: ['have']
    })
  )
export type PullRequest = z.infer<typeof pullRequestSchema>

/** The text whose SHA-256, base64url, is `haveDigest`. */
export function haveDigestText(
  have: readonly { id: string; revision: number; view: string }[]
): string {
  return [...have]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, revision, view }) => `${id}:${revision}:${view}\n`)
    .join('')
}

/**
 * An entry as it travels. Its data is parsed when a screen opens the customership, not when it is
 * stored: a tablet keeps kinds that only a newer version of it will understand.
 */
export const wireEntrySchema = z.union([
  z.object({
    id: entryIdSchema,
    kind: z.string(),
    revision: revisionSchema,
    at: momentSchema,
    by: userIdSchema,
    data: z.record(z.string(), z.unknown())
  }),
  z.object({ id: entryIdSchema, revision: revisionSchema, removed: z.literal(true) })
])
export type WireEntry = z.infer<typeof wireEntrySchema>

export const purgeFrameSchema = z.object({
  frame: z.literal('purge'),
  customership: customershipIdSchema
})

/** How many customerships this stream will bring, so that progress can be told truly. After the purges; only when there are any. */
export const scopeFrameSchema = z.object({ frame: z.literal('scope'), customerships: z.int() })

export const organisationFrameSchema = z.object({
  frame: z.literal('organisation'),
  ...organisationFrameShape
})

export const outcomeFrameSchema = z.object({
  frame: z.literal('outcome'),
  id: operationIdSchema,
  outcome: finalOutcomeSchema,
  code: z.optional(z.string()),
  revision: z.optional(revisionSchema),
  /** Why the office returned or declined it, for its author. */
  reason: z.optional(z.string())
})

/** `reset` replaces what is held; otherwise the entries are laid over it. Parts count from 1. */
export const customershipFrameSchema = z.object({
  frame: z.literal('customership'),
  id: customershipIdSchema,
  revision: revisionSchema,
  view: viewNameSchema,
  reset: z.boolean(),
  purgeAfter: z.nullable(daySchema),
  /** GDPR Art. 18: since when its processing is restricted. Absent: it is not. */
  restrictedOn: z.optional(daySchema),
  entries: z.array(wireEntrySchema),
  part: z.optional(z.int()),
  last: z.optional(z.boolean())
})

export const endFrameSchema = z.object({
  frame: z.literal('end'),
  serverTime: momentSchema,
  generation: z.string(),
  sealingKey: sealingKeySchema,
  policy: policySchema,
  missing: z.optional(z.array(seqSchema)),
  safeThrough: z.nullable(z.int()),
  lease: leaseSchema
})

/** Purge frames come before all others; `end` is last. A frame of another name is skipped. */
export const frameSchema = z.discriminatedUnion('frame', [
  purgeFrameSchema,
  scopeFrameSchema,
  organisationFrameSchema,
  outcomeFrameSchema,
  customershipFrameSchema,
  endFrameSchema
])
export type Frame = z.infer<typeof frameSchema>
export type FrameOf<N extends Frame['frame']> = Extract<Frame, { frame: N }>
export const frameNames = [
  'purge',
  'scope',
  'organisation',
  'outcome',
  'customership',
  'end'
] as const

export const knownKinds: readonly string[] = entryKinds
