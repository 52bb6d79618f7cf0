import type { Day } from '#contract/day.ts'
import { addDays, dayAt, earliestDay } from '#contract/day.ts'
import type { DocumentType } from '#contract/document.ts'
import type { Entry } from '#contract/entry.ts'
import type { UserId } from '#contract/id.ts'
import { withoutProposedAddress, withoutProtectedAddress } from '#contract/protected-address.ts'
import type { Role, Task } from '#contract/role.ts'
import { viewOf, whileRestricted, type View } from '#contract/view.ts'
import { digestOf } from '#server/keys/digest.ts'
import type { AssignmentFacts, CustomershipFacts } from '#server/store/customership-facts.ts'

export interface Access {
  readonly view: View
  /** The last day on which a tablet may hold it; null: no day is set. */
  readonly purgeAfter: Day | null
}

/**
 * The one decision: may this user see this customership, how much of it, and until when.
 * §12: rights follow the customerships being carried out and the task. §13: while the processing is
 * restricted, whoever may see it may do nothing with it.
 */
export function access(
  user: { id: UserId; role: Role; tasks: readonly Task[] },
  customership: { facts: CustomershipFacts; assignments: readonly AssignmentFacts[] },
  at: { now: number; aheadDays: number; where: 'office' | 'tablet' }
): Access | null {
  const { facts } = customership
  const granted = facts.state === 'deleting' ? null : unrestricted(user, customership, at)
  if (!granted || facts.restrictedOn === null) return granted
  return { ...granted, view: whileRestricted(granted.view, facts.restrictedOn) }
}

function unrestricted(
  user: { id: UserId; role: Role; tasks: readonly Task[] },
  customership: { facts: CustomershipFacts; assignments: readonly AssignmentFacts[] },
  at: { now: number; aheadDays: number; where: 'office' | 'tablet' }
): Access | null {
  const { facts } = customership
  if (user.role === 'main-user' && at.where === 'office') return officeAccess(user, facts)
  if (facts.state === 'closed') return null

  const today = dayAt(at.now)
  if (facts.endDay !== null && facts.endDay < today) return null
  const horizon = addDays(today, at.aheadDays)
  const own = customership.assignments.filter(
    (assignment) =>
      assignment.worker === user.id &&
      assignment.from <= horizon &&
      (assignment.until === null || assignment.until >= today)
  )
  if (own.length === 0) return null
  const tasks = tasksHeld(user, own)
  const view = viewBy(user.role, tasks)
  if (Object.keys(view.kinds).length === 0) return null
  return { view, purgeAfter: earliestDay(lastDayOf(own), facts.endDay) }
}

function officeAccess(
  user: { role: Role; tasks: readonly Task[] },
  facts: CustomershipFacts
): Access | null {
  if (overseesOnly(user)) return null
  return { view: viewBy(user.role, ['administration']), purgeAfter: facts.endDay }
}

const views = new Map<string, View>()

/** The same for the same tasks, of which there are few: a tablet's every customership is asked for at every contact. */
function viewBy(role: Role, tasks: readonly Task[]): View {
  const name = [role, ...tasks].join(' ')
  const known = views.get(name) ?? viewOf(role, tasks)
  views.set(name, known)
  return known
}

/**
 * A worker does what both the user and a valid assignment name. A main user may do whatever the
 * assignment names, unless their only task is to oversee, which opens no client's data.
 */
function tasksHeld(
  user: { role: Role; tasks: readonly Task[] },
  assignments: readonly AssignmentFacts[]
): Task[] {
  const given = [...new Set(assignments.flatMap((assignment) => assignment.tasks))]
  if (user.role === 'main-user') return overseesOnly(user) ? [] : given
  return given.filter((task) => user.tasks.includes(task) && task !== 'administration')
}

const overseesOnly = (user: { tasks: readonly Task[] }): boolean =>
  user.tasks.every((task) => task === 'oversight')

function lastDayOf(assignments: readonly AssignmentFacts[]): Day | null {
  let last: Day | null = null
  for (const { until } of assignments) {
    if (until === null) return null
    if (last === null || until > last) last = until
  }
  return last
}

/** Opaque, and different whenever anything it depends on differs. */
export function viewName(view: View, purgeAfter: Day | null, generation: string): string {
  return digestOf(JSON.stringify([view, purgeAfter, generation])).slice(0, 22)
}

const showsType = ({ documentTypes }: View, type: DocumentType): boolean =>
  documentTypes === 'all' || documentTypes.includes(type)

/** A whole customership as the view shows it. */
export function allThroughView(view: View, entries: readonly Entry[]): Entry[] {
  const shown = entries.flatMap((entry) => throughView(view, entry) ?? [])
  return view.protectedAddress ? shown : withoutProposedAddress(shown)
}

/** The entry as the view shows it, or null when it does not. */
export function throughView(view: View, entry: Entry): Entry | null {
  const shown = view.kinds[entry.kind]
  if (shown === undefined) return null
  if (entry.kind === 'document' && !showsType(view, entry.data.type)) return null
  if (shown === 'all') return view.protectedAddress ? entry : withoutProtectedAddress(entry)
  const data = Object.fromEntries(
    Object.entries(entry.data).filter(([field]) => shown.includes(field))
  )
  return { ...entry, data } as Entry
}
