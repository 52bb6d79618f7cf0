import { describe, expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import { entryMadeBy, type EntryId, type UserId } from '#contract/id.ts'
import type { Note } from '#contract/note.ts'
import type { Operation } from '#contract/operation.ts'
import type { Moment } from '#contract/day.ts'
import type { Visit } from '#contract/visit.ts'
import type { OutboxRow } from '#lib/device/database.ts'
import { faceOf, type FaceNote, type HeldFace } from '#lib/vault/face.ts'
import { layOver } from './lay-over.ts'
import { layOverFace } from './lay-over-face.ts'
import type { OwnOperation } from './own-operation.ts'

const me = 'me' as UserId
const at = '2026-11-22T10:00:00.000Z' as Moment
const id = (name: string) => name as EntryId

const note = (name: string, fields: Note['fields'], more: Partial<Note> = {}): Entry<'note'> => ({
  ...{ id: id(name), kind: 'note', revision: 3, at, by: me },
  data: {
    ...{ visit: id('visit'), template: 'home', templateVersion: 1, fields, state: 'draft' },
    ...{ author: me, writtenAt: at },
    ...more
  }
})

let seq = 0
function own(
  op: 'note.draft' | 'note.sign' | 'note.merge' | 'note.amend' | 'visit.record',
  body: object,
  receipt?: OutboxRow['receipt']
): OwnOperation {
  seq += 1
  const operation = { id: `op${seq}`, op, author: me, at, body } as unknown as Operation
  return { operation, row: { seq, ...(receipt ? { receipt } : {}) } as OutboxRow }
}
const refused = { outcome: 'refused', code: 'returned', at } as const
const forked = { outcome: 'applied', code: 'forked', at } as const

const drawn = (entries: readonly Entry[], ...over: OwnOperation[]) =>
  Object.fromEntries(layOver(entries, over).map((entry) => [entry.id, entry.data as Note]))

const writing = (done: string) => ({
  ...{ note: 'mine', visit: 'visit', template: 'home', templateVersion: 1, fields: { done } }
})
const follow = (one: OwnOperation, after?: OwnOperation) =>
  ({ ...one, operation: { ...one.operation, after: after?.operation.id } }) as OwnOperation

test('what two tabs wrote before either saw the other’s words stands beside, once, as the server will have it', () => {
  const first = own('note.draft', writing('AB'))
  const beside = own('note.draft', writing('AC'))
  const more = follow(own('note.draft', writing('ACD')), beside)
  const next = follow(own('note.draft', writing('ABE')), first)
  const shown = drawn([], first, beside, more, next)
  const texts = Object.values(shown).map(({ fields, forkOf }) => [fields['done'], forkOf])
  expect(texts).toEqual([
    ['ABE', undefined],
    ['ACD', id('mine')]
  ])
})

test('what goes on from a merge is in the note; a merge of a note that was written on since lies beside it', () => {
  const first = own('note.draft', writing('A'))
  const beside = own('note.draft', writing('B'))
  const more = follow(own('note.draft', writing('AC')), first)
  const body = { note: 'mine', fork: entryMadeBy(beside.operation.id), fields: { done: 'AB' } }
  const merge = follow(own('note.merge', body), first)
  const open = (...over: OwnOperation[]) =>
    Object.values(drawn([], first, beside, ...over)).flatMap(({ fields, mergedInto }) =>
      mergedInto ? [] : [fields['done']]
    )
  expect(open(merge)).toEqual(['AB'])
  expect(open(merge, follow(own('note.draft', writing('ABC')), merge))).toEqual(['ABC'])
  expect(open(more, merge)).toEqual(['AC', 'AB'])
})

test('a text that was turned down can be written on, and what went on from before it stays in the note', () => {
  const first = own('note.draft', writing('A'))
  const declined = follow(own('note.sign', writing('AB'), refused), first)
  const next = follow(own('note.draft', writing('AC')), first)
  expect(Object.keys(drawn([], first, declined, next))).toEqual(['mine'])
})

describe('who typed at the office stays named in what the author writes over it', () => {
  const recordedBy = [{ by: 'office' as UserId, since: 2 }]
  const writing = { visit: 'visit', template: 'home', templateVersion: 1, fields: { done: 'AB' } }

  test('a draft that goes on with a draft begun at the office', () => {
    const begun = note('mine', { done: 'A' }, { recordedBy })
    expect(drawn([begun], own('note.draft', { note: 'mine', ...writing }))['mine']).toMatchObject({
      ...{ fields: { done: 'AB' }, recordedBy }
    })
  })

  test('a merge with a version of the office, and an amendment that was one', () => {
    const fork = note('fork', { done: 'B' }, { forkOf: id('mine'), recordedBy })
    const merge = own('note.merge', { note: 'mine', fork: 'fork', fields: { done: 'A\n\nB' } })
    const shown = drawn([note('mine', { done: 'A' }), fork], merge)
    expect(shown['mine']?.recordedBy).toEqual(recordedBy)

    const signed = note('mine', { done: 'A' }, { state: 'signed', signedBy: 'office' as UserId })
    const amend = { note: 'fork', amends: 'mine', reason: 'x', fields: { done: 'B' } }
    const amended = drawn([signed, fork], own('note.amend', amend))['fork']
    expect(amended?.recordedBy).toEqual(recordedBy)
    expect(amended?.signedBy).toBeUndefined()
  })
})

describe('what was merged or amended here is seen at once', () => {
  const drafts = [note('mine', { done: 'A' }), note('fork', { done: 'B' }, { forkOf: id('mine') })]
  const merge = { note: 'mine', fork: 'fork', fields: { done: 'A\n\nB' } }

  test('two drafts are one, and the other is open no more', () => {
    const { mine, fork } = drawn(drafts, own('note.merge', merge))
    expect(mine).toMatchObject({ state: 'draft', fields: merge.fields })
    expect(fork).toMatchObject({ fields: { done: 'B' }, mergedInto: 'mine' })
  })

  test('a merge that the server laid beside stands beside, and takes nothing from the note', () => {
    const over = own('note.merge', merge, forked)
    const shown = drawn(drafts, over)
    const beside = entryMadeBy(over.operation.id)
    expect(shown['mine']?.fields).toEqual({ done: 'A' })
    expect(shown[beside]).toMatchObject({ forkOf: 'mine', fields: merge.fields, state: 'draft' })
    expect(shown['fork']?.mergedInto).toBe(beside)
  })

  test('a merge that was turned down leaves its text in the note, and the other version open', () => {
    const { mine, fork } = drawn(drafts, own('note.merge', merge, refused))
    expect(mine?.fields).toEqual(merge.fields)
    expect(fork?.mergedInto).toBeUndefined()
  })

  test('what adds nothing to a signed note only settles the draft beside it', () => {
    const signed = note('mine', { done: 'A' }, { state: 'signed', signedAt: at })
    const body = { ...merge, fields: { done: 'A' } }
    const { mine, fork } = drawn([signed, drafts[1]!], own('note.merge', body))
    expect(mine).toEqual(signed.data)
    expect(fork?.mergedInto).toBe('mine')
  })

  const signed = note('mine', { done: 'A' }, { state: 'signed', signedAt: at })
  const amend = { note: 'more', amends: 'mine', reason: 'Jäi', fields: { done: 'AB' } }

  test('an amendment stands beside its note, which is as it was', () => {
    const { mine, more } = drawn([signed], own('note.amend', amend))
    expect(mine).toEqual(signed.data)
    expect(more).toMatchObject({ state: 'signed', amends: 'mine', reason: 'Jäi', template: 'home' })
  })

  test('the draft in which it was written becomes it', () => {
    const draft = own('note.draft', { ...signed.data, note: 'more', fields: { done: 'AB' } })
    const { more } = drawn([signed], draft, own('note.amend', amend))
    expect(more).toMatchObject({ state: 'signed', amends: 'mine' })
  })

  test('an amendment of an amendment stands beside the note that was amended first', () => {
    const first = own('note.amend', amend)
    const next = own('note.amend', { ...amend, note: 'next', amends: 'more' })
    expect(drawn([signed], first, next)['next']?.amends).toBe('mine')
  })

  test('an amendment that was turned down is a draft with its reason, to be signed again', () => {
    const { more } = drawn([signed], own('note.amend', amend, refused))
    expect(more).toMatchObject({ state: 'draft', reason: 'Jäi', fields: { done: 'AB' } })
    expect(more?.amends).toBeUndefined()
    const again = drawn([signed], own('note.amend', amend, refused), own('note.amend', amend))
    expect(again['more']).toMatchObject({ state: 'signed', amends: 'mine' })
  })
})

describe('a visit recorded here', () => {
  const began = '2026-11-22T07:00:00.000Z' as Moment
  const ended = '2026-11-22T08:00:00.000Z' as Moment
  const about = { decision: id('d'), product: 'p', startedAt: began, endedAt: ended }
  const visit: Entry<'visit'> = {
    ...{ id: id('visit'), kind: 'visit', revision: 3, at, by: me },
    data: { ...about, worker: me, plannedStart: at, state: 'completed' }
  }
  const drawnVisit = (body: object) =>
    layOver([visit], [own('visit.record', { ...about, visit: 'visit', ...body })])[0]?.data

  test('is seen as the server will keep it: corrected, with what stood before behind it', () => {
    const body = { startedAt: at, reason: 'Unohdin aloittaa', state: 'completed' }
    expect(drawnVisit(body)).toMatchObject({
      ...{ plannedStart: at, startedAt: at, reason: 'Unohdin aloittaa' },
      formerly: [{ state: 'completed', startedAt: began, endedAt: ended, by: me, at }]
    })
  })

  test('as cancelled has no end left over from when it was thought to be held', () => {
    const { endedAt: _, ...cancelled } = { ...about, visit: 'visit', state: 'cancelled-late' }
    const [drawnOver] = layOver([visit], [own('visit.record', cancelled)])
    expect(drawnOver?.data).toMatchObject({
      state: 'cancelled-late',
      formerly: [{ endedAt: ended }]
    })
    expect((drawnOver?.data as Visit).endedAt).toBeUndefined()
  })
})

test('a record that the office declined is not so: the visit stands as it is held; one that nobody holds stays', () => {
  const data = { decision: id('d'), product: 'p', worker: me, state: 'completed', startedAt: at }
  const held = { id: id('v'), kind: 'visit', revision: 4, at, by: me, data } as Entry
  const body = {
    visit: id('v'),
    decision: id('d'),
    product: 'p',
    state: 'not-at-home',
    startedAt: at
  }
  const record = own('visit.record', body, refused)
  const states = (entries: readonly Entry[]) =>
    layOver(entries, [record]).map((entry) => (entry.data as Visit).state)
  expect(states([held])).toEqual(['completed'])
  expect(states([])).toEqual(['not-at-home'])
  const near = { from: 0, until: Date.parse('2027-01-01') }
  const face = faceOf([held] as never, me, near)
  expect(layOverFace(face, [record], me).visits[0]?.state).toBe('completed')
  expect(layOverFace(face, [own('visit.record', body)], me).visits[0]?.state).toBe('not-at-home')
})

describe('the day tells of the same notes as the visit', () => {
  const visit = { decision: id('d'), product: 'p', worker: me, state: 'completed', startedAt: at }
  const near = { from: 0, until: Date.parse('2027-01-01') }
  const faceWith = (...notes: Entry<'note'>[]) =>
    faceOf(
      [{ id: id('visit'), kind: 'visit', revision: 1, at, by: me, data: visit }, ...notes] as never,
      me,
      near
    )
  const noteOf = ({ visits }: HeldFace): FaceNote | null | undefined => visits[0]?.note
  const signed = note('mine', {}, { state: 'signed' })

  test.each<[string, Entry<'note'>[], Partial<FaceNote>]>([
    [
      'a signed note before a draft',
      [note('a', {}), signed],
      { id: id('mine'), beside: [id('a')] }
    ],
    [
      'a note before its fork',
      [note('a', {}, { forkOf: id('b') }), note('b', {})],
      { id: id('b'), state: 'draft', beside: [id('a')] }
    ],
    ['no merged draft', [signed, note('a', {}, { mergedInto: id('mine') })], { id: id('mine') }],
    [
      'no amendment',
      [note('a', {}, { state: 'signed', amends: id('mine') }), signed],
      { id: id('mine') }
    ]
  ])('%s', (_, notes, expected) => {
    const shown = noteOf(faceWith(...notes))
    expect(shown).toMatchObject(expected)
    expect(shown?.beside).toEqual(expected.beside)
  })

  const over = (face: HeldFace, ...operations: OwnOperation[]) =>
    noteOf(layOverFace(face, operations, me))
  const draft = own('note.draft', { note: 'more', visit: 'visit', fields: {} })
  const amend = { note: 'more', amends: 'mine', reason: 'Jäi', fields: {} }

  test('a draft beside a signed note is unfinished until it amends', () => {
    expect(over(faceWith(signed), draft)).toMatchObject({ id: 'mine', beside: ['more'] })
    const settled = over(faceWith(signed), draft, own('note.amend', amend))
    expect(settled).toEqual({ id: 'mine', state: 'signed', own: true })
  })

  test('an amendment that was turned down is unfinished again', () => {
    const shown = over(faceWith(signed), own('note.amend', amend, refused))
    expect(shown).toMatchObject({ id: 'mine', beside: ['more'] })
  })

  test('two drafts are unfinished until they are merged', () => {
    const face = faceWith(note('mine', {}), note('other', {}))
    expect(noteOf(face)).toMatchObject({ id: 'mine', beside: ['other'] })
    const merge = own('note.merge', { note: 'mine', fork: 'other', fields: {} })
    expect(over(face, merge)).toEqual({ id: 'mine', state: 'draft', own: true })
  })
})
