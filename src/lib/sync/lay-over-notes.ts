import type { Entry } from '#contract/entry.ts'
import { entryMadeBy, type EntryId } from '#contract/id.ts'
import { differingFields, type Note } from '#contract/note.ts'
import type { Operation, OperationOf } from '#contract/operation.ts'
import { joinRecorders, recordedBy } from '#contract/recorder.ts'
import type { OutboxRow } from '#lib/device/database.ts'

export type ById = ReadonlyMap<EntryId, Entry>
type Receipt = NonNullable<OutboxRow['receipt']>

/** A draft or a signature over the note that it goes on with. */
export function writtenNote(
  operation: OperationOf<'note.draft' | 'note.sign'>,
  held: Entry | undefined
): Entry<'note'>[] {
  const { note, ...writing } = operation.body
  const before = held?.kind === 'note' ? held.data : null
  // A signed note is immutable; the server will lay a late draft beside it.
  if (before?.state === 'signed' && held?.revision !== 0) return []
  const signed = operation.op === 'note.sign'
  const data: Note = {
    ...writing,
    state: signed ? 'signed' : 'draft',
    author: operation.author,
    writtenAt: before?.writtenAt ?? operation.at,
    ...(signed ? { signedAt: operation.at } : {}),
    ...(before?.forkOf ? { forkOf: before.forkOf } : {}),
    ...recordedBy(before?.recordedBy ?? [])
  }
  return [ownNote(operation, note, data, held)]
}

/** Beside the note, as `server/notes/write-version.ts` will lay it there. */
export function forkedNote(operation: OperationOf<'note.draft' | 'note.sign'>): Entry<'note'> {
  const { note, ...writing } = operation.body
  const { author, at: writtenAt } = operation
  const signed = operation.op === 'note.sign' ? { signedAt: writtenAt } : {}
  const state = operation.op === 'note.sign' ? 'signed' : 'draft'
  const data: Note = { ...writing, state, author, writtenAt, ...signed, forkOf: note }
  return ownNote(operation, entryMadeBy(operation.id), data, undefined)
}

function ownNote(
  { at, author }: Operation,
  id: EntryId,
  data: Note,
  held: Entry | undefined
): Entry<'note'> {
  return { id, kind: 'note', revision: held?.revision ?? 0, at, by: author, data }
}

const noteIn = (byId: ById, id: EntryId): Entry<'note'> | null => {
  const entry = byId.get(id)
  return entry?.kind === 'note' ? entry : null
}

/** As the server will do it, `server/notes/merge-drafts.ts`. Turned down, the text is a draft to go on with. */
export function mergedNotes(
  operation: OperationOf<'note.merge'>,
  byId: ById,
  { isBeside, receipt }: { isBeside: boolean; receipt: Receipt | undefined }
): Entry<'note'>[] {
  const { note, fork, fields } = operation.body
  const held = noteIn(byId, note)
  if (!held) return []
  const other = noteIn(byId, fork)
  const newer = other && other.data.templateVersion > held.data.templateVersion ? other : held
  const { template, templateVersion } = newer.data
  const recorders = joinRecorders(held.data.recordedBy, other?.data.recordedBy)
  const text = { ...held.data, template, templateVersion, fields, ...recordedBy(recorders) }
  const { state, mergedInto } = held.data
  const isOpen = state === 'draft' && !mergedInto && !isBeside
  const addsNothing = state === 'signed' && differingFields(held.data.fields, fields).length === 0
  const { signedAt: _, signedBy: __, mergedInto: ___, ...data } = text
  const beside = entryMadeBy(operation.id)
  const made = isOpen
    ? ownNote(operation, note, text, held)
    : ownNote(operation, beside, { ...data, state: 'draft', forkOf: note }, undefined)
  const settled =
    other && receipt?.outcome !== 'refused' && other.data.state === 'draft'
      ? [{ ...other, data: { ...other.data, mergedInto: addsNothing ? note : made.id } }]
      : []
  return addsNothing ? settled : [made, ...settled]
}

/**
 * Beside what it amends, at once. One that the office turned down amends nothing: it is a draft with its
 * reason, to be mended and signed again.
 */
export function amendedNote(
  operation: OperationOf<'note.amend'>,
  byId: ById,
  receipt: Receipt | undefined
): Entry<'note'>[] {
  const { note, amends, reason, fields } = operation.body
  const named = noteIn(byId, amends)
  const original = named?.data.amends ? noteIn(byId, named.data.amends) : named
  if (!original) return []
  const { visit, template, templateVersion, author } = original.data
  const writtenAt = operation.at
  const typed = recordedBy(noteIn(byId, note)?.data.recordedBy ?? [])
  const text = { visit, template, templateVersion, fields, author, writtenAt, reason, ...typed }
  const data: Note =
    receipt?.outcome === 'refused'
      ? { ...text, state: 'draft' }
      : { ...text, state: 'signed', signedAt: writtenAt, amends: original.id }
  const id = receipt?.code === 'forked' ? entryMadeBy(operation.id) : note
  return [ownNote(operation, id, data, byId.get(id))]
}
