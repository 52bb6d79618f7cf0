import { claimOf, isSameClaim } from './claim.ts'
import { countVisits, type CountedVisit } from './counted-visit.ts'
import { toMilliseconds, type Day } from './day.ts'
import type { Entry } from './entry.ts'
import { isRecorded, stands, stateOf } from './event-state.ts'
import type { EntryId } from './id.ts'
import {
  flagsOf,
  heldAmong,
  isHindering,
  isToldElsewhere,
  overGrant,
  type LineFlag
} from './line-flag.ts'
import type { OrganiserRule } from './organiser-rule.ts'
import type {
  Claim,
  ServiceEvent,
  ServiceEventState,
  TransferChannelName
} from './service-event.ts'
import { channelOf, portalProductFor, type TransferSettings } from './transfer-terms.ts'

type Placed<T> = { readonly id: EntryId; readonly data: T }

/** One visit as a portal is to hear of it, beside what it has heard. */
export interface LedgerLine {
  readonly visit: EntryId
  readonly decision: EntryId
  /** Where its event stands; of what is not told yet, where the decision leads. */
  readonly organiser: string
  readonly product: string
  readonly channel: TransferChannelName
  /** The visit belongs whole to the day on which it begins. */
  readonly day: Day
  /** As the register has it now. */
  readonly claim: Claim
  readonly flags: readonly LineFlag[]
  /** The event that stands for it; what was credited or withdrawn is behind it. */
  readonly event: Placed<ServiceEvent> | null
  readonly former: readonly Placed<ServiceEvent>[]
}

export const stateOfLine = ({ event }: Pick<LedgerLine, 'event'>): ServiceEventState | null =>
  event && stateOf(event.data)

/** Something was billed of it. What was cancelled in time is in the ledger, and in no portal. */
export const isDue = ({ claim }: Pick<LedgerLine, 'claim'>): boolean => claim.minutes > 0

/** Somebody has decided that no portal is to hear of it: it waits for nothing, and nothing of it is wrong there. */
export const isNotTold = (line: Pick<LedgerLine, 'event'>): boolean =>
  stateOfLine(line) === 'not-told'

/** What is still to be done in the portal: not told yet, or told and not recorded. */
export const isOpen = (line: LedgerLine): boolean =>
  isDue(line) && !isRecorded(stateOfLine(line)) && !isNotTold(line)

/** The visit, its decision or its price was put right after the portal heard of it. A price that was not known then is no correction. */
export function isChanged({
  claim,
  event,
  flags
}: Pick<LedgerLine, 'claim' | 'event' | 'flags'>): boolean {
  if (event === null || isNotTold({ event })) return false
  if (flags.includes('told-elsewhere')) return true
  const { told } = event.data
  const { priceCents: _price, valueCents: _value, ...unpriced } = claim
  return !isSameClaim(told, told.priceCents === undefined ? unpriced : claim)
}

/** Nothing is missing for a portal to take it. */
export const isComplete = ({ flags }: Pick<LedgerLine, 'flags'>): boolean =>
  !flags.some(isHindering)

export interface LedgerSource {
  readonly decisions: readonly Pick<Entry<'decision'>, 'id' | 'data'>[]
  readonly visits: readonly Pick<Entry<'visit'>, 'id' | 'data'>[]
  readonly events: readonly Placed<ServiceEvent>[]
  readonly rules: readonly OrganiserRule[]
  readonly settings: TransferSettings
}

/** §10: every visit that a portal is to hear of, and every event that stands in one, in the order of time. */
export function ledgerOf(source: LedgerSource): LedgerLine[] {
  const visits = source.visits.map(({ data }) => data)
  const decided = source.decisions.map(({ id, data }) => ({
    id,
    decision: data,
    counted: countVisits(id, data, visits, source.rules)
  }))
  const held = heldAmong(decided.flatMap(({ counted }) => counted))
  const lines = decided.flatMap((one) => linesOf(one, held, source))
  const met = new Set(lines.map(({ visit }) => visit))
  const left = source.events.filter(
    ({ data }) => !met.has(data.visit) && stands(data) && stateOf(data) !== 'not-told'
  )
  return [...lines, ...left.map(lineOfNoVisit)].sort(byStart)
}

export const byStart = (one: LedgerLine, other: LedgerLine): number =>
  toMilliseconds(one.claim.start) - toMilliseconds(other.claim.start) ||
  one.visit.localeCompare(other.visit)

interface Decided {
  readonly id: EntryId
  readonly decision: Entry<'decision'>['data']
  readonly counted: readonly CountedVisit[]
}

function linesOf(
  { id, decision, counted }: Decided,
  held: ReturnType<typeof heldAmong>,
  { settings, visits, events }: LedgerSource
): LedgerLine[] {
  const current = channelOf(decision, settings)
  if (current === null) return []
  const idOf = new Map(visits.map((visit) => [visit.data, visit.id]))
  const over = overGrant(decision, counted)
  return counted.flatMap((one) => {
    const visit = idOf.get(one.visit)
    const { product } = one.visit
    const portal = portalProductFor(settings, decision.organiser, product, one.day)
    const claim = claimOf(one, decision, portal)
    if (visit === undefined || claim === null) return []
    const told = eventsOf(visit, events)
    const flags = flagsOf(one, { decision, claim, isOver: over.has(one), held })
    const standing = told.event?.data
    if (standing && isToldElsewhere(standing, decision, settings)) flags.push('told-elsewhere')
    const { organiser, channel } = standing ?? { ...decision, channel: current }
    const { day } = one
    return [{ visit, decision: id, organiser, product, channel, day, claim, flags, ...told }]
  })
}

function eventsOf(
  visit: EntryId,
  events: readonly Placed<ServiceEvent>[]
): Pick<LedgerLine, 'event' | 'former'> {
  const own = events.filter(({ data }) => data.visit === visit)
  const event = own.find(({ data }) => stands(data)) ?? null
  return { event, former: own.filter((one) => one !== event) }
}

/** What stands in a portal of a visit that counts nowhere any more: nothing of it should. */
function lineOfNoVisit(event: Placed<ServiceEvent>): LedgerLine {
  const { visit, decision, organiser, product, channel, day, told } = event.data
  const { valueCents: _value, ...rest } = told
  const claim: Claim = { ...rest, minutes: 0, outcome: null }
  return { visit, decision, organiser, product, channel, day, claim, flags: [], event, former: [] }
}
