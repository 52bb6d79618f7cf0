import { describe, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { Operation } from '#contract/operation.ts'
import type { WireEntry } from '#contract/pull.ts'
import type { OutboxRow } from '#lib/device/database.ts'
import type { Face } from '#lib/sync/face.ts'
import { layOverFace } from '#lib/sync/lay-over-face.ts'
import type { OwnOperation } from '#lib/sync/own-operation.ts'
import { faceOf } from '#lib/vault/face.ts'
import { nearTo } from '#lib/vault/near.ts'
import { unfinishedOf, unfinishedRows, visitsOn } from './agenda.ts'
import { askedIn, askedKey } from './asked.ts'

const me = 'me' as UserId
const office = 'office' as UserId
/** Weeks after what it tells of. */
const near = nearTo(Date.parse('2026-12-15T10:00:00Z'))
const at = (text: string) => toMoment(Date.parse(`2026-11-${text}+02:00`))

const entry = (kind: string, id: string, data: object, by = me) =>
  ({ id, kind, revision: 1, at: at('12T14:05'), by, data }) as unknown as WireEntry
const visit = (id: string, from: string, to: string, more: object = {}) =>
  entry('visit', id, {
    ...{ decision: 'd', product: 'p', worker: me, state: 'completed' },
    ...{ plannedStart: at(from), plannedEnd: at(to), startedAt: at(from), endedAt: at(to) },
    ...more
  })
const note = (state: 'draft' | 'signed', author = me) =>
  entry('note', `note-${author}`, { visit: 'v', state, author, writtenAt: at('03T10:05') })
const request = (wish: string, more: object = {}) =>
  entry('completion-request', `asks-${wish}`, { visit: 'v', worker: me, wish, ...more }, office)

let seq = 0
function own(op: string, body: object, receipt?: object): OwnOperation {
  seq += 1
  const operation = { id: `op${seq}`, op, author: me, at: at('13T09:00'), body }
  return {
    operation: operation as unknown as Operation,
    row: { seq, ...(receipt ? { receipt } : {}) } as OutboxRow
  }
}
const refused = { outcome: 'refused', code: 'declined', at: at('13T10:00') }

function faceWith(entries: readonly WireEntry[], ...over: OwnOperation[]): Face {
  const face = layOverFace(faceOf(entries, me, near), over, me)
  return { ...face, id: 'c' as CustomershipId, revision: 1 }
}
const wishesIn = (face: Face) =>
  unfinishedOf([face], me).flatMap((of) => askedIn(of).map(({ wish }) => wish))

const signing = { note: 'note-me', visit: 'v', template: 't', templateVersion: 1, fields: {} }
const recorded = (from: string, to: string, more: object = {}) => ({
  ...{ visit: 'v', decision: 'd', product: 'p', state: 'completed' },
  ...{ startedAt: at(from), endedAt: at(to) },
  ...more
})
const early = visit('v', '03T09:00', '03T10:00')

test('what is asked stands among the unfinished, however long ago the visit was; and only then', () => {
  const without = faceWith([early])
  expect(unfinishedOf([without], me)).toEqual([])
  const face = faceWith([early, request('note', { word: 'Kiitos' })])
  expect(unfinishedRows([face], me)).toHaveLength(1)
  expect(unfinishedOf([face], me).flatMap(askedIn)).toEqual([
    { id: 'asks-note', wish: 'note', word: 'Kiitos', by: office, at: at('12T14:05') }
  ])
})

test('what is asked of a colleague is not told, and a wish of a newer server is passed over', () => {
  expect(wishesIn(faceWith([early, request('note', { worker: 'other' })]))).toEqual([])
  expect(wishesIn(faceWith([early, request('mileage')]))).toEqual([])
})

describe('it goes by itself when it is done on this device, and is back when the office declines', () => {
  test('a note: begun is not done, signed is', () => {
    const asked = [early, request('note')]
    expect(wishesIn(faceWith(asked))).toEqual(['note'])
    expect(wishesIn(faceWith(asked, own('note.draft', signing)))).toEqual(['note'])
    expect(wishesIn(faceWith(asked, own('note.sign', signing)))).toEqual([])
    expect(wishesIn(faceWith(asked, own('note.sign', signing, refused)))).toEqual(['note'])
    expect(wishesIn(faceWith([...asked, note('signed')]))).toEqual([])
  })

  test.each([
    ['ending', visit('v', '03T09:00', '03T10:00', { state: 'started', endedAt: undefined })],
    ['ending', visit('v', '03T09:00', '03T10:00', { state: 'planned', startedAt: undefined })],
    ['times', visit('v', '03T09:00', '03T10:00', { startedAt: at('03T11:00') })]
  ])('%s', (wish, wanting) => {
    const asked = [wanting, note('signed'), request(wish)]
    const done = recorded('03T09:00', '03T10:00')
    expect(wishesIn(faceWith(asked))).toEqual([wish])
    expect(wishesIn(faceWith(asked, own('visit.record', done)))).toEqual([])
    expect(wishesIn(faceWith(asked, own('visit.record', done, refused)))).toEqual([wish])
  })

  test('why it lasted otherwise: a word is enough, and times as planned need none', () => {
    const longer = visit('v', '03T09:00', '03T10:00', { endedAt: at('03T11:00') })
    const asked = [longer, note('signed'), request('reason')]
    const said = recorded('03T09:00', '03T11:00', { reason: 'Sovittiin' })
    expect(wishesIn(faceWith(asked))).toEqual(['reason'])
    expect(wishesIn(faceWith(asked, own('visit.record', said)))).toEqual([])
    expect(
      wishesIn(faceWith(asked, own('visit.record', recorded('03T09:00', '03T10:00'))))
    ).toEqual([])
    expect(wishesIn(faceWith(asked, own('visit.record', said, refused)))).toEqual(['reason'])
  })

  test('times that are another visit’s too: the other one stays in sight with it', () => {
    const asked = [early, visit('w', '03T09:30', '03T10:30'), note('signed'), request('overlap')]
    expect(wishesIn(faceWith(asked))).toEqual(['overlap'])
    const put = own('visit.record', recorded('03T08:30', '03T09:30'))
    expect(wishesIn(faceWith(asked, put))).toEqual([])
    const theirs = visit('w', '03T09:30', '03T10:30', { worker: 'other' })
    expect(wishesIn(faceWith([early, theirs, note('signed'), request('overlap')]))).toEqual([])
  })
})

test('a colleague’s visit is on the list for the note that one began there, and in no day of one’s own', () => {
  const theirs = visit('v', '03T09:00', '03T10:00', { worker: 'other' })
  const face = faceWith([theirs, note('draft'), request('note')])
  expect(wishesIn(face)).toEqual(['note'])
  expect(visitsOn([face], me, '2026-11-03' as never)).toEqual([])
  expect(wishesIn(faceWith([theirs, note('signed'), request('note')]))).toEqual([])
})

test('what is asked comes after what runs and before what is only unsigned', () => {
  const running = visit('r', '03T12:00', '03T13:00', { state: 'started', endedAt: undefined })
  const unsigned = entry('note', 'n', { visit: 'u', state: 'draft', author: me })
  const face = faceWith([
    visit('u', '01T09:00', '01T10:00'),
    unsigned,
    early,
    running,
    request('note')
  ])
  expect(unfinishedOf([face], me).map((of) => of.visit.id)).toEqual(['r', 'v', 'u'])
})

test('a note that is there is to be signed, one that is not is to be written', () => {
  const keyOf = (entries: readonly WireEntry[]) => {
    const [of] = unfinishedOf([faceWith(entries)], me)
    return of && askedKey('note', of.visit)
  }
  expect(keyOf([early, request('note')])).toBe('asked.note.unwritten')
  expect(keyOf([early, note('draft'), request('note')])).toBe('asked.note.unsigned')
})

test('siblings who are written of together stand apart where the office asks of one of them', () => {
  const split = (part: number) => ({ split: { of: 2, part } })
  const draft = (id: string, of: string) =>
    entry('note', id, { visit: of, state: 'draft', author: me })
  const aino = faceWith([
    visit('v', '03T09:00', '03T10:00', split(1)),
    draft('n', 'v'),
    request('note')
  ])
  const eino = faceWith([visit('e', '03T09:00', '03T10:00', split(2)), draft('m', 'e')])
  const ids = (faces: Face[]) => unfinishedRows(faces, me).map(({ of }) => of.visit.id)
  expect(ids([aino, eino])).toEqual(['v', 'e'])
})
