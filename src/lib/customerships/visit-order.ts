import { toMilliseconds, type Moment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import type { Visit } from '#contract/visit.ts'

/** When a visit is or was: what happened beats what was planned. */
export function visitAt(visit: Visit): Moment | null {
  return visit.startedAt ?? visit.plannedStart ?? null
}

const timeOf = (entry: Entry<'visit'>): number => {
  const at = visitAt(entry.data)
  return at === null ? 0 : toMilliseconds(at)
}

/** What is still to come, the next one first, and what is past, the latest first. A visit under way is still to come. */
export function orderVisits(
  visits: readonly Entry<'visit'>[],
  now: number
): { coming: Entry<'visit'>[]; past: Entry<'visit'>[] } {
  const isComing = (entry: Entry<'visit'>) =>
    entry.data.state === 'started' ||
    (entry.data.state === 'planned' &&
      entry.data.plannedEnd !== undefined &&
      toMilliseconds(entry.data.plannedEnd) >= now)
  return {
    coming: visits.filter(isComing).sort((a, b) => timeOf(a) - timeOf(b)),
    past: visits.filter((entry) => !isComing(entry)).sort((a, b) => timeOf(b) - timeOf(a))
  }
}
