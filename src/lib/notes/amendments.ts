import { toMilliseconds } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { sameValue, type NoteFields } from '#contract/note.ts'

/** What stands beside a signed note, in the order in which it was written. */
export function amendmentsOf(entries: readonly Entry[], note: EntryId): Entry<'note'>[] {
  return entriesOf(entries, 'note')
    .filter(({ data }) => data.amends === note)
    .sort(
      (a, b) =>
        toMilliseconds(a.data.writtenAt) - toMilliseconds(b.data.writtenAt) ||
        (a.id < b.id ? -1 : 1)
    )
}

/** Only what is added or said otherwise: the rest stands in the note that is amended. */
export function changedFields(original: NoteFields, written: NoteFields): NoteFields {
  return Object.fromEntries(
    Object.entries(written).filter(([id, value]) => !sameValue(original[id], value))
  )
}
