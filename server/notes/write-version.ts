import { toMoment } from '#contract/day.ts'
import { entryMadeBy } from '#contract/id.ts'
import type { Note } from '#contract/note.ts'
import { claimedAt, type OperationOf } from '#contract/operation.ts'
import { recordedBy, recordersSeen } from '#contract/recorder.ts'
import type { Settled, Terms } from '#server/access/deed.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { dropContinuedFork } from './continued-fork.ts'
import { fitsTemplate } from './fits-template.ts'
import { putNote } from './put-note.ts'

/** Lays a draft or a signed text into its note, or beside it: no text ever overwrites one that its author had not seen. */
export async function writeVersion(
  change: CustomershipChange,
  operation: OperationOf<'note.draft' | 'note.sign'>,
  { organisation, now }: Terms,
  state: Note['state']
): Promise<Settled> {
  const { note, ...writing } = operation.body
  const current = await change.entry('note', note)
  if (
    !fitsTemplate(organisation.templates, operation.body, state) ||
    (current && current.data.visit !== writing.visit)
  )
    return { outcome: 'awaiting-decision', code: 'invalid' }
  if (!(await change.has('visit', writing.visit)))
    return { outcome: 'awaiting-decision', code: 'waits-for' }

  const writtenAt = toMoment(Math.min(claimedAt(operation), now))
  const data: Note = {
    ...writing,
    state,
    author: operation.author,
    writtenAt,
    ...(state === 'signed' ? { signedAt: writtenAt } : {})
  }
  // A colleague's draft is nobody else's to go on with, even if it was seen; a merged one is nobody's.
  const mayContinue =
    !current ||
    (current.data.state === 'draft' &&
      !current.data.mergedInto &&
      current.data.author === operation.author &&
      current.revision === operation.based)
  if (mayContinue) {
    const forkOf = current?.data.forkOf
    const kept = { ...(forkOf ? { forkOf } : {}), ...recordedBy(current?.data.recordedBy ?? []) }
    await putNote(change, note, { ...data, ...kept }, organisation)
    return { outcome: 'applied', revision: change.revision }
  }

  const continued = await dropContinuedFork(change, operation, note)
  const recorders = continued
    ? (continued.data.recordedBy ?? [])
    : recordersSeen(current.data, operation.based)
  const beside = { ...data, forkOf: note, ...recordedBy(recorders) }
  await putNote(change, entryMadeBy(operation.id), beside, organisation)
  return { outcome: 'applied', revision: change.revision, code: 'forked' }
}
