import { addDays, instantOf, toMoment, type Day } from '#contract/day.ts'
import type { EntryData } from '#contract/entry.ts'
import type { EntryKind } from '#contract/entry-kind.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { contactsOf, profileOf } from './family-facts.ts'
import { decisionsOf } from './family-decisions.ts'
import { endingOf } from './family-ending.ts'
import { visitsOf } from './family-visits.ts'
import type { Family } from './family.ts'
import { Seeded } from './seeded.ts'
import { coordinator, otherWorkers } from './staff.ts'

/** One entry of one family, who wrote it and when. */
export type Written = {
  [Kind in EntryKind]: {
    readonly kind: Kind
    readonly id: EntryId
    readonly data: EntryData<Kind>
    readonly by: UserId
    readonly at: number
  }
}[EntryKind]

/** Families came to the provider within a month, half a year ago; the one that overran came lately. */
export function firstDayOf(family: Family, today: Day): Day {
  if (family.case === 'overrun') return addDays(today, -60)
  return addDays(today, -182 + new Seeded('first', family.kin).below(30))
}

/** All that the register holds of one family on `today`, in the order in which it was written. */
export function historyOf(family: Family, first: Day, today: Day): Written[] {
  const last = endingOf(family, today)?.endDay ?? null
  const openedAt = instantOf(first, 9) - 2 * 86_400_000
  const by = coordinator.id
  const idOf = (name: string) => new Seeded(name, family.index).entryId(Date.UTC(2025, 0, 8))
  const decisions = decisionsOf(family, first, last, today)

  const written: Written[] = [
    { kind: 'profile', id: idOf('profile-id'), data: profileOf(family, openedAt), by, at: openedAt }
  ]
  for (const [nth, data] of contactsOf(family).entries())
    written.push({ kind: 'contact', id: idOf(`contact ${nth}`), data, by, at: openedAt })
  for (const { id, data } of decisions) {
    const at = instantOf(data.from, 9) - 2 * 86_400_000
    written.push({ kind: 'decision', id, data, by, at })
  }
  for (const [nth, worker] of workersOf(family).entries()) {
    const data = {
      worker,
      from: first,
      ...(last ? { until: last } : {}),
      tasks: ['care' as const]
    }
    written.push({ kind: 'assignment', id: idOf(`assignment ${nth}`), data, by, at: openedAt })
  }
  for (const { at, visit, note } of visitsOf(family, decisions, first, last, today)) {
    const author = visit.data.state === 'planned' ? by : family.worker.id
    written.push({ kind: 'visit', ...visit, by: author, at: Math.max(at, openedAt) })
    if (note) written.push({ kind: 'note', ...note, by: author, at })
  }
  const suggestion = suggestionOf(family, today)
  if (suggestion) written.push(suggestion)
  return written.sort((one, other) => one.at - other.at)
}

/** One proposal waits for the office, and must be put in the form that the field keeps. */
function suggestionOf(family: Family, today: Day): Written | null {
  if (family.case !== 'suggestion') return null
  const at = instantOf(addDays(today, -1), 15)
  const { id: author } = family.worker
  const data = {
    field: 'phone',
    value: 'Uusi numero 040 000 5511',
    source: 'client',
    author,
    suggestedAt: toMoment(at),
    state: 'open'
  } as const
  const id = new Seeded('suggestion', family.index).entryId(at)
  return { kind: 'suggestion', id, data, by: author, at }
}

/** Some families know two workers. The demo worker's own stay six. */
function workersOf(family: Family): UserId[] {
  const spare = otherWorkers[(family.index * 5) % otherWorkers.length]
  const hasTwo = family.index % 4 === 2 && spare !== undefined && spare !== family.worker
  return hasTwo ? [family.worker.id, spare.id] : [family.worker.id]
}
