import { expect, test } from 'vitest'
import { daySchema } from './day-shape.ts'
import { instantOf, toMilliseconds, toMoment, wallTimeAt } from './day.ts'
import { entryIdSchema, userIdSchema } from './id.ts'
import { clashesIn, isoWeekOf, onDay, weeklyAfter, weeklyShare } from './week.ts'

const day = (text: string) => daySchema.parse(text)
const [helmi, outi] = ['1', '2'].map((end) =>
  userIdSchema.parse(`01935b2e-7c00-7000-8000-00000000000${end}`)
)
const decision = entryIdSchema.parse('01935b2e-7c00-7000-8000-000000000009')

const plan = (on: string, hour: number, hours = 1, worker = helmi, state = 'planned' as const) => ({
  decision,
  worker: worker ?? userIdSchema.parse(''),
  state,
  plannedStart: toMoment(instantOf(day(on), hour)),
  plannedEnd: toMoment(instantOf(day(on), hour) + hours * 3_600_000)
})
const wall = (moment: string) => {
  const { day, hour, minute } = wallTimeAt(toMilliseconds(moment as never))
  return `${day} ${hour}.${String(minute).padStart(2, '0')}`
}

test('one person is not in two homes, also over midnight; coming as another ends is no clash', () => {
  const first = plan('2026-11-23', 22, 4)
  const night = plan('2026-11-24', 1)
  const next = plan('2026-11-24', 2)
  const others = plan('2026-11-24', 1, 1, outi)
  expect(clashesIn([first, night, next, others])).toEqual(new Set([first, night]))
  const cancelled = { ...night, state: 'cancelled-by-provider' as const }
  expect(clashesIn([first, cancelled]).size).toBe(0)
})

test('a repeated visit keeps its time by the clock on the wall over both changes of time', () => {
  const spring = weeklyAfter(plan('2026-03-23', 9), { times: 2 })
  expect(spring.map((each) => wall(each.plannedStart))).toEqual([
    '2026-03-30 9.00',
    '2026-04-06 9.00'
  ])
  expect(spring[0]?.plannedStart).toBe('2026-03-30T06:00:00.000Z')
  const autumn = weeklyAfter(plan('2026-10-19', 9), { until: day('2026-11-02') })
  expect(autumn.map((each) => wall(each.plannedStart))).toEqual([
    '2026-10-26 9.00',
    '2026-11-02 9.00'
  ])
  expect(autumn[0]?.plannedStart).toBe('2026-10-26T07:00:00.000Z')
})

test('a night visit moved to another day ends on the day after that', () => {
  const moved = onDay(plan('2026-11-23', 22, 4), day('2026-11-27'))
  expect([wall(moved.plannedStart), wall(moved.plannedEnd)]).toEqual([
    '2026-11-27 22.00',
    '2026-11-28 2.00'
  ])
})

test('a week belongs to the year of its Thursday', () => {
  expect(isoWeekOf(day('2026-01-01'))).toBe(1)
  expect(isoWeekOf(day('2026-12-31'))).toBe(53)
  expect(isoWeekOf(day('2027-01-03'))).toBe(53)
  expect(isoWeekOf(day('2027-01-04'))).toBe(1)
})

test('§6 a week ought to bring its share of a monthly grant, of the days that are valid', () => {
  const grant = { from: day('2026-11-01'), until: day('2026-11-25'), grantedMinutes: 600 }
  const monday = day('2026-11-23')
  expect(weeklyShare({ ...grant, grantedPer: 'week' }, monday)).toBe(600)
  expect(weeklyShare({ ...grant, grantedPer: 'month' }, monday)).toBe(60)
  expect(weeklyShare({ ...grant, grantedPer: 'total' }, monday)).toBeNull()
})
