import { startOf } from '#contract/counted-visit.ts'
import { dayAt, minutesBetween, toMilliseconds, type Day } from '#contract/day.ts'
import { isValidOn, type Decision } from '#contract/decision.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { daysOf, monthOf, type Month } from '#contract/month.ts'
import type { DecisionFigures } from '#contract/summary-figures.ts'
import type { Missing } from '#contract/summary-missing.ts'

/** A longer or shorter visit than was planned needs a word, from this many minutes on. */
const unexplainedMinutes = 15

interface Held {
  readonly id: EntryId
  readonly data: Entry<'visit'>['data']
  readonly day: Day
}

/**
 * What is missing from the month of one organiser's client, the gravest first. `ofOrganiser` are its
 * decisions; a visit whose decision nobody knows is told to every organiser, since it may be anybody's.
 */
export function missingIn(
  entries: readonly Entry[],
  ofOrganiser: readonly { readonly id: EntryId; readonly data: Decision }[],
  figures: readonly DecisionFigures[],
  month: Month,
  today: Day
): Missing[] {
  const decisions = new Map(ofOrganiser.map(({ id, data }) => [id, data]))
  const all = new Set(entriesOf(entries, 'decision').map(({ id }) => id))
  const visits = entriesOf(entries, 'visit').flatMap(({ id, data }): Held[] => {
    const start = startOf(data)
    if (start === undefined) return []
    const day = dayAt(toMilliseconds(start))
    return monthOf(day) === month ? [{ id, data, day }] : []
  })
  const isOrphan = ({ data }: Held) => !all.has(data.decision)
  const own = visits.filter((visit) => decisions.has(visit.data.decision))
  const versions = new Set(own.flatMap(({ data }) => data.forkOf ?? []))
  const standing = own.filter(({ data }) => !data.forkOf)
  const notes = entriesOf(entries, 'note').map(({ data }) => data)
  return [
    ...visits.filter(isOrphan).map((visit) => told('no-decision', visit)),
    ...standing.filter(isNegative).map((visit) => told('negative-visit', visit)),
    ...overlapping(standing).map((visit) => told('overlapping-visits', visit)),
    ...standing.filter(({ id }) => versions.has(id)).map((visit) => told('two-versions', visit)),
    ...standing
      .filter((visit) => isUnfinished(visit, today))
      .map((visit) => told('unfinished-visit', visit)),
    ...standing.flatMap((visit) => missingNote(visit, notes)),
    ...standing.filter(isUnexplained).map((visit) => told('unexplained-difference', visit)),
    ...standing.flatMap((visit) => {
      const decision = decisions.get(visit.data.decision)
      const isCounted = visit.data.state === 'completed' || visit.data.state === 'started'
      return decision && isCounted && !isValidOn(decision, visit.day)
        ? [told('outside-decision', visit)]
        : []
    }),
    ...figures.flatMap(({ decision, overruns }) =>
      overruns.length === 0
        ? []
        : [
            {
              code: 'hours-over' as const,
              decision,
              count: overruns.reduce((sum, one) => sum + one.usedMinutes - one.grantedMinutes, 0)
            }
          ]
    )
  ]
}

/**
 * §10: a summary tells of a month that is over. Until then whoever approves it says so, unless the
 * customership ended in it and nothing more can come.
 */
export function runningMonth(month: Month, today: Day, endDay: Day | null): Missing[] {
  const { last } = daysOf(month)
  const isOver = last < today || (endDay !== null && endDay < today)
  return isOver ? [] : [{ code: 'month-running' }]
}

const told = (code: Missing['code'], { id, data, day }: Held): Missing => ({
  code,
  visit: id,
  day,
  worker: data.worker
})

const isNegative = ({ data: { state, startedAt, endedAt } }: Held): boolean =>
  state === 'completed' &&
  startedAt !== undefined &&
  endedAt !== undefined &&
  toMilliseconds(endedAt) < toMilliseconds(startedAt)

const isUnfinished = ({ data: { state }, day }: Held, today: Day): boolean =>
  (state === 'planned' || state === 'started') && day < today

/** One worker cannot be twice at one time; two workers at one visit may, and say so. */
function overlapping(visits: readonly Held[]): Held[] {
  const held = visits.flatMap((visit) => {
    const { state, startedAt, endedAt } = visit.data
    if (state !== 'completed' || !startedAt || !endedAt) return []
    return [{ visit, from: toMilliseconds(startedAt), to: toMilliseconds(endedAt) }]
  })
  return held
    .filter(({ visit, from, to }) =>
      held.some(
        (other) =>
          other.visit.id !== visit.id &&
          other.visit.data.worker === visit.data.worker &&
          other.from < to &&
          from < other.to
      )
    )
    .map(({ visit }) => visit)
}

function missingNote(visit: Held, notes: readonly Entry<'note'>['data'][]): Missing[] {
  if (visit.data.state !== 'completed') return []
  const own = notes.filter(({ visit: of, mergedInto, amends }) => {
    return of === visit.id && !mergedInto && !amends
  })
  if (own.length === 0) return [told('no-note', visit)]
  return own.some(({ state }) => state === 'draft') ? [told('unsigned-note', visit)] : []
}

function isUnexplained({ data }: Held): boolean {
  const { state, plannedStart, plannedEnd, startedAt, endedAt, reason } = data
  if (state !== 'completed' || reason !== undefined) return false
  if (!plannedStart || !plannedEnd || !startedAt || !endedAt) return false
  const planned = minutesBetween(plannedStart, plannedEnd)
  return Math.abs(minutesBetween(startedAt, endedAt) - planned) > unexplainedMinutes
}
