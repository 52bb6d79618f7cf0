import { addDays, dayAt, toMilliseconds, type Day, type Moment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { Face } from '#lib/sync/face.ts'
import { askedIn } from './asked.ts'

/** What a worker's day holds, out of the faces of all the clients on the tablet. */

export type FaceVisit = Face['visits'][number]

export interface AgendaVisit {
  readonly face: Face
  readonly visit: FaceVisit
}

/** When a visit is: it was where it began, else where it was planned. */
export function momentOf(visit: FaceVisit): Moment | undefined {
  return visit.startedAt ?? visit.plannedStart
}

function inOrder(one: AgendaVisit, other: AgendaVisit): number {
  const at = (of: AgendaVisit) => {
    const moment = momentOf(of.visit)
    return moment ? toMilliseconds(moment) : 0
  }
  return at(one) - at(other) || (one.visit.id < other.visit.id ? -1 : 1)
}

const everyVisit = (faces: readonly Face[]): AgendaVisit[] =>
  faces.flatMap((face) => face.visits.map((visit) => ({ face, visit })))

function visitsOf(faces: readonly Face[], worker: UserId): AgendaVisit[] {
  return everyVisit(faces)
    .filter(({ visit }) => visit.worker === worker)
    .sort(inOrder)
}

export type Unfinished = 'running' | 'versions' | 'unsigned' | 'asked'

/** What is still to be done for a visit that has begun, or that the office asks to complete; a visit that was held wants a signed note. */
export function unfinishedIn(of: AgendaVisit): Unfinished | null {
  const { visit } = of
  if (visit.state === 'started') return 'running'
  if (visit.note?.beside) return 'versions'
  if (visit.note?.state === 'draft' && visit.note.own) return 'unsigned'
  if (visit.state === 'completed' && visit.note === null) return 'unsigned'
  return askedIn(of).length > 0 ? 'asked' : null
}

/** Running visits first, then what the office asks for, then the oldest unsigned note. */
export function unfinishedOf(faces: readonly Face[], worker: UserId): AgendaVisit[] {
  const rank = (of: AgendaVisit) =>
    unfinishedIn(of) === 'running' ? 0 : askedIn(of).length > 0 ? 1 : 2
  return everyVisit(faces)
    .filter((of) =>
      of.visit.worker === worker ? unfinishedIn(of) !== null : askedIn(of).length > 0
    )
    .sort((one, other) => rank(one) - rank(other) || inOrder(one, other))
}

export interface UnfinishedRow {
  readonly of: AgendaVisit
  readonly firstNames: readonly string[]
}

/** Siblings who were visited together are finished on one screen: they are one row, with all their names. */
export function unfinishedRows(faces: readonly Face[], worker: UserId): UnfinishedRow[] {
  const groups = Map.groupBy(unfinishedOf(faces, worker), (of) => {
    const { id, split, startedAt, product } = of.visit
    const what = unfinishedIn(of)
    if (!split || what === 'versions' || askedIn(of).length > 0) return id
    return [startedAt, split.of, what, what === 'running' ? '' : product].join()
  })
  return [...groups.values()].flatMap((group) => {
    const all = group.sort((a, b) => (a.visit.split?.part ?? 0) - (b.visit.split?.part ?? 0))
    return all[0] ? [{ of: all[0], firstNames: all.map(({ face }) => face.firstName) }] : []
  })
}

/** Where it is finished. Two drafts are made one on a page of their own; the rest is done at the visit. */
export function unfinishedHref(of: AgendaVisit): string {
  const { id, note } = of.visit
  const isDraft = unfinishedIn(of) === 'versions' && note?.state === 'draft'
  return `/visits/${id}${isDraft ? '/versions' : ''}?customership=${of.face.id}`
}

export function visitsOn(faces: readonly Face[], worker: UserId, day: Day): AgendaVisit[] {
  return visitsOf(faces, worker).filter(({ visit }) => {
    const moment = momentOf(visit)
    return moment !== undefined && dayAt(toMilliseconds(moment)) === day
  })
}

/** The visit to start now: the first that is not yet over, or else the first that nobody has recorded. */
export function nextOf(visits: readonly AgendaVisit[], now: number): AgendaVisit | null {
  const planned = visits.filter(({ visit }) => visit.state === 'planned')
  const ahead = planned.find(({ visit }) => {
    const end = visit.plannedEnd ?? visit.plannedStart
    return end !== undefined && toMilliseconds(end) > now
  })
  return ahead ?? planned[0] ?? null
}

export interface AgendaDay {
  readonly day: Day
  readonly visits: AgendaVisit[]
}

/** The seven days from `first`, empty ones too. */
export function weekFrom(faces: readonly Face[], worker: UserId, first: Day): AgendaDay[] {
  return Array.from({ length: 7 }, (_, index) => {
    const day = addDays(first, index)
    return { day, visits: visitsOn(faces, worker, day) }
  })
}

/** The client's next planned visit, whoever makes it. */
export function nextVisitOf(face: Face, today: Day): FaceVisit | null {
  return upcomingOf(face, today)[0] ?? null
}

/** What is planned from this day on, in order. */
export function upcomingOf(face: Face, today: Day): FaceVisit[] {
  return face.visits
    .filter(({ state, plannedStart }) => {
      if (state !== 'planned' || plannedStart === undefined) return false
      return dayAt(toMilliseconds(plannedStart)) >= today
    })
    .map((visit) => ({ face, visit }))
    .sort(inOrder)
    .map(({ visit }) => visit)
}
