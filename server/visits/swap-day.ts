import { dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { Visit, VisitPlan } from '#contract/visit.ts'
import type { SwapRequest } from '#contract/week.ts'
import { requireReason, type Beyond } from '#server/access/exception.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { beyondPlan, isServed, readBook, type Book, type Terms } from './planning.ts'

type Swap = SwapRequest['visits'][number]
/** A visit of the request, and where it stands in it. */
export type Placed = Swap & { readonly index: number }

export interface Swapped {
  swapped: number
  cancelled: number
  assigned: number
  beyond: Beyond[]
}

/** One client's visits of the day go to who was chosen, or are called off. The rest of the day is swapped in the same commit. */
export async function swapIn(
  change: CustomershipChange,
  swaps: readonly Placed[],
  { worker, why }: Pick<SwapRequest, 'worker' | 'why'>,
  terms: Terms,
  done: Swapped
): Promise<Refusal | null> {
  const book = await readBook(change)
  for (const swap of swaps) {
    const visit = await change.entry('visit', swap.visit)
    if (!visit || !isPlan(visit.data)) return { code: 'conflict' }
    if (isDone(visit.data, swap)) continue
    if (visit.data.state !== 'planned' || visit.data.worker !== worker) return { code: 'conflict' }
    if (visit.revision !== swap.based) return { code: 'conflict' }
    if (swap.substitute === null) {
      const data = { ...visit.data, state: 'cancelled-by-provider' as const }
      await change.put('visit', visit.id, { ...data, ...(why ? { reason: why } : {}) }, terms.by)
      book.visits.set(visit.id, data)
      done.cancelled += 1
      continue
    }
    const data = { ...visit.data, worker: swap.substitute }
    if (await substitute(change, book, swap.assignment, { visit: data, worker }, terms))
      done.assigned += 1
    const path = ['visits', swap.index]
    const beyond = await beyondPlan(terms, book, { id: visit.id, data }, path)
    const asked = requireReason(beyond, terms.reason, terms.by, terms.now)
    const exception = 'exception' in asked ? asked.exception : data.exception
    await change.put('visit', visit.id, { ...data, ...(exception ? { exception } : {}) }, terms.by)
    book.visits.set(visit.id, data)
    done.beyond.push(...beyond)
    done.swapped += 1
  }
  return null
}

const isPlan = (visit: Visit): visit is Visit & VisitPlan =>
  visit.plannedStart !== undefined && visit.plannedEnd !== undefined

/** The same request again finds it as it left it. */
const isDone = (visit: Visit, { substitute }: Swap): boolean =>
  substitute === null
    ? visit.state === 'cancelled-by-provider'
    : visit.state === 'planned' && visit.worker === substitute

/** §12: who does not serve the client does so for that day only, with the tasks of whom they stand in for. */
async function substitute(
  change: CustomershipChange,
  book: Book,
  id: EntryId,
  of: { visit: Visit & VisitPlan; worker: UserId },
  terms: Terms
): Promise<boolean> {
  const { worker, plannedStart, plannedEnd } = of.visit
  const from = dayAt(toMilliseconds(plannedStart))
  const until = dayAt(toMilliseconds(plannedEnd))
  if (isServed(book.assignments, worker, from)) return false
  const former = entriesOf(await change.entries({ kinds: ['assignment'] }), 'assignment')
  const tasks = tasksOn(former, of.worker, from)
  const data = { worker, from, until, tasks, substituteFor: of.worker }
  await change.put('assignment', id, data, terms.by)
  const customership: CustomershipId = change.facts.id
  book.assignments.push({ customership, entry: id, worker, from, until, tasks })
  return true
}

function tasksOn(assignments: readonly Entry<'assignment'>[], worker: UserId, day: Day) {
  const own = assignments.find(
    ({ data }) =>
      data.worker === worker && data.from <= day && (data.until === undefined || data.until >= day)
  )
  return own?.data.tasks.includes('care') ? own.data.tasks : (['care'] as const satisfies ['care'])
}
