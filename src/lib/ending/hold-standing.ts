import { asideDelayHours, isStanding, mostRenewals, type Hold } from '#contract/closing.ts'
import { toMilliseconds, toMoment, type Day, type Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'

const hourMilliseconds = 3_600_000

/** The other grounds set themselves: by the answer about retention, or by a receipt that is missing. */
export const groundsByHand = ['legal-claim', 'authority-request', 'other'] as const

export type Aside =
  | { readonly is: 'none' }
  /** The signed-in user was the first; another has to agree. */
  | { readonly is: 'waits' }
  /** Another was the first; the signed-in user may agree. */
  | { readonly is: 'yours' }
  /** Nobody else is there to agree: time is. */
  | { readonly is: 'delayed'; readonly until: Moment }

/** §7: two main users set a hold aside; where one is all there is, it takes effect later. */
export function asideOf(hold: Hold, me: UserId | null, mainUsers: number): Aside {
  const [first] = hold.asides
  if (!first) return { is: 'none' }
  if (mainUsers < 2) {
    const until = toMilliseconds(first.at) + asideDelayHours * hourMilliseconds
    return { is: 'delayed', until: toMoment(until) }
  }
  return { is: first.by === me ? 'waits' : 'yours' }
}

export const renewalsLeft = (hold: Hold): number => Math.max(0, mostRenewals - hold.renewals.length)

/** Those that stand, the one whose review is nearest first. */
export function standingHolds(holds: readonly Hold[], today: Day): Hold[] {
  return holds
    .filter((hold) => isStanding(hold, today))
    .sort((one, other) => one.reviewBy.localeCompare(other.reviewBy))
}

export const isOverdue = ({ reviewBy }: Hold, today: Day): boolean => reviewBy < today
