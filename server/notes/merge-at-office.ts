import { toMoment } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import { differingFields, type MergeAtOffice, type NoteWritten } from '#contract/note.ts'
import { joinRecorders, recordedBy } from '#contract/recorder.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { keptVersion } from './kept-version.ts'
import { putNote } from './put-note.ts'
import type { OfficeTerms } from './write-at-office.ts'

const conflict: Refusal = { code: 'conflict' }

/**
 * A main user makes one text of two versions, exactly as they were shown: has either changed since, they
 * are shown anew. A signed text takes nothing in; a draft beside it can only be settled by it. The other
 * version stays in the record, and is open no more.
 */
export async function mergeAtOffice(
  change: CustomershipChange,
  visit: EntryId,
  { note, based, fork, forkBased, fields }: MergeAtOffice,
  { organisation, by, now }: OfficeTerms
): Promise<NoteWritten | Refusal> {
  const current = await change.entry('note', note)
  const other = await change.entry('note', fork)
  if (!(await change.has('visit', visit))) return { code: 'not-found' }
  // A version that was written on lies under another id by now.
  if (current?.data.visit !== visit || other?.data.visit !== visit) return conflict
  const { state } = current.data
  const adds = differingFields(current.data.fields, fields).length > 0
  if (other.data.mergedInto === note && other.by === by && !adds)
    return { revision: current.revision, note, state }
  const kept = keptVersion(current, other, fields, organisation.templates)
  if (!kept) return { code: 'invalid', issues: [{ path: ['fields'], code: 'invalid' }] }

  const isAsSeen = current.revision === based && other.revision === forkBased
  const isOpen = !current.data.mergedInto && !other.data.mergedInto && other.data.state === 'draft'
  if (!isAsSeen || !isOpen) return conflict
  const isSigned = state === 'signed'
  // The author's own words beside what they signed are theirs to decide on.
  if (isSigned && (adds || !other.data.recordedBy)) return conflict
  if (!isSigned) {
    const { author, forkOf } = current.data
    const recorders = joinRecorders(
      current.data.recordedBy,
      other.data.recordedBy,
      by === author ? [] : [{ by, since: change.revision }]
    )
    await putNote(
      change,
      note,
      {
        ...{ visit, ...kept, fields, state: 'draft', author, writtenAt: toMoment(now) },
        ...(forkOf ? { forkOf } : {}),
        ...recordedBy(recorders)
      },
      organisation,
      by
    )
  }
  await change.put('note', fork, { ...other.data, mergedInto: note }, by)
  return { revision: isSigned ? current.revision : change.revision, note, state }
}
