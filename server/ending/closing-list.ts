import { isStanding, type ClosingRecord, type TickedItem } from '#contract/closing.ts'
import { toMilliseconds, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { ClosingItem, OpenItem } from '#contract/ending.ts'

export interface ClosingState {
  readonly today: Day
  readonly endDay: Day | null
  readonly entries: readonly Entry[]
  readonly record: ClosingRecord
  /** Operations that await a decision. */
  readonly held: number
  /** Tablets that were sent it and still carry something undelivered. */
  readonly waitingTablets: number
  /** The months that an organiser has still to be told of: when each was last written. */
  readonly unsent: readonly number[]
  /** What a portal has still to be told: when each was last written. */
  readonly untold: readonly number[]
  /** GDPR Art. 18: its processing is restricted. */
  readonly isRestricted?: boolean
}

/** Who is controller of what was recorded, by the customership's decisions. */
export function controllersOf(entries: readonly Entry[]): {
  readonly organiser: boolean
  readonly provider: boolean
} {
  const decisions = entriesOf(entries, 'decision')
  return {
    organiser: decisions.some(({ data }) => data.controller === 'organiser'),
    provider: decisions.some(({ data }) => data.controller === 'provider')
  }
}

/** Everything that an ending asks of this customership, settled or not, in the order of its work. */
export function closingList(state: ClosingState): ClosingItem[] {
  return [
    byItself('end-day-not-past', state.endDay === null || state.endDay >= state.today ? 1 : 0),
    byItself('tablet-waits', state.waitingTablets),
    byItself('awaiting-decision', state.held),
    byItself('visit-running', runningIn(state)),
    byItself('note-unsigned', unsignedIn(state)),
    ...reporting(state),
    ...handingOver(state),
    ...papers(state),
    ...holds(state),
    ...(state.isRestricted ? [byItself('restriction', 1)] : [])
  ]
}

/** What still stands between a customership and its deletion; an empty list lets it be deleted now. */
export function stillOpen(list: readonly ClosingItem[]): OpenItem[] {
  return list.filter(({ count }) => count > 0).map(({ code, count }) => ({ code, count }))
}

const byItself = (code: ClosingItem['code'], count: number): ClosingItem => ({
  code,
  count,
  settled: []
})

const runningIn = ({ entries }: ClosingState): number =>
  entriesOf(entries, 'visit').filter(({ data }) => data.state === 'started').length

/** A draft that its author has merged into another is nobody's to sign. */
const unsignedIn = ({ entries }: ClosingState): number =>
  entriesOf(entries, 'note').filter(({ data }) => data.state === 'draft' && !data.mergedInto).length

/** §10: the last summary to the organiser; and where a portal pays, what it still has to be told. */
function reporting(state: ClosingState): ClosingItem[] {
  const decisions = entriesOf(state.entries, 'decision').map(({ data }) => data)
  return [
    ...(controllersOf(state.entries).organiser ? [lastSummary(state)] : []),
    ...(decisions.some(({ funding }) => funding !== 'direct') ? [portalEvents(state)] : [])
  ]
}

const ticksOf = ({ record }: ClosingState, item: TickedItem) =>
  record.ticks.filter((tick) => tick.item === item)

/** What the summaries hold open, they hold open themselves. */
const lastSummary = (state: ClosingState): ClosingItem =>
  byFacts(state, 'last-summary', state.unsent)

/** What the ledger holds open, it holds open itself. */
const portalEvents = (state: ClosingState): ClosingItem =>
  byFacts(state, 'portal-events', state.untold)

/** Who settles it nevertheless settles what there was then, and not what was written after it. */
function byFacts(state: ClosingState, code: TickedItem, written: readonly number[]): ClosingItem {
  const settled = ticksOf(state, code)
  const until = Math.max(-Infinity, ...settled.map(({ at }) => toMilliseconds(at)))
  return { code, count: written.filter((at) => at > until).length, settled }
}

/** §7: what is the organiser's goes back to it; what is the provider's own may have to be kept by law. */
function handingOver({ entries, record }: ClosingState): ClosingItem[] {
  const { organiser, provider } = controllersOf(entries)
  const { receipt, retention } = record
  const items: ClosingItem[] = []
  if (organiser) {
    const settled = receipt ? [{ ...receipt, how: `${receipt.from}: ${receipt.how}` }] : []
    items.push({ code: 'hand-over', count: receipt ? 0 : 1, settled })
  }
  if (provider) {
    const settled = retention ? [{ ...retention, how: retention.keep?.ground ?? null }] : []
    items.push({ code: 'retention', count: retention ? 0 : 1, settled })
  }
  return items
}

/** §7, §12: documents are returned or destroyed, and so is the paper of each. */
function papers({ entries, record }: ClosingState): ClosingItem[] {
  const documents = entriesOf(entries, 'document').filter(({ data }) => !data.removed)
  if (documents.length === 0) return []
  const settled = record.documents.filter((one) => documents.some(({ id }) => id === one.document))
  const left = documents.filter(({ id }) => !settled.some((one) => one.document === id))
  const originals = documents.flatMap(({ data }) => data.original.at(-1) ?? [])
  const isLeft = ({ state }: { state: string }) => state === 'at-office' || state === 'with-worker'
  const gone = originals.filter(({ state }) => state === 'destroyed' || state === 'returned')
  return [
    {
      code: 'document-unsettled',
      count: left.length,
      settled: settled.map(({ by, at, how }) => ({ by, at, how: how ?? null }))
    },
    {
      code: 'paper-unsettled',
      count: originals.filter(isLeft).length,
      settled: gone.map(({ by, at, note }) => ({ by, at, how: note ?? null }))
    }
  ]
}

function holds({ record, today }: ClosingState): ClosingItem[] {
  if (record.holds.length === 0) return []
  const standing = record.holds.filter((hold) => isStanding(hold, today))
  const ended = record.holds.flatMap(({ ended: end, asides }) =>
    end ? [{ by: asides.at(-1)?.by ?? null, at: end.at, how: null }] : []
  )
  return [{ code: 'legal-hold', count: standing.length, settled: ended }]
}
