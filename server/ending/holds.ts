import {
  asideDelayHours,
  isStanding,
  mostRenewals,
  unconfirmedDays,
  type ClosingRecord,
  type Hold
} from '#contract/closing.ts'
import { addDays, toMilliseconds, type Day, type Moment } from '#contract/day.ts'
import { entryIdSchema, type EntryId } from '#contract/id.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { refused, type Deed } from './acting.ts'

/** §7: a recorded legal ground stops a deletion. What ends it is its own last day, or two people. */
export const setHold: Deed<'hold'> = async (change, act, { by, at, today }) => {
  const { id, ground, words, reviewBy } = act
  if (reviewBy <= today) return refused('reviewBy', 'past')
  const record = await change.closingRecord()
  if (record.holds.some((hold) => hold.id === id)) return null
  const hold = { id, ground, words, by, at, reviewBy, reviews: [], renewals: [], asides: [] }
  await change.writeClosingRecord({ ...record, holds: [...record.holds, hold] })
  return null
}

export const reviewHold: Deed<'review'> = async (change, act, { by, at, today }) => {
  const { finding, reviewBy } = act
  if (reviewBy <= today) return refused('reviewBy', 'past')
  const record = await change.closingRecord()
  const hold = standingIn(record, act.hold, today)
  if (!hold) return { code: 'not-found' }
  const reviews = [...hold.reviews, { by, at, finding, reviewBy }]
  await change.writeClosingRecord(withHold(record, { ...hold, reviews, reviewBy }))
  return null
}

/** Thirty days more to get the organiser's receipt, twice at most: then the deletion runs without it. */
export const renewHold: Deed<'renew'> = async (change, act, { by, at, today }) => {
  const record = await change.closingRecord()
  const hold = standingIn(record, act.hold, today)
  if (hold?.ground !== 'unconfirmed-hand-over' || !hold.until) return { code: 'not-found' }
  if (hold.renewals.length >= mostRenewals) return refused('hold', 'no-more')
  const until = addDays(hold.until, unconfirmedDays)
  const renewals = [...hold.renewals, { by, at, reason: act.reason, until }]
  const renewed = { ...hold, renewals, until, reviewBy: until }
  await change.writeClosingRecord(withHold(record, renewed))
  return null
}

/** Two main users, each with a reason; who is alone waits, and `endHolds` ends it. */
export const setHoldAside: Deed<'set-aside'> = async (change, act, { by, at, today }) => {
  const record = await change.closingRecord()
  const hold = standingIn(record, act.hold, today)
  if (!hold) return { code: 'not-found' }
  // It waits for a receipt: only that, or its own last day, ends it.
  if (hold.ground === 'unconfirmed-hand-over') return { code: 'conflict' }
  if (hold.asides.some((aside) => aside.by === by)) return refused('hold', 'second-person')
  const asides = [...hold.asides, { by, at, reason: act.reason }]
  const ended = asides.length > 1 ? ({ at, how: 'set-aside' } as const) : undefined
  await change.writeClosingRecord(withHold(record, { ...hold, asides, ...(ended && { ended }) }))
  return null
}

/** What the server itself sets when the deadline has come and no receipt has. */
export function unconfirmedHold(today: Day, at: Moment): Hold {
  const until = addDays(today, unconfirmedDays)
  return {
    id: newHoldId(at),
    ground: 'unconfirmed-hand-over',
    words: 'unconfirmed-hand-over',
    by: null,
    at,
    reviewBy: until,
    until,
    reviews: [],
    renewals: [],
    asides: []
  }
}

/**
 * Holds whose end has come: their own last day is past, or the only main user asked for it three days
 * ago. Null when none has. It decides and does nothing.
 */
export function endHolds(
  record: ClosingRecord,
  { today, at, mainUsers }: { today: Day; at: Moment; mainUsers: number }
): ClosingRecord | null {
  const waited = toMilliseconds(at) - asideDelayHours * 3_600_000
  const endOf = (hold: Hold): Hold => {
    if (hold.ended) return hold
    if (!isStanding(hold, today)) return { ...hold, ended: { at, how: 'ran-out' } }
    const [aside] = hold.asides
    const isAlone = mainUsers === 1 && aside && toMilliseconds(aside.at) <= waited
    return isAlone ? { ...hold, ended: { at, how: 'set-aside' } } : hold
  }
  const holds = record.holds.map(endOf)
  return holds.some((hold, index) => hold !== record.holds[index]) ? { ...record, holds } : null
}

export const newHoldId = (at: Moment): EntryId => entryIdSchema.parse(newUuidV7(toMilliseconds(at)))

const standingIn = (record: ClosingRecord, id: EntryId, today: Day): Hold | undefined =>
  record.holds.find((hold) => hold.id === id && isStanding(hold, today))

const withHold = (record: ClosingRecord, changed: Hold): ClosingRecord => ({
  ...record,
  holds: record.holds.map((hold) => (hold.id === changed.id ? changed : hold))
})
