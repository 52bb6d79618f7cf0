import { dayAt, toMilliseconds, type Day, type Moment } from '#contract/day.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { Face } from '#lib/sync/face.ts'
import type { FaceVisit } from './agenda.ts'

/**
 * How the days stood when they were last looked at: ids, and marks that tell whether something is another
 * than it was, and not what it was. What of a client is forgotten is not told by it.
 */
export interface Seen {
  /** What was written after this, and is not known, is new. */
  readonly asOf: Moment
  readonly visits: Readonly<Record<EntryId, string>>
  readonly places: Readonly<Record<CustomershipId, Moment>>
}

export interface Change {
  readonly kind: 'new' | 'moved' | 'place' | 'cancelled' | 'away'
  readonly at: Moment
  readonly face: Face
  readonly visit: FaceVisit
}

/** Known to be there, and not looked at yet. */
const unseen = ''

/** FNV-1a: small, and no key to anything. */
function markOf({ id, state, plannedStart, plannedEnd }: FaceVisit): string {
  const isOff = state.startsWith('cancelled')
  let hash = 0x811c9dc5
  for (const letter of [id, plannedStart, plannedEnd, isOff].join())
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  return (hash >>> 0).toString(36)
}

const momentOf = ({ plannedStart, startedAt }: FaceVisit): Moment | undefined =>
  plannedStart ?? startedAt

interface Looking {
  readonly user: UserId
  readonly today: Day
  readonly asOf: Moment
}

interface Looked {
  readonly seen: Seen
  readonly changes: readonly Change[]
}

/** What is another than at the last look. What is over, or was done by oneself, is no news. */
export function look(before: Seen | null, faces: readonly Face[], looking: Looking): Looked {
  const visits: Record<EntryId, string> = {}
  const places: Record<CustomershipId, Moment> = {}
  const changes: Change[] = []
  for (const face of faces) {
    const place = before?.places[face.id] ?? face.placeAt
    const isMoved = place !== face.placeAt
    let tellsPlace = false
    for (const visit of face.visits) {
      const news = newsOf(visit, before, looking)
      if (news === null) continue
      visits[visit.id] = news.mark
      const kind = news.kind ?? (isMoved && visit.state === 'planned' ? 'place' : null)
      if (kind === null || !isAhead(visit, looking.today)) continue
      if (isMoved) tellsPlace = true
      const at = kind === 'place' ? face.placeAt : visit.at
      if (at) changes.push({ kind, at, face, visit })
    }
    // Nobody drives there in the days to come: whoever does later is told the address that stands then.
    const kept = tellsPlace ? place : face.placeAt
    if (kept) places[face.id] = kept
  }
  return { seen: { asOf: looking.asOf, visits, places }, changes: changes.sort(byTime) }
}

interface News {
  readonly mark: string
  readonly kind: Change['kind'] | null
}

/** Null for a colleague's visit that never was one's own. */
function newsOf(visit: FaceVisit, before: Seen | null, { user }: Looking): News | null {
  const known = before?.visits[visit.id]
  const mark = markOf(visit)
  if (visit.worker !== user) return known === undefined ? null : { mark: known, kind: 'away' }
  const isOpen = visit.state === 'planned' || visit.state.startsWith('cancelled')
  if (!before || !isOpen || visit.by === user || known === mark) return { mark, kind: null }
  const isOff = visit.state !== 'planned'
  if (known === undefined) {
    const isNew = !isOff && visit.at !== undefined && isAfter(visit.at, before.asOf)
    return isNew ? { mark: unseen, kind: 'new' } : { mark, kind: null }
  }
  if (isOff) return { mark: known, kind: 'cancelled' }
  return { mark: known, kind: known === unseen ? 'new' : 'moved' }
}

const isAfter = (one: Moment, other: Moment): boolean => toMilliseconds(one) > toMilliseconds(other)

function isAhead(visit: FaceVisit, today: Day): boolean {
  const moment = momentOf(visit)
  return moment !== undefined && dayAt(toMilliseconds(moment)) >= today
}

const byTime = (one: Change, other: Change): number =>
  (momentOf(one.visit) ?? '').localeCompare(momentOf(other.visit) ?? '')

/** These were looked at, as they stand. */
export function saw(seen: Seen, changes: readonly Change[]): Seen {
  const visits = { ...seen.visits }
  const places = { ...seen.places }
  for (const { kind, face, visit } of changes) {
    if (kind === 'away') Reflect.deleteProperty(visits, visit.id)
    else visits[visit.id] = markOf(visit)
    if (face.placeAt) places[face.id] = face.placeAt
  }
  return { ...seen, visits, places }
}
