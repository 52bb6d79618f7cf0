import { toMoment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import { entryMadeBy } from '#contract/id.ts'
import { differingFields, type Note } from '#contract/note.ts'
import { claimedAt, type OperationOf } from '#contract/operation.ts'
import { joinRecorders, recordedBy, recordersSeen } from '#contract/recorder.ts'
import type { Deed, Settled } from '#server/access/deed.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { dropContinuedFork } from './continued-fork.ts'
import { keptVersion } from './kept-version.ts'
import { putNote } from './put-note.ts'
import { recordersBeside } from './versions.ts'

const wait = (code: 'waits-for' | 'invalid'): Settled => ({ outcome: 'awaiting-decision', code })

/**
 * The author made one text of two. It becomes the note, if the note is still the draft that was seen;
 * else it stands beside what came in between, and is asked about again. The other version stays in the
 * record, and is open no more.
 */
export const mergeDrafts: Deed<'note.merge'> = async (change, operation, { organisation, now }) => {
  const { note, fork, fields } = operation.body
  const current = await change.entry('note', note)
  if (!current) return wait('waits-for')
  const other = await change.entry('note', fork)
  const isOwn = [current, other].every((one) => !one || one.data.author === operation.author)
  const kept = isOwn && keptVersion(current, other, fields, organisation.templates)
  if (!kept) return wait('invalid')

  const isSigned = current.data.state === 'signed'
  // What adds nothing to a signed text only settles the draft beside it.
  if (isSigned && differingFields(current.data.fields, fields).length === 0)
    return settle(change, operation, other, note)

  const writtenAt = toMoment(Math.min(claimedAt(operation), now))
  const { visit, author, forkOf } = current.data
  const recorders = joinRecorders(
    recordersSeen(current.data, operation.based),
    // What was merged has been written on and lies under another id: whoever typed it is named there.
    other ? other.data.recordedBy : await recordersBeside(change, current)
  )
  const data: Note = {
    ...{ visit, ...kept, fields, state: 'draft', author, writtenAt },
    ...recordedBy(recorders)
  }
  const isAsSeen = !isSigned && !current.data.mergedInto && current.revision === operation.based
  if (isAsSeen) {
    await putNote(change, note, { ...data, ...(forkOf ? { forkOf } : {}) }, organisation)
    return settle(change, operation, other, note)
  }
  await dropContinuedFork(change, operation, note)
  const beside = entryMadeBy(operation.id)
  await putNote(change, beside, { ...data, forkOf: note }, organisation)
  return { ...(await settle(change, operation, other, beside)), code: 'forked' }
}

async function settle(
  change: CustomershipChange,
  { author, body: { forkBased } }: OperationOf<'note.merge'>,
  fork: Entry<'note'> | null,
  mergedInto: NonNullable<Note['mergedInto']>
) {
  const open = fork && (await change.entry('note', fork.id))
  const isAsSeen = forkBased === undefined || open?.revision === forkBased
  // A signed text is never touched; what was written on since it was seen stays open.
  if (open?.data.state === 'draft' && !open.data.mergedInto && isAsSeen)
    await change.put('note', open.id, { ...open.data, mergedInto }, author)
  return { outcome: 'applied', revision: change.revision } as const
}
