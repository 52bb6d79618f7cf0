import { dayAt, daysBetween, earliestDay } from '#contract/day.ts'
import type { Parts } from '#server/http/parts.ts'
import { gauge, type Family } from '#server/meters/exposition.ts'
import { spread } from './spread.ts'

type Read = Pick<Parts, 'store' | 'clock'>

const hour = 3_600_000
const day = 24 * hour

const contactAges = { today: day, week: 7 * day, month: 30 * day } as const
const waitingAges = { hour, day, week: 7 * day } as const

/** How the register stands now. §5: counts only, and no label that is anybody's own. */
export async function registerFamilies(parts: Read): Promise<Family[]> {
  return [
    ...(await operationFamilies(parts)),
    ...(await deviceFamilies(parts)),
    ...(await deletionFamilies(parts))
  ]
}

async function operationFamilies({ store }: Read): Promise<Family[]> {
  const counts = await store.operations.heldByCode()
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  return [
    gauge('kotikaynti_operations_awaiting', 'Operations that await a decision now.', {
      value: total
    }),
    gauge(
      'kotikaynti_operations_awaiting_by_code',
      'The same by why they await it.',
      ...counts.map(({ code, count }) => ({ labels: { code }, value: count }))
    )
  ]
}

/** A tablet says how much it has left to send, not since when: its last word is as old as that at least. */
async function deviceFamilies({ store, clock }: Read): Promise<Family[]> {
  const now = clock.now()
  const devices = (await store.devices.list()).filter(({ revokedAt }) => revokedAt === null)
  const heard = devices.filter(({ lastContactAt }) => lastContactAt !== null)
  const ageOf = ({ lastContactAt }: { lastContactAt: number | null }) => now - (lastContactAt ?? 0)
  const waiting = heard.filter(({ outboxWaiting }) => outboxWaiting.length > 0)
  let missing = 0
  for (const { id } of devices) missing += (await store.devices.missing(id)).length
  return [
    gauge(
      'kotikaynti_devices',
      'Enrolled devices by their last contact; each is counted once.',
      ...spread(heard.map(ageOf), contactAges, 'contact', 'older'),
      { labels: { contact: 'never' }, value: devices.length - heard.length }
    ),
    gauge(
      'kotikaynti_devices_with_unsent',
      'Devices whose last report told of something unsent, by the age of that report: what waits is older.',
      ...spread(waiting.map(ageOf), waitingAges, 'reported', 'older')
    ),
    gauge('kotikaynti_operations_unsent', 'Operations that devices last reported as unsent.', {
      value: waiting.reduce((sum, { outboxWaiting }) => sum + outboxWaiting.length, 0)
    }),
    gauge('kotikaynti_operations_missing', 'Operations that were numbered and never arrived.', {
      value: missing
    })
  ]
}

/** §7: what the calendar has planned, and what it should have done. */
async function deletionFamilies({ store, clock }: Read): Promise<Family[]> {
  const today = dayAt(clock.now())
  const held = new Set(await store.register.heldIds())
  const dated = (await store.register.list({ isDated: true })).filter(
    ({ deleteBy }) => deleteBy !== null
  )
  const isHeld = ({ id, restrictedOn }: (typeof dated)[number]) =>
    held.has(id) || restrictedOn !== null
  const free = dated.filter((facts) => !isHeld(facts))
  const planned = free.flatMap(({ deleteBy }) =>
    deleteBy !== null && deleteBy >= today ? deleteBy : []
  )
  const soonest = earliestDay(...planned)
  const states = {
    planned: planned.length,
    overdue: free.length - planned.length,
    held: dated.length - free.length,
    deleting: (await store.deletions.open()).length
  }
  return [
    gauge(
      'kotikaynti_deletions',
      'Customerships with a day of deletion: planned, past it, kept by a hold or a restriction, being deleted.',
      ...Object.entries(states).map(([state, value]) => ({ labels: { state }, value }))
    ),
    gauge(
      'kotikaynti_deletion_next_days',
      'Days until the next planned deletion.',
      ...(soonest === null ? [] : [{ value: daysBetween(today, soonest) }])
    )
  ]
}
