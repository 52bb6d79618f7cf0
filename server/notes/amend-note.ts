import { toMoment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import { entryMadeBy } from '#contract/id.ts'
import type { Note } from '#contract/note.ts'
import { claimedAt, type OperationOf } from '#contract/operation.ts'
import { recordedBy, recordersSeen } from '#contract/recorder.ts'
import type { Deed, Settled } from '#server/access/deed.ts'
import { dropContinuedFork } from './continued-fork.ts'
import { fitsTemplate } from './fits-template.ts'
import { putNote } from './put-note.ts'

const wait = (code: 'waits-for' | 'invalid'): Settled => ({ outcome: 'awaiting-decision', code })

/**
 * 703/2023: a correction keeps the original behind it and shows who, when and why. The signed note is left
 * as it is, and the amendment stands beside it. Only its author amends it: whoever signs answers for what
 * was seen and done, and a colleague who knows more writes a note of their own.
 */
export const amendNote: Deed<'note.amend'> = async (change, operation, { organisation, now }) => {
  const { note, amends, reason, fields } = operation.body
  const named = await change.entry('note', amends)
  // An amendment of an amendment stands beside the note that was amended first.
  const root = named?.data.amends
  const original = root ? await change.entry('note', root) : named
  if (original?.data.state !== 'signed') return wait('waits-for')
  const { visit, template, templateVersion, author } = original.data
  const writing = { note, visit, template, templateVersion, fields }
  if (author !== operation.author || !fitsTemplate(organisation.templates, writing, 'draft'))
    return wait('invalid')

  const writtenAt = toMoment(Math.min(claimedAt(operation), now))
  const data: Note = {
    ...{ visit, template, templateVersion, fields, author },
    ...{ state: 'signed', writtenAt, signedAt: writtenAt, amends: original.id, reason }
  }
  const current = await change.entry('note', note)
  const words = {
    ...data,
    ...recordedBy(current ? recordersSeen(current.data, operation.based) : [])
  }
  if (!current || isOwnDraft(current, original, operation)) {
    await putNote(change, note, words, organisation)
    return { outcome: 'applied', revision: change.revision }
  }
  await dropContinuedFork(change, operation, note)
  await putNote(change, entryMadeBy(operation.id), words, organisation)
  return { outcome: 'applied', revision: change.revision, code: 'forked' }
}

/** The draft in which the amendment was written, as its author last saw it. */
function isOwnDraft(
  { data, revision }: Entry<'note'>,
  original: Entry<'note'>,
  { author, based }: OperationOf<'note.amend'>
): boolean {
  return (
    data.state === 'draft' &&
    data.mergedInto === undefined &&
    data.author === author &&
    data.visit === original.data.visit &&
    revision === based
  )
}
