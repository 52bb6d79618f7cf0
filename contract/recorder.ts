import type { UserId } from './id.ts'
import type { Note, Recorder } from './note.ts'

type Recorded = Pick<Note, 'recordedBy'>

/** Who had typed by the revision that a text goes on from; null: it goes on from none. */
export function recordersSeen(note: Recorded, based: number | null): readonly Recorder[] {
  return based === null ? [] : (note.recordedBy ?? []).filter(({ since }) => since <= based)
}

/** Of each the earliest: whoever is named once stays named. */
export function joinRecorders(...lists: readonly (readonly Recorder[] | undefined)[]): Recorder[] {
  const sinceOf = new Map<UserId, number>()
  for (const { by, since } of lists.flatMap((list) => list ?? []))
    sinceOf.set(by, Math.min(since, sinceOf.get(by) ?? since))
  return [...sinceOf]
    .map(([by, since]) => ({ by, since }))
    .sort((a, b) => a.since - b.since || (a.by < b.by ? -1 : 1))
}

/** As a note keeps it: a text that its author alone wrote says nothing of it. */
export const recordedBy = (recorders: readonly Recorder[]): Recorded =>
  recorders.length > 0 ? { recordedBy: [...recorders] } : {}
