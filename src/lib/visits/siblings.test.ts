import { describe, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import { visitRecordSchema } from '#contract/visit.ts'
import type { Face } from '#lib/sync/face.ts'
import { candidatesOf, comingAlong, recordings, sharedAmong, siblingsOf } from './siblings.ts'

const me = 'me' as UserId
const at = (text: string) => toMoment(Date.parse(`2026-03-02T${text}:00+02:00`))
const split = (of: number, part: number) => ({ of, part })
type FaceVisit = Face['visits'][number]

const visit = (id: string, fields: object): FaceVisit =>
  ({ id, worker: me, state: 'planned', note: null, ...fields }) as unknown as FaceVisit
const face = (firstName: string, ...visits: FaceVisit[]): Face =>
  ({ id: firstName, firstName, visits }) as unknown as Face
const id = (name: string) => name as CustomershipId
const own = { startedAt: at('09:05'), plannedStart: at('09:00'), plannedEnd: at('11:00') }
const names = (found: readonly { face: Face }[]) => found.map((one) => one.face.firstName)

describe('siblings', () => {
  const runs = (part: number, fields: object = {}) => ({
    ...{ state: 'started', startedAt: at('09:05'), split: split(3, part) },
    ...fields
  })
  const faces = [
    face('Later', visit('d', runs(2, { startedAt: at('12:00') }))),
    face('Theirs', visit('f', runs(2, { worker: 'other' }))),
    face('Oiva', visit('c', runs(3))),
    face('Aino', visit('a', runs(1))),
    face('Eino', visit('b', runs(2))),
    face('Pair', visit('e', runs(2, { split: split(2, 2) }))),
    face('Alone', visit('g', runs(2, { split: undefined })))
  ]

  test('are the worker’s own visits that began at that moment, each one part of as many', () => {
    const found = siblingsOf(faces, id('Aino'), { ...own, split: split(3, 1) }, me)
    expect(names(found)).toEqual(['Eino', 'Oiva'])
    expect(siblingsOf(faces, id('Alone'), own, me)).toEqual([])
  })

  test('are each part once: of two families that began in one minute, who ended with it', () => {
    const ended = { state: 'completed', endedAt: at('10:00') }
    const both = [
      face('Other', visit('x', runs(2, ended))),
      face('Eino', visit('b', runs(2))),
      face('Same', visit('y', runs(1)))
    ]
    expect(names(siblingsOf(both, id('Aino'), { ...own, split: split(3, 1) }, me))).toEqual([
      'Eino'
    ])
    const over = { ...own, endedAt: at('10:00'), split: split(3, 1) }
    expect(names(siblingsOf(both, id('Aino'), over, me))).toEqual(['Other'])
  })

  test('may be whoever is held; first who is planned or has begun at that time, then by first name', () => {
    const others = [
      face('Väinö'),
      face('Eino', visit('noon', { plannedStart: at('12:00'), plannedEnd: at('13:00') })),
      face('Oiva', visit('along', { plannedStart: at('10:00'), plannedEnd: at('12:00') })),
      face('Kerttu', visit('runs', { state: 'started', startedAt: at('09:02') })),
      face(
        'Lumi',
        visit('theirs', { plannedStart: at('09:00'), plannedEnd: at('11:00'), worker: 'x' })
      ),
      face('Aino')
    ]
    const found = candidatesOf(others, own, me, [id('Aino')])
    expect(found.map((one) => [one.face.firstName, one.along?.id])).toEqual([
      ['Kerttu', 'runs'],
      ['Oiva', 'along'],
      ['Eino', undefined],
      ['Lumi', undefined],
      ['Väinö', undefined]
    ])
    expect(candidatesOf(others, own, me, Array<CustomershipId>(6).fill(id('Aino')))).toEqual([])
  })

  test('of a visit begun late are first who were planned with it, not who were planned for when it began', () => {
    const plan = (name: string, from: string, to: string) =>
      face(name, visit(name, { plannedStart: at(from), plannedEnd: at(to) }))
    const others = [plan('Aada', '12:00', '14:00'), plan('Otso', '09:00', '11:00')]
    const late = { ...own, startedAt: at('12:30') }
    expect(names(candidatesOf(others, late, me, [id('Aino')]))).toEqual(['Otso', 'Aada'])
  })
})

describe('a time that is shared', () => {
  const told = (name: string, fields: object = {}) => ({
    customership: id(name),
    occasion: {
      id: `0198c0de-0000-7000-8000-00000000000${name.length}` as EntryId,
      decision: '0198c0de-0000-7000-8000-0000000000d1' as EntryId,
      product: 'home-service',
      state: 'completed' as const,
      startedAt: at('09:05'),
      endedAt: at('10:00'),
      ...fields
    }
  })

  test('is told in each customership, with its part and nothing of the others', () => {
    const all = sharedAmong([told('Aino'), told('Kerttu'), told('Oi')])
    expect(all.map(({ customership, body }) => [customership, body.split])).toEqual([
      ['Aino', split(3, 1)],
      ['Kerttu', split(3, 2)],
      ['Oi', split(3, 3)]
    ])
    for (const { body } of all) {
      expect(visitRecordSchema.safeParse(body).success).toBe(true)
      expect(Object.keys(body).sort()).toEqual(
        ['visit', 'decision', 'product', 'startedAt', 'endedAt', 'state', 'split'].sort()
      )
    }
    expect(recordings(all)).toMatchObject([{ op: 'visit.record' }, {}, {}])
  })

  test('is whole again for the one who is left', () => {
    const [alone] = sharedAmong([told('Aino', { split: split(2, 2) })], 'Kirjasin väärin')
    expect(alone?.body).not.toHaveProperty('split')
    expect(alone?.body.reason).toBe('Kirjasin väärin')
  })

  test('has the same times for whoever comes along', () => {
    const its = {
      customership: id('Eino'),
      visit: 'v' as EntryId,
      decision: 'd' as EntryId,
      product: 'p'
    }
    const coming = comingAlong(told('Aino', { reason: 'Unohdin lopettaa' }), its)
    expect(coming).toEqual({
      customership: 'Eino',
      occasion: {
        id: 'v',
        ...{ decision: 'd', product: 'p', state: 'completed' },
        ...{ startedAt: at('09:05'), endedAt: at('10:00') }
      }
    })
    expect(comingAlong(told('Aino'), { ...its, reason: 'Yhteinen' }).occasion.reason).toBe(
      'Yhteinen'
    )
  })
})
