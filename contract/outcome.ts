import * as z from 'zod/mini'

/** `retry` is the one that is not final. */
export const outcomeSchema = z.enum([
  'applied',
  'awaiting-decision',
  'refused',
  'discarded',
  'retry'
])
export type Outcome = z.infer<typeof outcomeSchema>

export const finalOutcomeSchema = z.enum(['applied', 'awaiting-decision', 'refused', 'discarded'])
export type FinalOutcome = z.infer<typeof finalOutcomeSchema>

export const outcomeCodes = [
  'forked',
  'late',
  'outside-assignment',
  'device-revoked',
  'customership-closed',
  'unsigned',
  'invalid',
  'identity-code',
  'waits-for',
  'unknown-key',
  'not-author',
  'cannot-open',
  'customership-deleted',
  'id-reused',
  'newer-than-server',
  'try-again',
  'returned',
  'declined',
  'restricted'
] as const

/** An older tablet shows a code that it does not know as "the office decides"; it never fails on one. */
export type OutcomeCode = (typeof outcomeCodes)[number]
