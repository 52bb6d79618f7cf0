import { expect, test } from 'vitest'
import { instantOf, toMoment, type Day } from '#contract/day.ts'
import { emptyIncident, incidentToForm, readIncidentForm } from './incident-form.ts'

const now = instantOf('2026-11-22' as Day, 9, 5)
const filled = { ...emptyIncident(now), kind: 'lost-device', persons: '2', what: 'Katosi' }

test('an empty form says what is wanting, and a filled one is noticed now unless told', () => {
  expect(readIncidentForm(emptyIncident(now), now)).toEqual({ wrong: ['kind', 'persons', 'what'] })
  expect(readIncidentForm(filled, now)).toMatchObject({
    read: { noticedAt: toMoment(now), happened: null, persons: 2 }
  })
})

test('nothing is noticed ahead of its time, nor ends before it begins', () => {
  const wrong = (more: object) => readIncidentForm({ ...filled, ...more }, now)
  expect(wrong({ time: '09:06' })).toEqual({ wrong: ['time'] })
  expect(wrong({ until: '2026-11-20' })).toEqual({ wrong: ['from'] })
  expect(wrong({ from: '2026-11-21', until: '2026-11-20' })).toEqual({ wrong: ['until'] })
  expect(wrong({ from: '2026-11-23' })).toEqual({ wrong: ['from'] })
})

test('what was registered fills the form, and is read again as it was', () => {
  const reading = readIncidentForm({ ...filled, from: '2026-11-20', until: '2026-11-21' }, now)
  if (!('read' in reading)) throw new Error('it is whole')
  const record = { ...reading.read, registeredBy: 'x', registeredAt: toMoment(now), steps: [] }
  const again = readIncidentForm(incidentToForm(record as never), now)
  expect(again).toEqual(reading)
})
