import { toMilliseconds, type Moment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { amendmentsOf } from './amendments.ts'

export interface DatedNote {
  readonly entry: Entry<'note'>
  /** When the visit was; the time of writing, when the visit is not held here. */
  readonly at: Moment
  readonly amendments: readonly Entry<'note'>[]
}

/** Signed notes with what amends them, the latest visit first. */
export function latestNotes(entries: readonly Entry[]): DatedNote[] {
  const visits = new Map(entriesOf(entries, 'visit').map(({ id, data }) => [id, data]))
  return entriesOf(entries, 'note')
    .filter(({ data }) => data.state === 'signed' && data.amends === undefined)
    .map((entry) => {
      const visit = visits.get(entry.data.visit)
      const at = visit?.startedAt ?? visit?.plannedStart ?? entry.data.writtenAt
      return { entry, at, amendments: amendmentsOf(entries, entry.id) }
    })
    .sort((one, other) => toMilliseconds(other.at) - toMilliseconds(one.at))
}

/** What was agreed last time, as it was last amended: from the latest note that says anything of it. */
export function lastAgreed(notes: readonly DatedNote[]): { text: string; note: DatedNote } | null {
  for (const note of notes) {
    const versions = [note.entry, ...note.amendments].map(({ data }) => data.fields['agreed'])
    const text = versions.findLast((value) => value !== undefined)
    if (typeof text === 'string' && text.trim() !== '') return { text, note }
  }
  return null
}
