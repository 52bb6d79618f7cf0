import { dayAt, toMilliseconds, type Day, type Moment } from '#contract/day.ts'
import type { DocumentType } from '#contract/document.ts'
import { isTight, type Space } from '#lib/device/space.ts'

/** What is known of the tablet before its worker drives off. Times are milliseconds by the server's clock, but for moments. */
export interface Standing {
  readonly now: number
  /** Of those with a visit today: how many there are, and how many can be opened. */
  readonly clients: { readonly expected: number; readonly held: number }
  readonly freshAt: Moment | null
  readonly opensOffline: boolean
  /** Until when the tablet may hold anything without a contact. */
  readonly leaseUntil: number
  readonly unsent: number
  /** When the oldest unsent note was written. */
  readonly unsentSince: number | null
  readonly persists: boolean
  /** Null where the browser does not say. */
  readonly space: Space | null
  /** Device minus server at the last contact. */
  readonly clockOffset: number
  readonly newVersionReady: boolean
  /** Permits of today's clients that are over, or end within days. */
  readonly permits: readonly EndingPermit[]
}

export interface EndingPermit {
  readonly firstName: string
  readonly type: DocumentType
  readonly until: Day
}

export const checks = [
  'clients',
  'app',
  'fresh',
  'lease',
  'unsent',
  'permits',
  'space',
  'persistence',
  'clock',
  'version'
] as const
export type Check = (typeof checks)[number]

/** `stop`: without it the day cannot be done, or a note is in danger. `look`: worth a moment before the door. */
export type Verdict = 'good' | 'look' | 'stop'

const minute = 60_000
const day = 24 * 60 * minute

/** What the rules of a day's departure say of each thing, in the order in which it is shown. */
export function judge(standing: Standing): Readonly<Record<Check, Verdict>> {
  const { now, clients, leaseUntil, space, clockOffset } = standing
  return {
    clients: clients.held < clients.expected ? 'stop' : 'good',
    app: standing.opensOffline ? 'good' : 'stop',
    fresh: freshness(standing),
    // A lease that ends during the day takes the records away in the middle of it.
    lease: leaseUntil - now < day ? 'stop' : leaseUntil - now < 3 * day ? 'look' : 'good',
    unsent: waitingOf(standing),
    permits: standing.permits.length > 0 ? 'look' : 'good',
    space: space && isTight(space) ? 'stop' : 'good',
    persistence: standing.persists ? 'good' : 'look',
    // Times of visits are the device's own: a quarter of an hour is money and a wrong record.
    clock: within(Math.abs(clockOffset), 2 * minute, 15 * minute),
    version: standing.newVersionReady ? 'look' : 'good'
  }
}

const within = (value: number, good: number, bearable: number): Verdict =>
  value <= good ? 'good' : value <= bearable ? 'look' : 'stop'

function waitingOf({ unsent, unsentSince, now }: Standing): Verdict {
  if (unsent === 0) return 'good'
  return unsentSince !== null && now - unsentSince > day ? 'stop' : 'look'
}

function freshness({ freshAt, now }: Standing): Verdict {
  if (freshAt === null || now - toMilliseconds(freshAt) > day) return 'stop'
  return dayAt(toMilliseconds(freshAt)) === dayAt(now) ? 'good' : 'look'
}

/** The worst of all: one word for the whole. */
export function overall(verdicts: Readonly<Record<Check, Verdict>>): Verdict {
  const found = Object.values(verdicts)
  return found.includes('stop') ? 'stop' : found.includes('look') ? 'look' : 'good'
}
