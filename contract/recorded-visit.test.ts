import { expect, test } from 'vitest'
import { toMoment } from './day.ts'
import { changesHours, isCorrection, recordedVisit } from './recorded-visit.ts'
import type { Visit, VisitRecord } from './visit.ts'

const at = (minutes: number) => toMoment(Date.parse('2026-11-22T07:00:00Z') + minutes * 60_000)
const recorded = (fields: Partial<Visit> = {}): Visit =>
  ({ state: 'completed', startedAt: at(0), endedAt: at(60), worker: 'helmi', ...fields }) as Visit
const told = (visit: Visit): Omit<VisitRecord, 'visit'> => visit as Omit<VisitRecord, 'visit'>
const split = { of: 2, part: 1 }

test('with whom a time was shared is told without a reason, and with one it is a correction', () => {
  const alone = recorded()
  expect(isCorrection(alone, recorded({ split }))).toBe(false)
  expect(isCorrection(recorded({ split }), recorded({ reason: 'Kirjasin väärin' }))).toBe(true)
  // What was said of an earlier correction is not said of this one.
  const mended = recorded({ reason: 'Unohdin aloittaa' })
  expect(isCorrection(mended, { ...mended, split })).toBe(false)
  expect(isCorrection(recorded({ state: 'started' }), recorded({ split }))).toBe(false)
})

test('§6 another sharing of a time that was over changes its hours, and of one that runs none', () => {
  expect(changesHours(recorded(), recorded({ split }))).toBe(true)
  expect(changesHours(recorded({ split }), recorded({ split }))).toBe(false)
  expect(changesHours(recorded({ state: 'started' }), recorded({ split }))).toBe(false)
})

test('a record that tells of no sharing says that there was none; what stood before is kept behind a correction', () => {
  const former = { data: recorded({ split }), by: 'helmi' as Visit['worker'], at: at(61) }
  const again = recordedVisit(former, told(recorded()), former.by)
  expect(again.split).toBeUndefined()
  expect(again.formerly).toBeUndefined()
  const mended = recordedVisit(former, told(recorded({ reason: 'Kirjasin väärin' })), former.by)
  expect(mended.formerly).toMatchObject([{ state: 'completed', split }])
})
