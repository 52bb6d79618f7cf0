import type { Entry } from '#contract/entry.ts'
import { entryMadeBy, type EntryId, type UserId } from '#contract/id.ts'
import type { Operation, OperationOf } from '#contract/operation.ts'
import { startOf, type FaceVisit, type HeldFace } from '#lib/vault/face.ts'
import type { OwnOperation } from './own-operation.ts'

/**
 * The author's own words over what the server sent, in the order in which they were written: what
 * was saved is seen at once, wherever it is on its way.
 */
export function layOver(entries: readonly Entry[], own: readonly OwnOperation[]): readonly Entry[] {
  if (own.length === 0) return entries
  const byId = new Map<EntryId, Entry>(entries.map((entry) => [entry.id, entry]))
  for (const { operation } of inOrder(own).map(asItStands)) {
    const entry = written(operation, byId)
    if (entry) byId.set(entry.id, entry)
  }
  return [...byId.values()]
}

function written(operation: Operation, byId: ReadonlyMap<EntryId, Entry>): Entry | null {
  switch (operation.op) {
    case 'visit.record':
      return recordedVisit(operation, byId.get(operation.body.visit))
    case 'note.draft':
    case 'note.sign':
      return writtenNote(operation, byId.get(operation.body.note))
    case 'profile.suggest':
      return suggested(operation)
    case 'document.add':
      return added(operation)
    case 'document.part':
    case 'usage.report':
      return null
  }
}

/** A signature that the office returned or declined signs nothing: its text can be written on. */
function asItStands(own: OwnOperation): OwnOperation {
  const { operation, row } = own
  return operation.op === 'note.sign' && row.receipt?.outcome === 'refused'
    ? { ...own, operation: { ...operation, op: 'note.draft' } }
    : own
}

const inOrder = (own: readonly OwnOperation[]): OwnOperation[] =>
  [...own].sort((a, b) => a.row.seq - b.row.seq)

function recordedVisit(
  operation: OperationOf<'visit.record'>,
  held: Entry | undefined
): Entry<'visit'> {
  const { visit, ...recorded } = operation.body
  const planned = held?.kind === 'visit' ? held.data : { worker: operation.author }
  return {
    id: visit,
    kind: 'visit',
    revision: held?.revision ?? 0,
    at: operation.at,
    by: operation.author,
    data: { ...planned, ...recorded }
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

function writtenNote(
  operation: OperationOf<'note.draft' | 'note.sign'>,
  held: Entry | undefined
): Entry<'note'> | null {
  const { note, ...writing } = operation.body
  const before = held?.kind === 'note' ? held.data : null
  // A signed note is immutable; the server will lay a late draft beside it.
  if (before?.state === 'signed' && held?.revision !== 0) return null
  const signed = operation.op === 'note.sign'
  return {
    id: note,
    kind: 'note',
    revision: held?.revision ?? 0,
    at: operation.at,
    by: operation.author,
    data: {
      ...writing,
      state: signed ? 'signed' : 'draft',
      author: operation.author,
      writtenAt: before?.writtenAt ?? operation.at,
      ...(signed ? { signedAt: operation.at } : {})
    }
  }
}

/** The same for a face, which knows less. */
export function layOverFace(face: HeldFace, own: readonly OwnOperation[], user: UserId): HeldFace {
  if (own.length === 0) return face
  const visits = new Map<EntryId, FaceVisit>(face.visits.map((visit) => [visit.id, visit]))
  for (const { operation } of inOrder(own).map(asItStands)) {
    if (!('visit' in operation.body)) continue
    const id = operation.body.visit
    const visit = visits.get(id)
    if (operation.op === 'visit.record') {
      const { decision, product, state, startedAt, endedAt } = operation.body
      visits.set(id, {
        ...(visit ?? { id, worker: user, note: null }),
        decision,
        product,
        state,
        startedAt,
        ...(endedAt === undefined ? {} : { endedAt })
      })
    } else if (visit && 'note' in operation.body) {
      const { note } = operation.body
      if (visit.note?.id === note && visit.note.state === 'signed') continue
      const state = operation.op === 'note.sign' ? 'signed' : 'draft'
      visits.set(id, { ...visit, note: { id: note, state, own: true } })
    }
  }
  return { ...face, visits: [...visits.values()].sort((a, b) => startOf(a) - startOf(b)) }
}
