import { startOf, type CountedVisit } from './counted-visit.ts'
import { toMilliseconds, type Moment } from './day.ts'
import type { Decision } from './decision.ts'
import type { Claim } from './service-event.ts'
import { visitOutcomeSchema } from './tally.ts'
import type { PortalProduct } from './transfer-terms.ts'

/** Whole cents; half a cent goes up. A price by the hour is counted from the minutes, not from rounded hours. */
export function valueOf(
  minutes: number,
  { unit, priceCents }: Pick<Claim, 'unit' | 'priceCents'>
): number | undefined {
  if (priceCents === undefined) return undefined
  if (unit === 'visit') return minutes > 0 ? priceCents : 0
  return Math.floor((minutes * priceCents * 2 + 60) / 120)
}

/** Hours with two decimals, as hundredths; or visits, as hundreds. */
export function unitHundredths({ minutes, unit }: Pick<Claim, 'minutes' | 'unit'>): number {
  if (unit === 'visit') return minutes > 0 ? 100 : 0
  return Math.floor((minutes * 200 + 60) / 120)
}

/** What was held has its own times; what is billed without having been held has the planned ones. */
function endOf({ visit }: CountedVisit): Moment | undefined {
  return visit.state === 'completed' ? visit.endedAt : (visit.plannedEnd ?? visit.endedAt)
}

/** What a portal is to be told of a visit. Null: it has not even a time. */
export function claimOf(
  counted: CountedVisit,
  decision: Pick<Decision, 'number'>,
  portal: PortalProduct | undefined
): Claim | null {
  const start = startOf(counted.visit)
  if (start === undefined) return null
  const outcome = visitOutcomeSchema.safeParse(counted.visit.state)
  const end = endOf(counted)
  const minutes = counted.billableMinutes
  const unit = portal?.unit ?? 'hour'
  const priceCents = portal?.priceCents
  const valueCents = valueOf(minutes, { unit, priceCents })
  return {
    ...(decision.number === undefined ? {} : { number: decision.number.trim() }),
    ...(portal ? { code: portal.code } : {}),
    start,
    ...(end === undefined ? {} : { end }),
    minutes,
    unit,
    ...(priceCents === undefined ? {} : { priceCents }),
    ...(valueCents === undefined ? {} : { valueCents }),
    outcome: outcome.success ? outcome.data : null
  }
}

const instant = (moment: Moment | undefined): number | null =>
  moment === undefined ? null : toMilliseconds(moment)

/** One text for one claim, however its moments are written: what a fingerprint is taken of. */
export function claimText(claim: Claim): string {
  const { number, code, start, end, minutes, unit, priceCents, valueCents, outcome } = claim
  return JSON.stringify([
    number ?? null,
    code ?? null,
    instant(start),
    instant(end),
    minutes,
    unit,
    priceCents ?? null,
    valueCents ?? null,
    outcome
  ])
}

export const isSameClaim = (one: Claim, other: Claim): boolean =>
  claimText(one) === claimText(other)
