import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Day, Moment } from './day.ts'
import {
  isRecorded,
  isSettled,
  moved,
  nextStates,
  stands,
  stateOf,
  takenBack
} from './event-state.ts'
import type { EntryId, UserId } from './id.ts'
import {
  serviceEventStateSchema,
  type ServiceEvent,
  type ServiceEventState
} from './service-event.ts'

const id = '01935b2e-7c00-7000-8000-000000000001'
const made = { by: id as UserId, at: '2026-11-05T08:00:00Z' as Moment }
const states = serviceEventStateSchema.options

function begun(state: ServiceEventState): ServiceEvent {
  const start = '2026-11-03T07:00:00Z' as Moment
  return {
    visit: id as EntryId,
    decision: id as EntryId,
    organiser: 'mallikunta',
    product: 'home-service',
    channel: 'psop',
    day: '2026-11-03' as Day,
    told: { start, minutes: 60, unit: 'hour', outcome: 'completed' },
    history: [{ ...made, state }]
  }
}

/** Every life that the portals' guides tell of an event, from how it begins to where nothing follows. */
const lives = [
  // Taken by file, called a draft there, recorded, looked at by a person, settled, paid, credited in the end.
  'exported draft recorded under-review approved settled paid credited',
  // The file was recorded at once and approved by the portal itself; the organiser credits before it pays.
  'exported recorded approved settled credited',
  // Whoever looked at it sent it back to be recorded anew.
  'recorded under-review recorded under-review approved settled paid',
  // Until it is settled, whoever told it takes it out again.
  'exported withdrawn',
  'draft withdrawn',
  'recorded withdrawn',
  'recorded under-review withdrawn',
  'recorded approved withdrawn',
  // What no portal takes any more is not told, whether it was tried or not.
  'not-told',
  'exported not-told',
  'draft not-told'
].map((life) => life.split(' ').map((state) => serviceEventStateSchema.parse(state)))

const stepsOf = (life: readonly ServiceEventState[]): string[] =>
  life.slice(1).map((to, index) => `${life[index]} → ${to}`)

test('an event goes where the portal lets it go, and nowhere else', () => {
  const told = new Set(lives.flatMap(stepsOf))
  for (const from of states)
    for (const to of states) {
      const event = moved(begun(from), to, made)
      const step = `${from} → ${to}`
      expect([step, event !== null]).toEqual([step, told.has(step)])
      if (event) expect(stateOf(event)).toBe(to)
    }
  const first = new Set(lives.map(([beginning]) => beginning))
  expect(new Set(nextStates(null))).toEqual(first)
  for (const last of ['credited', 'withdrawn', 'not-told'] as const)
    expect(nextStates(last)).toEqual([])
})

test('what is settled leaves only by a credit, and nothing follows a credit', () => {
  for (const state of states.filter(isSettled))
    expect(nextStates(state).filter((next) => !stands(begun(next)))).toEqual(['credited'])
  expect(nextStates('credited')).toEqual([])
})

test('a draft and a file are not in the portal yet', () => {
  expect(states.filter(isRecorded)).toEqual([
    'recorded',
    'under-review',
    'approved',
    'settled',
    'paid'
  ])
})

test('a step taken back leaves the state before it, and both steps to be seen', () => {
  const walk = fc.array(fc.nat(8), { maxLength: 12 })
  fc.assert(
    fc.property(walk, (choices) => {
      const past: ServiceEvent[] = [begun('recorded')]
      for (const choice of choices) {
        const event = past.at(-1) ?? begun('recorded')
        const next = nextStates(stateOf(event))
        const to = next[choice % Math.max(1, next.length)]
        const after = to && moved(event, to, made)
        if (after) past.push(after)
      }
      let event = past.at(-1) ?? begun('recorded')
      const { length } = event.history
      for (const before of past.slice(0, -1).reverse()) {
        event = takenBack(event, { ...made, reason: 'väärä rivi' }) ?? event
        expect(stateOf(event)).toBe(stateOf(before))
      }
      expect(event.history).toHaveLength(length + past.length - 1)
      const none = takenBack(event, made)
      expect(none && stateOf(none)).toBe('withdrawn')
      expect(none && takenBack(none, made)).toBeNull()
    })
  )
})
