import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import { type Moment, toMilliseconds } from './day.ts'
import { documentAddSchema, documentPartSchema } from './document.ts'
import { revisionSchema } from './revision.ts'
import { customershipIdSchema, operationIdSchema, userIdSchema } from './id.ts'
import { noteAmendSchema, noteMergeSchema, noteWritingSchema } from './note.ts'
import { suggestBodySchema } from './suggestion.ts'
import { usageReportSchema } from './usage.ts'
import { visitRecordSchema } from './visit.ts'

/** Each operation's body. A name that is not here is newer than this server. */
export const operationBodySchemas = {
  'visit.record': visitRecordSchema,
  'note.draft': noteWritingSchema,
  'note.sign': noteWritingSchema,
  'note.merge': noteMergeSchema,
  'note.amend': noteAmendSchema,
  'profile.suggest': suggestBodySchema,
  'document.part': documentPartSchema,
  'document.add': documentAddSchema,
  'usage.report': usageReportSchema
} as const

export type OperationName = keyof typeof operationBodySchemas
export const operationNames = Object.keys(operationBodySchemas) as [
  OperationName,
  ...OperationName[]
]

/** What every operation has, read before its name is known. */
const payloadHead = {
  id: operationIdSchema,
  customership: customershipIdSchema,
  author: userIdSchema,
  at: momentSchema,
  /** Milliseconds, device minus server at the last contact. */
  clockOffset: z.int(),
  /** The entry's revision that the author saw; null for a new entry. */
  based: z.nullable(revisionSchema),
  /** The author's own earlier operation that this one continues; `based` is then ignored. */
  after: z.optional(operationIdSchema)
}

export const payloadHeadSchema = z.looseObject({
  ...payloadHead,
  op: z.string(),
  body: z.unknown()
})

const operationOf = <N extends OperationName>(name: N) =>
  z.strictObject({ ...payloadHead, op: z.literal(name), body: operationBodySchemas[name] })

export const operationSchema = z.discriminatedUnion('op', [
  operationOf('visit.record'),
  operationOf('note.draft'),
  operationOf('note.sign'),
  operationOf('note.merge'),
  operationOf('note.amend'),
  operationOf('profile.suggest'),
  operationOf('document.part'),
  operationOf('document.add'),
  operationOf('usage.report')
])
export type Operation = z.infer<typeof operationSchema>
export type OperationOf<N extends OperationName> = Extract<Operation, { op: N }>

/**
 * When the author says it happened, by the server's clock. It decides no order. Never before 1970:
 * what a clock without sense says must still be a time that can be written down.
 */
export function claimedAt(operation: { at: Moment; clockOffset: number }): number {
  return Math.max(0, toMilliseconds(operation.at) - operation.clockOffset)
}
