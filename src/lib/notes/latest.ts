import { toMilliseconds, type Moment } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'

export interface DatedNote {
  readonly entry: Entry<'note'>
  /** When the visit was; the time of writing, when the visit is not held here. */
  readonly at: Moment
}

/** Signed notes, the latest visit first. */
export function latestNotes(entries: readonly Entry[]): DatedNote[] {
  const visits = new Map(entriesOf(entries, 'visit').map(({ id, data }) => [id, data]))
  return entriesOf(entries, 'note')
    .filter(({ data }) => data.state === 'signed')
    .map((entry) => {
      const visit = visits.get(entry.data.visit)
      return { entry, at: visit?.startedAt ?? visit?.plannedStart ?? entry.data.writtenAt }
    })
    .sort((one, other) => toMilliseconds(other.at) - toMilliseconds(one.at))
}

/** What was agreed last time: from the latest note that says anything of it. */
export function lastAgreed(notes: readonly DatedNote[]): { text: string; note: DatedNote } | null {
  for (const note of notes) {
    const text = note.entry.data.fields['agreed']
    if (typeof text === 'string' && text.trim() !== '') return { text, note }
  }
  return null
}
