import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyRecord, type ClosingRecord, type Warning } from '#contract/closing.ts'
import { daySchema } from '#contract/day-shape.ts'
import { addDays, toMoment, type Day } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import { peopleToWarn, warningsDue } from './warnings.ts'

const deleteBy = daySchema.parse('2026-12-31')
const before = (days: number): Day => addDays(deleteBy, -days)
const hold = (ground: string, until?: Day) =>
  ({ holds: [{ ground, ...(until && { until }) }] }) as unknown as Pick<ClosingRecord, 'holds'>

/** The server looks once a day on the given days before the deadline; what is told each time. */
function toldOn(days: readonly number[], record: Partial<ClosingRecord> = {}) {
  let warnings: readonly Warning[] = []
  return days.map((left) => {
    const standing = { ...emptyRecord, ...record, warnings: [...warnings] }
    const due = warningsDue({ deleteBy }, standing, null, before(left))
    const told = due.map((one) => ({ ...one, at: toMoment(0), to: [], seen: [] }))
    warnings = [...warnings, ...told]
    return due.map(({ daysBefore }) => daysBefore)
  })
}

test('§7 named people are warned 14, 7, 3 and 1 days before, once each', () => {
  const told = toldOn([20, 15, 14, 13, 8, 7, 6, 4, 3, 2, 1, 0])
  expect(told).toEqual([[], [], [14], [], [], [7], [], [], [3], [], [1], []])
})

test('a server that was off warns of the nearest step only', () => {
  expect(toldOn([5, 5, 0])).toEqual([[7], [], [1]])
})

test('what a hold keeps is not warned of, and a hand-over nobody confirms is, every day', () => {
  expect(toldOn([7, 3], hold('legal-claim'))).toEqual([[], []])
  const held = hold('unconfirmed-hand-over', addDays(deleteBy, 30))
  expect(toldOn([0, -1, -1, -2], held)).toEqual([[30], [29], [], [28]])
})

test('a lapse is warned of as a deletion is', () => {
  const due = warningsDue({ deleteBy: null }, emptyRecord, deleteBy, before(3))
  expect(due).toEqual([{ kind: 'lapse', day: deleteBy, daysBefore: 3 }])
})

test('no step is told twice and none is left out, whenever the server looks', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 }), (days) => {
      const looks = [...days].sort((a, b) => b - a)
      const told = toldOn(looks).flat()
      expect(new Set(told).size).toBe(told.length)
      if (looks.some((left) => left <= 14)) expect(told.length).toBeGreaterThan(0)
    })
  )
})

test('somebody is always warned: who is named, else who is responsible, else every main user', () => {
  const user = (name: string, role: string, state = 'active') => ({
    id: name as UserId,
    role,
    state
  })
  const users = [user('aino', 'main-user'), user('eino', 'main-user'), user('helmi', 'worker')]
  const ids = (...names: string[]) => names as UserId[]
  expect(peopleToWarn(users, ids('eino'), ids('aino'))).toEqual(['eino'])
  expect(peopleToWarn(users, ids('helmi'), ids('aino', 'helmi'))).toEqual(['aino'])
  expect(peopleToWarn(users, [], ids('helmi'))).toEqual(['aino', 'eino'])
  const gone = [user('aino', 'main-user', 'closed'), user('eino', 'main-user')]
  expect(peopleToWarn(gone, ids('aino'), [])).toEqual(['eino'])
})
