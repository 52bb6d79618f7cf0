import { dayAt, toMilliseconds } from '#contract/day.ts'
import { isSameMoment } from '#contract/recorded-visit.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import { mostTogether } from '#contract/split.ts'
import type { Visit, VisitRecord } from '#contract/visit.ts'
import type { Face } from '#lib/sync/face.ts'
import type { Submission } from '#lib/sync/submit.ts'
import { recordShare, type Occasion } from './recording.ts'

/**
 * Siblings with decisions of their own are customerships of their own, visited at one time. No
 * customership says who the others are: this worker's visits that began at the same moment, each one
 * part of as many, are what this screen knows of it.
 */

type FaceVisit = Face['visits'][number]
type Own = Pick<Visit, 'startedAt' | 'endedAt' | 'plannedStart' | 'plannedEnd' | 'split'>

export interface Sibling {
  readonly face: Face
  readonly visit: FaceVisit
}

/** Those who are visited with it, in the order of their parts. */
export function siblingsOf(
  faces: readonly Face[],
  customership: CustomershipId,
  own: Own,
  worker: UserId
): Sibling[] {
  const { split, startedAt, endedAt } = own
  if (!split) return []
  const found = faces
    .filter(({ id }) => id !== customership)
    .flatMap((face) => {
      const visit = face.visits.find(
        (one) =>
          one.worker === worker &&
          one.split?.of === split.of &&
          isSameMoment(one.startedAt, startedAt)
      )
      return visit ? [{ face, visit }] : []
    })
  // Two families that began in one minute are told apart by when they ended, as far as anything tells.
  const parts = Map.groupBy(found, ({ visit }) => visit.split?.part ?? 0)
  parts.delete(split.part)
  return [...parts.values()]
    .flatMap((all) => all.find(({ visit }) => isSameMoment(visit.endedAt, endedAt)) ?? all[0] ?? [])
    .sort((one, other) => (one.visit.split?.part ?? 0) - (other.visit.split?.part ?? 0))
}

interface Span {
  readonly from: number
  readonly to: number
}

function spanOf({ startedAt, endedAt, plannedStart, plannedEnd }: Own): Span | null {
  const starts = [startedAt, plannedStart].filter((moment) => moment !== undefined)
  const ends = [endedAt ?? plannedEnd, ...starts].filter((moment) => moment !== undefined)
  if (starts.length === 0) return null
  const from = Math.min(...starts.map(toMilliseconds))
  return { from, to: Math.max(from + 60_000, ...ends.map(toMilliseconds)) }
}

/** This worker's visit there at the same time, planned or begun: it is the one to go on with. */
export function visitAlong(face: Face, own: Own, worker: UserId): FaceVisit | null {
  const span = spanOf(own)
  const along = face.visits.filter((visit) => {
    const isOpen = visit.state === 'planned' || visit.state === 'started'
    const other = spanOf(visit)
    if (!isOpen || visit.worker !== worker || visit.split || !span || !other) return false
    return span.from < other.to && other.from < span.to
  })
  return along.find(({ state }) => state === 'started') ?? along[0] ?? null
}

/** By how much one was to begin before the other, in milliseconds; what nobody planned began when it did. */
function apart(one: Own, other: Own): number {
  const startOf = ({ plannedStart, startedAt }: Own) => {
    const start = plannedStart ?? startedAt
    return start ? toMilliseconds(start) : 0
  }
  return Math.abs(startOf(one) - startOf(other))
}

/**
 * Whose visit it may be: first who is visited at that time, nearest by the start, then by first name. A
 * visit begun late meets others that were planned for later. One who is in already is not asked.
 */
export function candidatesOf(
  faces: readonly Face[],
  own: Own,
  worker: UserId,
  present: readonly CustomershipId[]
): { readonly face: Face; readonly along: FaceVisit | null }[] {
  if (present.length >= mostTogether) return []
  return faces
    .filter(({ id }) => !present.includes(id))
    .map((face) => ({ face, along: visitAlong(face, own, worker) }))
    .sort(
      (one, other) =>
        Number(other.along !== null) - Number(one.along !== null) ||
        (one.along && other.along ? apart(own, one.along) - apart(own, other.along) : 0) ||
        one.face.firstName.localeCompare(other.face.firstName, 'fi')
    )
}

export const dayOf = ({ startedAt, plannedStart }: Own): ReturnType<typeof dayAt> | null => {
  const at = startedAt ?? plannedStart
  return at ? dayAt(toMilliseconds(at)) : null
}

/** A visit of one customership, as it stands. */
export interface Told {
  readonly customership: CustomershipId
  readonly occasion: Occasion & Pick<Visit, 'state' | 'reason'>
}

interface Shared {
  readonly customership: CustomershipId
  readonly body: VisitRecord
}

/** Each of them told anew with its part. Of one alone nothing is divided. */
export function sharedAmong(all: readonly Told[], why = ''): Shared[] {
  const of = all.length
  return all.map(({ customership, occasion }, index) => ({
    customership,
    body: recordShare(occasion, of > 1 ? { of, part: index + 1 } : null, why)
  }))
}

/** What a form hands over. */
export const recordings = (all: readonly Shared[]): Submission[] =>
  all.map((one) => ({ op: 'visit.record', ...one }))

interface Coming {
  readonly customership: CustomershipId
  readonly visit: EntryId
  readonly decision: EntryId
  readonly product: string
  /** Why it began at another time than was recorded of it alone. */
  readonly reason?: string
}

/** Who comes along has the same times, in a visit that was planned for it or a new one. */
export function comingAlong(own: Told, its: Coming): Told {
  const { state, startedAt, endedAt } = own.occasion
  const { customership, visit, decision, product, reason } = its
  const why = reason ? { reason } : {}
  const times = { ...(startedAt ? { startedAt } : {}), ...(endedAt ? { endedAt } : {}) }
  return { customership, occasion: { id: visit, decision, product, state, ...times, ...why } }
}
