import { entryKinds } from '#contract/entry-kind.ts'
import type { Task } from '#contract/role.ts'
import type { Ids } from './refusals.ts'

/** What an answer of the office may tell of a client: the places of its canaries, or whole kinds. */
export interface Readable {
  readonly tells: readonly string[]
  readonly body?: (ids: Ids) => object
  /** There is none of it in a customership that goes on, or at all; elsewhere it is proven shut. */
  readonly status?: 204 | 404
  /** Only a main user with one of these tasks is answered. */
  readonly tasks?: readonly Task[]
  /** Behind the path. */
  readonly query?: string
}

const name = ['profile.firstName.value', 'profile.lastName.value']
const nothing: Readable = { tells: [] }

/**
 * Every route of the office that answers with something read: what it may tell, written by hand. A
 * mounted GET that is not here fails, and so does an answer that tells more.
 */
export const readings: Readonly<Record<string, Readable>> = {
  'GET /api/office/pulse': nothing,
  'GET /api/office/notice': nothing,
  // Names stand on the list of whom a version is told to; none was, and a promise of § 14 tests them.
  'GET /api/office/notice/tellings': nothing,
  'GET /api/office/incidents': nothing,
  'GET /api/office/self-check': nothing,
  'GET /api/office/situation': { tells: name },
  'GET /api/office/organisation': nothing,
  'GET /api/office/organisation/emblem': { ...nothing, status: 204 },
  'GET /api/office/templates/standard': nothing,
  'GET /api/office/users': nothing,
  'GET /api/office/users/:id/prints': nothing,
  'GET /api/office/users/:id/closing': { tells: [...name, 'visit.plannedStart'] },
  'GET /api/office/notes': { tells: [...name, 'note', 'visit.startedAt'] },
  'GET /api/office/notes/unfinished': {
    tells: [...name, 'visit.plannedStart', 'completion-request.word']
  },
  // Where something awaits, it tells what its author wrote: the promise of decisions has its own test.
  'GET /api/office/awaiting/:operation': { ...nothing, status: 404 },
  'GET /api/office/endings': { tells: name },
  'POST /api/office/customerships/search': {
    tells: [...name, 'decision.organiser', 'decision.product', 'visit.plannedStart'],
    body: () => ({ query: '' })
  },
  'GET /api/office/customerships/:id': {
    tells: entryKinds,
    query: '?purpose=organising'
  },
  'GET /api/office/customerships/:id/log': nothing,
  'GET /api/office/log': { tells: name },
  'GET /api/office/acts': nothing,
  'GET /api/office/log/check': nothing,
  'GET /api/office/log/trail': nothing,
  'GET /api/office/log/checkpoint': nothing,
  'GET /api/office/reviews': { ...nothing, tasks: ['administration'] },
  // What a drawn use tells, the promise of reviews reads.
  'GET /api/office/reviews/:review': { ...nothing, status: 404, tasks: ['administration'] },
  // Each document and its paper is settled by name, and each month by who is to be told of it.
  'GET /api/office/customerships/:id/ending': {
    tells: ['document.title', 'document.original', 'decision.organiser']
  },
  'POST /api/office/customerships/:id/address': { tells: [], body: () => ({}) },
  'GET /api/office/customerships/:id/planning': {
    tells: ['profile.firstName.value', 'decision.product']
  },
  'GET /api/office/week': {
    tells: [
      'profile.firstName.value',
      'visit.product',
      'visit.plannedStart',
      'visit.plannedEnd',
      'visit.startedAt',
      'visit.endedAt',
      'visit.series',
      'visit.exception'
    ],
    query: '?from=2026-11-16'
  },
  'GET /api/office/import/mappings': nothing,
  'GET /api/office/statistics': {
    ...nothing,
    tells: ['decision.organiser', 'decision.product'],
    tasks: ['reporting', 'administration'],
    query: '?from=2026-01&until=2026-12'
  },
  'GET /api/office/transfers': {
    tells: [
      ...name,
      'decision.number',
      // The event's own organiser stands in the line: what was told is not told otherwise.
      'visit.product',
      'visit.plannedStart',
      'visit.plannedEnd',
      'service-event'
    ],
    tasks: ['reporting', 'administration'],
    query: '?month=2026-11'
  },
  'GET /api/office/certificates/:number': { ...nothing, status: 404 },
  'GET /api/office/certificates/:number/pdf': { ...nothing, status: 404 },
  'GET /api/office/customerships/:id/documents/unfinished': nothing,
  // Of a request that there is: §13's own tests read what it tells.
  'GET /api/office/customerships/:id/requests/:request/passages': {
    ...nothing,
    query: '?lang=fi',
    status: 404
  },
  'GET /api/office/customerships/:id/requests/:request/answer': { ...nothing, status: 404 },
  // Where there is one they tell everything: §13's own tests open them.
  'GET /api/office/customerships/:id/requests/:request/answer/paper': {
    ...nothing,
    query: '?channel=post',
    status: 404
  },
  'GET /api/office/customerships/:id/requests/:request/answer/archive': {
    ...nothing,
    query: '?channel=post',
    status: 404
  },
  'GET /api/office/customerships/:id/package': nothing,
  // Where there is one they tell everything, under a passphrase that neither answer holds: §10's own test opens them.
  'GET /api/office/customerships/:id/package/record': { ...nothing, status: 404 },
  'GET /api/office/customerships/:id/package/archive': { ...nothing, status: 404 },
  'GET /api/office/summaries': {
    tells: [...name, 'decision.organiser', 'summary.locked.number', 'completion-request'],
    query: '?month=2026-11'
  },
  'GET /api/office/summaries/changed': nothing,
  'GET /api/office/customerships/:id/summary': {
    tells: [
      ...name,
      'summary.substance',
      'summary.overrun',
      'summary.replaces.number',
      'summary.replaces.reason',
      'summary.locked.number',
      'summary.locked.at',
      'summary.locked.by',
      'summary.locked.hash',
      'summary.deliveries'
    ],
    query: '?organiser=mallikunta&month=2026-11'
  },
  // A canary's text is no document, and a PDF's letters are packed: what it tells, §10's own test reads.
  'GET /api/office/customerships/:id/summary/pdf': {
    ...nothing,
    query: '?organiser=mallikunta&month=2026-11',
    status: 404
  },
  // Nothing left of it: what a line tells when something has, §10's own test reads.
  'GET /api/office/requests': { tells: name },
  // A request has words of its own, which the promise of requests reads.
  'GET /api/office/requests/:request': { ...nothing, status: 404 },
  'GET /api/office/requests/:request/letter': { ...nothing, status: 404 },
  'GET /api/office/disclosures': nothing,
  // A PDF's letters are packed; what it tells is read there too.
  'GET /api/office/customerships/:id/disclosures/pdf': nothing
}

export const isTold = (place: string, tells: readonly string[]): boolean =>
  tells.some((told) => place === told || place.startsWith(`${told}.`))
