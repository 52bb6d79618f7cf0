import { startOf, type CountedVisit } from './counted-visit.ts'
import { toMilliseconds, type Day } from './day.ts'
import { isValidOn, type Decision } from './decision.ts'
import { periodAround } from './hours.ts'
import type { Claim, ServiceEvent } from './service-event.ts'
import { visitOutcomeSchema } from './tally.ts'
import { channelOf, type TransferSettings } from './transfer-terms.ts'
import type { Visit } from './visit.ts'

/** What keeps a visit from being told as it should, or makes whoever tells it look twice. */
export const lineFlags = [
  'no-outcome',
  'no-number',
  'no-code',
  'outside-validity',
  'over-grant',
  'overlaps',
  'ends-first',
  /** A price of a whole visit, of which others have a part. */
  'shared-price',
  /** To another organiser, or through another portal, than the decision says by now. */
  'told-elsewhere'
] as const
export type LineFlag = (typeof lineFlags)[number]

/** Without these a portal takes nothing. */
const hindering: readonly LineFlag[] = [
  'no-outcome',
  'no-number',
  'no-code',
  'outside-validity',
  'ends-first'
]

export const isHindering = (flag: LineFlag): boolean => hindering.includes(flag)

/** A visit that was held, with when somebody was there. */
interface Held {
  readonly one: CountedVisit
  readonly from: number
  readonly to: number
}

export const heldAmong = (counted: readonly CountedVisit[]): Held[] =>
  counted.flatMap((one) => {
    const { state, startedAt, endedAt } = one.visit
    if (state !== 'completed' || !startedAt || !endedAt) return []
    return [{ one, from: toMilliseconds(startedAt), to: toMilliseconds(endedAt) }]
  })

interface Judged {
  readonly decision: Decision
  readonly claim: Claim
  readonly isOver: boolean
  /** Everything that was held of the customership, by whichever decision. */
  readonly held: readonly Held[]
}

export function flagsOf(one: CountedVisit, { decision, claim, isOver, held }: Judged): LineFlag[] {
  if (!visitOutcomeSchema.safeParse(one.visit.state).success) return ['no-outcome']
  if (endsFirst(one.visit)) return ['ends-first']
  if (claim.minutes === 0) return []
  const flags: LineFlag[] = []
  if (claim.number === undefined) flags.push('no-number')
  if (claim.code === undefined) flags.push('no-code')
  if (!isValidOn(decision, one.day)) flags.push('outside-validity')
  if (isOver) flags.push('over-grant')
  const beside = besideOf(one, held)
  // One worker is at one place at a time; two workers may share a visit.
  if (beside.some(({ visit }) => visit.worker === one.visit.worker)) flags.push('overlaps')
  if (claim.unit === 'visit' && isShared(one, beside)) flags.push('shared-price')
  return flags
}

const endsFirst = ({ startedAt, endedAt }: Visit): boolean =>
  startedAt !== undefined &&
  endedAt !== undefined &&
  toMilliseconds(endedAt) < toMilliseconds(startedAt)

/** What was held while this one was. */
function besideOf(one: CountedVisit, held: readonly Held[]): CountedVisit[] {
  const own = held.find((other) => other.one === one)
  if (!own) return []
  return held.flatMap((other) =>
    other !== own && own.from < other.to && other.from < own.to ? [other.one] : []
  )
}

/** Siblings had a part of the time, or a colleague is paid for it too by the same decision. */
function isShared({ visit }: CountedVisit, beside: readonly CountedVisit[]): boolean {
  return (
    visit.split !== undefined ||
    beside.some(
      ({ visit: other, billableMinutes }) =>
        billableMinutes > 0 && other.decision === visit.decision && other.worker !== visit.worker
    )
  )
}

/**
 * Whether an event stands where its decision does not lead. An organiser may have changed the portal of
 * its purchases, which corrects nothing of what was told before; a voucher was never told through Palse.
 */
export function isToldElsewhere(
  { organiser, channel }: Pick<ServiceEvent, 'organiser' | 'channel'>,
  decision: Pick<Decision, 'organiser' | 'funding'>,
  settings: TransferSettings
): boolean {
  if (organiser !== decision.organiser) return true
  if (channel === 'palse') return decision.funding !== 'purchased'
  return channelOf(decision, settings) !== 'psop'
}

/** §6: the visits from the one on with which more was used of a period than was granted. */
export function overGrant(decision: Decision, counted: readonly CountedVisit[]): Set<CountedVisit> {
  const used = new Map<Day, number>()
  const over = new Set<CountedVisit>()
  const inOrder = counted
    .flatMap((one) => {
      const start = startOf(one.visit)
      return start !== undefined && one.billableMinutes > 0
        ? [{ one, at: toMilliseconds(start) }]
        : []
    })
    .sort((first, second) => first.at - second.at)
  for (const { one } of inOrder) {
    const { first } = periodAround(decision, one.day)
    const sum = (used.get(first) ?? 0) + one.billableMinutes
    used.set(first, sum)
    if (sum > decision.grantedMinutes) over.add(one)
  }
  return over
}
