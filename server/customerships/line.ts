import type { CustomershipSummary } from '#contract/customership.ts'
import { addDays, dayAt, toMilliseconds, toMoment, type Day } from '#contract/day.ts'
import type { EntryKind } from '#contract/entry-kind.ts'
import type { UserId } from '#contract/id.ts'
import type { View } from '#contract/view.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'

/** Planned this far ahead, a family's next visit is almost always among those that are opened. */
const nearDays = 14

/** What the client table knows of one customership. No address and no health: a list needs neither. */
export interface Line {
  readonly facts: CustomershipFacts
  readonly firstName: string
  readonly lastName: string
  /** Of what is valid or to come; when nothing is, of what was. */
  readonly organisers: readonly string[]
  readonly products: readonly string[]
  readonly workers: readonly UserId[]
  /** When the visits planned next begin, the first one first. */
  readonly starts: readonly number[]
}

export async function readLine(reader: CustomershipReader, today: Day): Promise<Line> {
  const [profile] = await reader.ofKind('profile')
  const decisions = (await reader.ofKind('decision')).map(({ data }) => data)
  const current = decisions.filter(({ until }) => until >= today)
  const told = current.length > 0 ? current : decisions
  const assignments = await reader.assignments()
  const serving = assignments.filter(({ until }) => until === null || until >= today)
  return {
    facts: reader.facts,
    firstName: profile?.data.firstName.value ?? '',
    lastName: profile?.data.lastName.value ?? '',
    organisers: [...new Set(told.map(({ organiser }) => organiser))],
    products: [...new Set(told.map(({ product }) => product))],
    workers: [...new Set(serving.map(({ worker }) => worker))],
    starts: await readStarts(reader, today)
  }
}

async function readStarts(reader: CustomershipReader, today: Day): Promise<number[]> {
  const planned = async (span: { fromDay: Day; untilDay?: Day }): Promise<number[]> => {
    const visits = await reader.ofKind('visit', span)
    return visits
      .flatMap(({ data: { state, plannedStart, forkOf } }) =>
        state === 'planned' && plannedStart && !forkOf ? [toMilliseconds(plannedStart)] : []
      )
      .sort((a, b) => a - b)
  }
  const near = await planned({ fromDay: today, untilDay: addDays(today, nearDays) })
  const last = near.at(-1)
  if (last !== undefined && dayAt(last) > today) return near
  // Whatever begins today will be over before the day is: the one after it must be known too.
  return [...near, ...(await planned({ fromDay: addDays(today, nearDays + 1) })).slice(0, 1)]
}

export function nextStartOf({ starts }: Line, now: number): number | null {
  return starts.find((start) => start >= now) ?? null
}

/** The line as the view shows it. */
export function summaryOf(line: Line, view: View, now: number): CustomershipSummary {
  const sees = (kind: EntryKind, field: string) => {
    const shown = view.kinds[kind]
    return shown === 'all' || (shown?.includes(field) ?? false)
  }
  const { id, state, endDay, deleteBy, restrictedOn } = line.facts
  const next = nextStartOf(line, now)
  return {
    id,
    firstName: sees('profile', 'firstName') ? line.firstName : '',
    lastName: sees('profile', 'lastName') ? line.lastName : '',
    state,
    organisers: sees('decision', 'organiser') ? [...line.organisers] : [],
    products: sees('decision', 'product') ? [...line.products] : [],
    workers: sees('assignment', 'worker') ? [...line.workers] : [],
    nextVisitAt: next !== null && sees('visit', 'plannedStart') ? toMoment(next) : null,
    endDay,
    deleteBy,
    restrictedOn
  }
}
