import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { byStanding } from '#contract/note-order.ts'
import type { Recorder } from '#contract/note.ts'
import { joinRecorders } from '#contract/recorder.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'

/** The open versions of what this author records of this visit, the one that stands first. */
export async function versionsOf(
  reader: CustomershipReader,
  visit: EntryId,
  author: UserId
): Promise<Entry<'note'>[]> {
  const notes = entriesOf(await reader.entries({ kinds: ['note'] }), 'note')
  return notes
    .filter(({ data }) => data.visit === visit && data.author === author)
    .filter(({ data }) => !data.amends && !data.mergedInto)
    .sort(byStanding)
}

/** Everybody who typed into some version of it. */
export async function recordersBeside(
  reader: CustomershipReader,
  { data }: Pick<Entry<'note'>, 'data'>
): Promise<Recorder[]> {
  const versions = await versionsOf(reader, data.visit, data.author)
  return joinRecorders(...versions.map((version) => version.data.recordedBy))
}
