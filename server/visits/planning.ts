import { addDays, dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import { isValidOn, type Decision } from '#contract/decision.ts'
import { entriesOf } from '#contract/entry.ts'
import type { ExceptionCode } from '#contract/exception.ts'
import { hoursBeyond } from '#contract/hours.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Organisation } from '#contract/settings.ts'
import type { Visit, VisitPlan } from '#contract/visit.ts'
import { overlap } from '#contract/week.ts'
import type { Beyond } from '#server/access/exception.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { AssignmentFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'

/** What planning knows beside the customership. */
export interface Terms {
  readonly store: Store
  readonly rules: NonNullable<Organisation['rules']>
  readonly by: UserId
  readonly now: number
  readonly reason: string | undefined
}

/** Of one customership, what a plan is measured against. It follows what is planned meanwhile. */
export interface Book {
  readonly decisions: ReadonlyMap<EntryId, Decision>
  readonly visits: Map<EntryId, Visit>
  readonly assignments: AssignmentFacts[]
  readonly lastDay: Day | null
}

export async function readBook(change: CustomershipChange): Promise<Book> {
  const entries = await change.entries({ kinds: ['decision', 'visit'] })
  return {
    decisions: new Map(entriesOf(entries, 'decision').map(({ id, data }) => [id, data])),
    visits: new Map(entriesOf(entries, 'visit').map(({ id, data }) => [id, data])),
    assignments: await change.assignments(),
    lastDay: change.facts.endDay
  }
}

/** §12: a visit is in reach of its worker's tablet only while they serve the client. */
export const isServed = (
  assignments: readonly Pick<AssignmentFacts, 'worker' | 'from' | 'until'>[],
  worker: UserId,
  day: Day
): boolean =>
  assignments.some(
    (one) => one.worker === worker && one.from <= day && (one.until === null || one.until >= day)
  )

export const dayOf = (plan: Pick<VisitPlan, 'plannedStart'>): Day =>
  dayAt(toMilliseconds(plan.plannedStart))

/** What a plan goes beyond. Each is possible with a reason. */
export async function beyondPlan(
  { store, rules }: Terms,
  book: Book,
  { id, data }: { id: EntryId; data: Visit & VisitPlan },
  path: readonly (string | number)[] = ['data']
): Promise<Beyond[]> {
  const beyond: Beyond[] = []
  const say = (field: keyof VisitPlan, code: ExceptionCode) =>
    beyond.push({ path: [...path, field], code })
  const day = dayOf(data)
  const decision = book.decisions.get(data.decision)
  if (!decision || !isValidOn(decision, day) || (book.lastDay !== null && book.lastDay < day))
    say('plannedStart', 'outside-decision')
  if (!isServed(book.assignments, data.worker, day)) say('worker', 'worker-not-assigned')
  if (await isElsewhere(store, id, data)) say('plannedStart', 'clash')
  if (decision) {
    const former = [...book.visits.values()]
    const others = [...book.visits].filter(([each]) => each !== id).map(([, visit]) => visit)
    const debited = { id: data.decision, decision }
    const after = { ...debited, visits: [...others, data] }
    if (hoursBeyond(rules, after, { ...debited, visits: former }).length > 0)
      say('decision', 'hours-over-grant')
  }
  return beyond
}

/** Whether the worker is in another home at that time; the night before counts. */
async function isElsewhere(store: Store, id: EntryId, plan: Visit & VisitPlan): Promise<boolean> {
  const day = dayOf(plan)
  const until = dayAt(toMilliseconds(plan.plannedEnd))
  const around = await store.across.visits({ from: addDays(day, -1), until, worker: plan.worker })
  return around.some(
    (other) =>
      other.id !== id &&
      (other.data.state === 'planned' || other.data.state === 'started') &&
      overlap(other.data, plan)
  )
}
