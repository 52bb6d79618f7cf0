import { describe, expect, test } from 'vitest'
import { toMoment, type Day } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { Face } from '#lib/sync/face.ts'
import {
  nextOf,
  unfinishedHref,
  unfinishedIn,
  unfinishedOf,
  unfinishedRows,
  visitsOn,
  weekFrom,
  type FaceVisit
} from './agenda.ts'

const me = 'me' as UserId
const at = (text: string) => toMoment(Date.parse(`2026-03-${text}+02:00`))

const visit = (id: string, fields: Partial<FaceVisit>) =>
  ({ id, worker: me, state: 'planned', note: null, ...fields }) as unknown as FaceVisit
const planned = (id: string, start: string, end: string, fields: Partial<FaceVisit> = {}) =>
  visit(id, { plannedStart: at(start), plannedEnd: at(end), ...fields })
const face = (firstName: string, ...visits: FaceVisit[]) =>
  ({ firstName, visits }) as unknown as Face

const ids = (found: readonly { visit: FaceVisit }[]) => found.map((of) => of.visit.id)

describe('the day of a worker', () => {
  const faces = [
    face('Aino', planned('noon', '02T12:00', '02T13:00'), planned('later', '04T09:00', '04T10:00')),
    face('Eino', planned('morning', '02T08:00', '02T09:00')),
    face('Oiva', planned('colleague', '02T10:00', '02T11:00', { worker: 'other' as UserId }))
  ]
  const day = '2026-03-02' as Day

  test('holds her own visits in the order of their times', () => {
    expect(ids(visitsOn(faces, me, day))).toEqual(['morning', 'noon'])
  })

  test('puts a visit on the day it really began', () => {
    const late = face(
      'Aino',
      planned('late', '02T23:30', '03T00:30', { startedAt: at('03T00:05'), state: 'started' })
    )
    expect(ids(visitsOn([late], me, '2026-03-03' as Day))).toEqual(['late'])
    expect(visitsOn([late], me, day)).toEqual([])
  })

  test.each([
    ['02T07:00', 'morning'],
    ['02T08:30', 'morning'],
    ['02T09:30', 'noon'],
    ['02T15:00', 'morning']
  ])('at %s the next one is %s', (time, expected) => {
    expect(nextOf(visitsOn(faces, me, day), Date.parse(at(time)))?.visit.id).toBe(expected)
  })

  test('has no next one when every visit is recorded', () => {
    const done = [
      face('Aino', planned('done', '02T08:00', '02T09:00', { state: 'completed' })),
      face('Eino', planned('off', '02T10:00', '02T11:00', { state: 'cancelled-late' }))
    ]
    expect(nextOf(visitsOn(done, me, day), Date.parse(at('02T07:00')))).toBeNull()
  })

  test('week has seven days, empty ones too', () => {
    const week = weekFrom(faces, me, day)
    expect(week.map(({ day: of, visits }) => [of.slice(-2), ids(visits)])).toEqual([
      ['02', ['morning', 'noon']],
      ['03', []],
      ['04', ['later']],
      ['05', []],
      ['06', []],
      ['07', []],
      ['08', []]
    ])
  })
})

describe('what is unfinished', () => {
  const note = (state: 'draft' | 'signed', own = true) =>
    ({ id: 'n', state, own }) as unknown as FaceVisit['note']

  test.each([
    ['a visit never stopped', { state: 'started' }, true],
    ['a draft', { state: 'completed', note: note('draft') }, true],
    ['a held visit without a note', { state: 'completed' }, true],
    [
      'a draft of a visit where nobody was home',
      { state: 'not-at-home', note: note('draft') },
      true
    ],
    ['a signed note', { state: 'completed', note: note('signed') }, false],
    [
      'a visit whose note a colleague wrote',
      { state: 'completed', note: note('draft', false) },
      false
    ],
    ['a visit to come', { state: 'planned' }, false],
    ['a cancelled visit', { state: 'cancelled-in-time' }, false],
    ['a visit where nobody was home', { state: 'not-at-home' }, false]
  ] as [string, Partial<FaceVisit>, boolean][])('%s', (_, fields, expected) => {
    expect(unfinishedOf([face('Aino', visit('v', fields))], me)).toHaveLength(expected ? 1 : 0)
  })

  test.each([
    ['draft', '/visits/v/versions?customership=c'],
    ['signed', '/visits/v?customership=c']
  ] as const)(
    'an own draft beside a %s note is unfinished, and is finished at %s',
    (state, href) => {
      const beside = { id: 'n', state, own: true, beside: ['m'] } as unknown as FaceVisit['note']
      const of = {
        face: { id: 'c' } as unknown as Face,
        visit: visit('v', { state: 'completed', note: beside })
      }
      expect(unfinishedIn(of)).toBe('versions')
      expect(unfinishedHref(of)).toBe(href)
    }
  )

  test('comes with what runs first, then the oldest', () => {
    const faces = [
      face('Aino', visit('new', { state: 'completed', startedAt: at('02T08:00') })),
      face('Eino', visit('runs', { state: 'started', startedAt: at('02T09:00') })),
      face('Oiva', visit('old', { state: 'completed', startedAt: at('01T08:00') }))
    ]
    expect(ids(unfinishedOf(faces, me))).toEqual(['runs', 'old', 'new'])
  })

  test('siblings visited together are one row; who is written of elsewhere is another when the visit is over', () => {
    const split = (part: number) => ({ split: { of: 3, part }, startedAt: at('02T09:00') })
    const rows = (state: 'started' | 'completed') =>
      unfinishedRows(
        [
          face('Oiva', visit('c', { state, ...split(3), product: 'family-work' })),
          face('Eino', visit('b', { state, ...split(2), product: 'care' })),
          face('Aino', visit('a', { state, ...split(1), product: 'care' })),
          face('Kerttu', visit('d', { state, startedAt: at('02T09:00') }))
        ],
        me
      ).map(({ of, firstNames }) => [of.visit.id, firstNames.join()])
    expect(rows('started')).toEqual([
      ['a', 'Aino,Eino,Oiva'],
      ['d', 'Kerttu']
    ])
    expect(rows('completed')).toEqual([
      ['a', 'Aino,Eino'],
      ['c', 'Oiva'],
      ['d', 'Kerttu']
    ])
  })
})
