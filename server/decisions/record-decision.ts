import { isDeepStrictEqual } from 'node:util'
import type { DecisionRequest } from '#contract/customership.ts'
import type { Decision, DecisionStatement } from '#contract/decision.ts'
import type { Entry } from '#contract/entry.ts'
import type { Exception } from '#contract/exception.ts'
import type { Debited } from '#contract/hours.ts'
import type { UserId } from '#contract/id.ts'
import type { Organisation } from '#contract/settings.ts'
import { requireReason, type Beyond } from '#server/access/exception.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { unknownInDecision } from '#server/access/unknown-in-decision.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { beyondDecision } from './beyond.ts'

function statementOf({ exception: _exception, ...statement }: Decision): DecisionStatement {
  return statement
}

/** A repeated request is the same one; anything else must know the version that it changes. */
function mayWrite(former: Entry<'decision'> | null, { based, data }: DecisionRequest): boolean {
  if (based === former?.revision) return true
  return former !== null && isDeepStrictEqual(statementOf(former.data), data)
}

/** An exception stays to be seen for as long as what it was made for stands. */
function remaining(exception: Exception | undefined, standing: readonly Beyond[]): Exception[] {
  const codes = exception?.codes.filter((code) => standing.some((each) => each.code === code))
  return exception && codes && codes.length > 0 ? [{ ...exception, codes }] : []
}

/** §6: what was granted, or what is put right of it. */
export async function recordDecision(
  change: CustomershipChange,
  request: DecisionRequest,
  by: UserId,
  organisation: Organisation,
  now: number
): Promise<Refusal | null> {
  const { id, data, reason } = request
  const issues = unknownInDecision(organisation, data, ['data'])
  if (issues.length > 0) return { code: 'invalid', issues }
  const former = await change.entry('decision', id)
  if (!mayWrite(former, request)) return { code: 'conflict' }

  const { rules = [] } = organisation
  const visits = (await change.ofKind('visit')).map((visit) => visit.data)
  const after: Debited = { id, decision: data, visits }
  const before = former ? { id, decision: former.data, visits } : undefined
  const reasoned = requireReason(beyondDecision(rules, after, before), reason, by, now)
  if ('refusal' in reasoned) return reasoned.refusal

  const [kept] = remaining(former?.data.exception, beyondDecision(rules, after))
  const exception = reasoned.exception
    ? { ...reasoned.exception, codes: union(reasoned.exception.codes, kept?.codes ?? []) }
    : kept
  await change.put('decision', id, { ...data, ...(exception ? { exception } : {}) }, by)
  return null
}

const union = <T>(one: readonly T[], other: readonly T[]): T[] => [...new Set([...one, ...other])]
