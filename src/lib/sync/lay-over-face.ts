import type { EntryId, UserId } from '#contract/id.ts'
import type { Operation } from '#contract/operation.ts'
import type { OutboxRow } from '#lib/device/database.ts'
import { startOf, type FaceNote, type FaceVisit, type HeldFace } from '#lib/vault/face.ts'
import { asItStands, inOrder, type OwnOperation } from './own-operation.ts'

/** The author's own words over a face, as `layOver` does it for the whole. */
export function layOverFace(face: HeldFace, own: readonly OwnOperation[], user: UserId): HeldFace {
  if (own.length === 0) return face
  const held = new Set(face.visits.map(({ id }) => id))
  const visits = new Map<EntryId, FaceVisit>(face.visits.map((visit) => [visit.id, visit]))
  for (const { operation, row } of inOrder(own).map(asItStands)) {
    const { body } = operation
    if (operation.op === 'visit.record') {
      const {
        visit: id,
        decision,
        product,
        state,
        startedAt,
        endedAt,
        split,
        reason
      } = operation.body
      // What the office did not take is not so: the visit stands as it is held.
      if (row.receipt?.outcome === 'refused' && held.has(id)) continue
      const { split: _split, ...former } = visits.get(id) ?? { id, worker: user, note: null }
      const { isExplained: _explained, ...kept }: Partial<FaceVisit> & Owned = former
      visits.set(id, {
        ...kept,
        decision,
        product,
        state,
        startedAt,
        by: user,
        ...(endedAt === undefined ? {} : { endedAt }),
        ...(split ? { split } : {}),
        ...(reason ? { isExplained: true } : {})
      })
    } else if ('visit' in body && 'note' in body) {
      const visit = visits.get(body.visit)
      const state = operation.op === 'note.sign' ? 'signed' : 'draft'
      if (visit) visits.set(visit.id, { ...visit, note: faceNote(visit.note, body.note, state) })
    } else if ('note' in body) {
      for (const visit of visits.values()) {
        const note = visit.note && settledNote(visit.note, operation, row)
        if (note !== visit.note) visits.set(visit.id, { ...visit, note })
      }
    }
  }
  return { ...face, visits: [...visits.values()].sort((a, b) => startOf(a) - startOf(b)) }
}

/** What is known of a visit that nothing was recorded of. */
type Owned = Pick<FaceVisit, 'id' | 'worker' | 'note'>

/** A signed note stands first, and a draft beside another waits to be made one with it. */
function faceNote(shown: FaceNote | null, id: EntryId, state: FaceNote['state']): FaceNote {
  if (!shown?.own) return { id, state, own: true }
  const { beside = [] } = shown
  if (shown.id === id) return shown.state === 'signed' ? shown : { ...shown, state }
  if (state === 'draft') return withBeside(shown, [...new Set([...beside, id])])
  const others = beside.filter((each) => each !== id)
  if (shown.state === 'signed') return withBeside(shown, others)
  return withBeside({ id, state, own: true }, [...others, shown.id])
}

/** What was merged into it or amends it is no draft beside it any more; unless the office turned that down. */
function settledNote(note: FaceNote, { body }: Operation, { receipt }: OutboxRow): FaceNote {
  if (receipt?.outcome === 'refused')
    return 'amends' in body && body.amends === note.id ? faceNote(note, body.note, 'draft') : note
  const settled = 'fork' in body ? body.fork : 'note' in body ? body.note : null
  return note.beside
    ? withBeside(
        note,
        note.beside.filter((id) => id !== settled)
      )
    : note
}

function withBeside({ id, state, own }: FaceNote, beside: readonly EntryId[]): FaceNote {
  return { id, state, own, ...(beside.length > 0 ? { beside } : {}) }
}
