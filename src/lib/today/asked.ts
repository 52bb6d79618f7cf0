import { isWanting, type Wanting, type Wish } from '#contract/wish.ts'
import type { FaceRequest } from '#lib/vault/face.ts'
import type { AgendaVisit, FaceVisit } from './agenda.ts'

/**
 * What the office asks to complete in a visit and is not done yet: told from the visit as it stands on this
 * device, so that it goes when it is done, before the server knows, and is back when the office declines.
 */
export function askedIn({ face, visit }: AgendaVisit): readonly FaceRequest[] {
  if (!visit.asked) return []
  const others = face.visits.filter(({ id }) => id !== visit.id).map(wantingOf)
  const around = { visit: wantingOf(visit), isUnwritten: isUnwritten(visit), others }
  return visit.asked.filter(({ wish }) => isWanting(wish, around))
}

/** A colleague's note is no word of one's own that is to be signed. */
const isUnwritten = ({ note }: FaceVisit): boolean =>
  note === null || (note.own && (note.state === 'draft' || note.beside !== undefined))

const wantingOf = ({ isExplained, ...visit }: FaceVisit): Wanting => ({
  ...visit,
  isExplained: isExplained === true
})

/** What is said of it: a note that is there is to be signed, one that is not is to be written. */
export const askedKey = (wish: Wish, { note }: FaceVisit) =>
  wish === 'note'
    ? (`asked.note.${note ? 'unsigned' : 'unwritten'}` as const)
    : (`asked.${wish}` as const)
