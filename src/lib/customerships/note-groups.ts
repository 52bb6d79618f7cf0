import { toMilliseconds, type Moment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { visitAt } from './visit-order.ts'

export interface NoteGroup {
  readonly visit: EntryId
  readonly visitStart: Moment | null
  /**
   * The note and, beside it, the versions that were written at the same time elsewhere. What amends a note
   * is shown with it, and is here only when that note is not.
   */
  readonly notes: readonly Entry<'note'>[]
}

/** Notes by their visit, the latest visit first. A fork stands beside what it forked from, never over it. */
export function groupNotes(
  notes: readonly Entry<'note'>[],
  visits: readonly Entry<'visit'>[]
): NoteGroup[] {
  const starts = new Map(visits.map((visit) => [visit.id, visitAt(visit.data)]))
  const ids = new Set(notes.map(({ id }) => id))
  const alone = notes.filter(({ data }) => !data.amends || !ids.has(data.amends))
  const byVisit = Map.groupBy(alone, (note) => note.data.visit)
  const timeOf = (group: NoteGroup) =>
    toMilliseconds(
      group.visitStart ?? group.notes[0]?.data.writtenAt ?? ('1970-01-01T00:00:00Z' as Moment)
    )
  return [...byVisit]
    .map(([visit, inVisit]) => ({
      visit,
      visitStart: starts.get(visit) ?? null,
      notes: inVisit.sort(
        (a, b) =>
          Number(a.data.mergedInto !== undefined) - Number(b.data.mergedInto !== undefined) ||
          Number(a.data.forkOf !== undefined) - Number(b.data.forkOf !== undefined) ||
          toMilliseconds(a.data.writtenAt) - toMilliseconds(b.data.writtenAt)
      )
    }))
    .sort((a, b) => timeOf(b) - timeOf(a))
}
