import { instantOf, toMoment, type Day, type Moment } from '#contract/day.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { ServiceEventState, TransferChannelName } from '#contract/service-event.ts'
import type { TransferLine } from '#contract/transfers.ts'

export const idOf = (number: number) =>
  `01935b2e-7c00-7000-8000-${String(number).padStart(12, '0')}` as EntryId
const mallikunta = 'mallikunta'

/** One event of a month as the office is told it: from nine o’clock an hour and a half, unless it is said otherwise. */
export function transferLine(
  id: number,
  o: {
    number?: string
    day?: string
    hour?: number
    minutes?: number
    state?: ServiceEventState
    client?: number
    organiser?: string
    channel?: TransferChannelName
  } = {}
): TransferLine {
  const { number = 'PS-1', day = '2026-11-03', hour = 9, minutes = 90, state, client = 1 } = o
  const { organiser = mallikunta, channel = 'psop' } = o
  const start = instantOf(day as Day, hour)
  const claim = {
    number,
    code: 'KOTI',
    start: toMoment(start),
    end: toMoment(start + minutes * 60_000),
    minutes,
    unit: 'hour' as const,
    priceCents: 4000,
    valueCents: Math.round((minutes * 4000) / 60),
    outcome: 'completed' as const
  }
  const whose = { visit: idOf(id), decision: idOf(1), organiser, product: 'home-service' }
  const base = { ...whose, channel, day: day as Day }
  const by = idOf(2) as string as UserId
  const at = '2026-11-05T08:00:00Z' as Moment
  const data = state && { ...base, told: claim, history: [{ state, by, at }] }
  return {
    ...base,
    customership: `7d0f8a52-4c35-4a5e-9d5b-0f6c1d2e3f4${client}` as CustomershipId,
    firstName: 'Aino',
    lastName: `Asiakas ${client}`,
    claim,
    fingerprint: 'f',
    flags: [],
    alarms: [],
    event: data ? { id: idOf(id + 500), data } : null,
    former: []
  }
}
