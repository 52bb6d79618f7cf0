import { dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { overlap } from '#contract/week.ts'
import type { Visit } from '#contract/visit.ts'

type Planned = Pick<Visit, 'plannedStart' | 'plannedEnd'>

const isOn = ({ state }: Visit): boolean =>
  state === 'planned' || state === 'started' || state === 'completed'

/** The visit under which both record: the colleague's that one shares, or one's own. */
const rootOf = ({ id, data }: Entry<'visit'>): EntryId => data.shares ?? id

/** What a visit that shares another's plan was planned for. */
export function planOf(visit: Entry<'visit'>, visits: readonly Entry<'visit'>[]): Planned {
  const shared = visits.find(({ id }) => id === visit.data.shares)
  return visit.data.plannedStart ? visit.data : (shared?.data ?? {})
}

/**
 * The visits of colleagues who are, or are to be, at the client's at the same time: those recorded under
 * the same plan, and those that were planned beside each other.
 */
export function companionsOf(
  visit: Entry<'visit'>,
  visits: readonly Entry<'visit'>[]
): Entry<'visit'>[] {
  return visits.filter(
    (other) =>
      other.id !== visit.id &&
      other.data.worker !== visit.data.worker &&
      other.data.forkOf === undefined &&
      isOn(other.data) &&
      (rootOf(other) === rootOf(visit) || overlap(other.data, visit.data))
  )
}

/** The visits of that day, for whoever comes beside a colleague. */
export function visitsToJoin(visits: readonly Entry<'visit'>[], day: Day): Entry<'visit'>[] {
  return visits.filter(({ data }) => {
    const start = data.startedAt ?? data.plannedStart
    const isToday = start !== undefined && dayAt(toMilliseconds(start)) === day
    return isToday && isOn(data) && data.forkOf === undefined && data.shares === undefined
  })
}
