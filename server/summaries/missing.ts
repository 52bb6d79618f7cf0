import { startOf } from '#contract/counted-visit.ts'
import { dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import { isValidOn, type Decision } from '#contract/decision.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { daysOf, monthOf, type Month } from '#contract/month.ts'
import type { DecisionFigures } from '#contract/summary-figures.ts'
import type { Missing } from '#contract/summary-missing.ts'
import {
  draftAuthors,
  isWantedOf,
  visitAround,
  type VisitsAndNotes
} from '#contract/visit-around.ts'
import { isWanting, type Wish } from '#contract/wish.ts'

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
  const beside = { visits, notes }
  const arounds = new Map(
    standing.map((visit) => [visit, visitAround(visit, visit.data.worker, beside)])
  )
  const wanting = (wish: Wish) =>
    [...arounds].flatMap(([visit, around]) => (isWanting(wish, around) ? [visit] : []))
  return [
    ...visits.filter(isOrphan).map((visit) => told('no-decision', visit)),
    ...wanting('times').map((visit) => told('negative-visit', visit)),
    ...wanting('overlap').map((visit) => told('overlapping-visits', visit)),
    ...standing.filter(({ id }) => versions.has(id)).map((visit) => told('two-versions', visit)),
    ...wanting('ending')
      .filter(({ day }) => day < today)
      .map((visit) => told('unfinished-visit', visit)),
    ...standing.flatMap((visit) => missingNotes(visit, beside)),
    ...wanting('reason').map((visit) => told('unexplained-difference', visit)),
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

/** Whoever began a note signs it, also at a colleague's visit. */
function missingNotes(visit: Held, beside: VisitsAndNotes): Missing[] {
  if (visit.data.state !== 'completed') return []
  const authors = draftAuthors(visit.id, beside.notes)
  if (authors.length > 0)
    return authors.map((worker) => ({ ...told('unsigned-note', visit), worker }))
  return isWantedOf('note', visit, visit.data.worker, beside) ? [told('no-note', visit)] : []
}
