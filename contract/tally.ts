import * as z from 'zod/mini'
import { countVisits, type CountedVisit } from './counted-visit.ts'
import type { Entry } from './entry.ts'
import { monthOf } from './month.ts'
import type { OrganiserRule } from './organiser-rule.ts'
import { placesOf, summing, type Peopled, type Summing } from './place.ts'

/** How a visit came out. What is only planned, or still running, has not. */
export const visitOutcomeSchema = z.enum([
  'completed',
  'cancelled-in-time',
  'cancelled-late',
  'not-at-home',
  'cancelled-by-provider'
])
export type VisitOutcome = z.infer<typeof visitOutcomeSchema>
export const visitOutcomes = visitOutcomeSchema.options

export const minuteKinds = ['plannedMinutes', 'actualMinutes', 'billableMinutes'] as const
export type MinuteKind = (typeof minuteKinds)[number]

export interface Counts extends Readonly<Record<MinuteKind, number>> {
  /** Different customerships with a visit there. */
  readonly customers: number
  readonly outcomes: Readonly<Record<VisitOutcome, number>>
}

/**
 * What happened in one month for one organiser by one product; `null` stands for all of them. Those are
 * counted by themselves, since a client with two products is one client.
 */
export interface Tally extends Peopled, Counts {}

export const noOutcomes: Counts['outcomes'] = {
  completed: 0,
  'cancelled-in-time': 0,
  'cancelled-late': 0,
  'not-at-home': 0,
  'cancelled-by-provider': 0
}

export const visitsIn = ({ outcomes }: Pick<Counts, 'outcomes'>): number =>
  visitOutcomes.reduce((sum, outcome) => sum + outcomes[outcome], 0)

/** Sums those of many customerships. */
export const summingTallies = (): Summing<Tally> => summing(added)

/** Sums what tells of the same month, organiser and product. */
export function addTallies(tallies: Iterable<Tally>): Tally[] {
  const sums = summingTallies()
  sums.add(tallies)
  return sums.values()
}

const added = (sum: Tally, more: Counts): Tally => ({
  ...sum,
  customers: sum.customers + more.customers,
  outcomes: addOutcomes(sum.outcomes, more.outcomes),
  plannedMinutes: sum.plannedMinutes + more.plannedMinutes,
  actualMinutes: sum.actualMinutes + more.actualMinutes,
  billableMinutes: sum.billableMinutes + more.billableMinutes
})

export const addOutcomes = (
  one: Counts['outcomes'],
  other: Counts['outcomes']
): Counts['outcomes'] => ({
  completed: one.completed + other.completed,
  'cancelled-in-time': one['cancelled-in-time'] + other['cancelled-in-time'],
  'cancelled-late': one['cancelled-late'] + other['cancelled-late'],
  'not-at-home': one['not-at-home'] + other['not-at-home'],
  'cancelled-by-provider': one['cancelled-by-provider'] + other['cancelled-by-provider']
})

/** One customership's part of the statistics: no id, no worker and no day is in it. */
export function tallyVisits(
  decisions: readonly Pick<Entry<'decision'>, 'id' | 'data'>[],
  visits: readonly Pick<Entry<'visit'>, 'data'>[],
  rules: readonly OrganiserRule[]
): Tally[] {
  const all = visits.map(({ data }) => data)
  const tallies = decisions.flatMap(({ id, data: decision }) =>
    countVisits(id, decision, all, rules).flatMap((counted) =>
      talliesOf(counted, decision.organiser)
    )
  )
  return addTallies(tallies).map((tally) => ({ ...tally, customers: 1 }))
}

function talliesOf(counted: CountedVisit, organiser: string): Tally[] {
  const { visit, day, plannedMinutes, actualMinutes, billableMinutes } = counted
  const outcome = visitOutcomeSchema.safeParse(visit.state)
  if (!outcome.success) return []
  const counts: Counts = {
    customers: 1,
    outcomes: { ...noOutcomes, [outcome.data]: 1 },
    plannedMinutes,
    actualMinutes,
    billableMinutes
  }
  return placesOf(monthOf(day), organiser, visit.product).map((place) => ({ ...place, ...counts }))
}
