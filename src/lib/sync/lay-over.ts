import type { Entry } from '#contract/entry.ts'
import { entryMadeBy, type EntryId } from '#contract/id.ts'
import type { OperationOf } from '#contract/operation.ts'
import { recordedVisit } from '#contract/recorded-visit.ts'
import { InNote } from './in-note.ts'
import { amendedNote, forkedNote, mergedNotes, writtenNote, type ById } from './lay-over-notes.ts'
import { asItStands, inOrder, type OwnOperation } from './own-operation.ts'

/**
 * The author's own words over what the server sent, in the order in which they were written: what
 * was saved is seen at once, wherever it is on its way.
 */
export function layOver(entries: readonly Entry[], own: readonly OwnOperation[]): readonly Entry[] {
  if (own.length === 0) return entries
  const byId = new Map<EntryId, Entry>(entries.map((entry) => [entry.id, entry]))
  const inNote = new InNote()
  for (const one of inOrder(own).map(asItStands)) {
    const { operation } = one
    const isBeside = inNote.liesBeside(one)
    if (isBeside && (operation.op === 'note.draft' || operation.op === 'note.sign')) {
      // One fork for all that is saved in it, as the server keeps it.
      if (operation.after) byId.delete(entryMadeBy(operation.after))
      const fork = forkedNote(operation)
      byId.set(fork.id, fork)
    } else for (const entry of written(one, byId, isBeside)) byId.set(entry.id, entry)
  }
  return [...byId.values()]
}

function written({ operation, row }: OwnOperation, byId: ById, isBeside: boolean): Entry[] {
  switch (operation.op) {
    case 'visit.record': {
      const held = byId.get(operation.body.visit)
      // What the office did not take is not so: the visit stands as it is held.
      const isDeclined = row.receipt?.outcome === 'refused' && (held?.revision ?? 0) > 0
      return isDeclined ? [] : [visitOver(operation, held)]
    }
    case 'note.draft':
    case 'note.sign':
      return writtenNote(operation, byId.get(operation.body.note))
    case 'note.merge':
      return mergedNotes(operation, byId, { isBeside, receipt: row.receipt })
    case 'note.amend':
      return amendedNote(operation, byId, row.receipt)
    case 'profile.suggest':
      return [suggested(operation)]
    case 'document.add':
      return [added(operation)]
    case 'document.part':
    case 'usage.report':
      return []
  }
}

/** What its worker corrected stands behind it at once, as the server will keep it. */
function visitOver(
  operation: OperationOf<'visit.record'>,
  held: Entry | undefined
): Entry<'visit'> {
  const { visit, ...record } = operation.body
  const former = held?.kind === 'visit' ? held : null
  return {
    id: visit,
    kind: 'visit',
    revision: former?.revision ?? 0,
    at: operation.at,
    by: operation.author,
    data: recordedVisit(former, record, operation.author)
  }
}

function suggested(operation: OperationOf<'profile.suggest'>): Entry<'suggestion'> {
  const { author, at, body } = operation
  return {
    id: entryMadeBy(operation.id),
    kind: 'suggestion',
    revision: 0,
    at,
    by: author,
    data: { ...body, author, suggestedAt: at, state: 'open' }
  }
}

function added(operation: OperationOf<'document.add'>): Entry<'document'> {
  const { author, at, body } = operation
  const { document, original, ...facts } = body
  return {
    id: document,
    kind: 'document',
    revision: 0,
    at,
    by: author,
    data: {
      ...facts,
      addedBy: author,
      addedAt: at,
      original: [{ state: original, by: author, at }]
    }
  }
}
