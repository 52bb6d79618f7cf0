import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, toMilliseconds, toMoment, type Day } from '#contract/day.ts'
import { isValidOn, type Decision } from '#contract/decision.ts'
import { grantedByMonth, tallyGrants } from '#contract/granted.ts'
import { hoursOf, hoursSeries } from '#contract/hours.ts'
import type { EntryId } from '#contract/id.ts'
import { daysOf, monthOf, monthsFrom, type Month } from '#contract/month.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import { tallyVisits } from '#contract/tally.ts'
import type { Visit } from '#contract/visit.ts'
import { decisionFigures } from '#server/summaries/figures.ts'

const idOf = (n: number) => `01935b2e-7c00-7000-8000-${String(n).padStart(12, '0')}` as EntryId
const decisionId = idOf(999)

const decisionOf = (fields: Partial<Decision> = {}) => ({
  id: decisionId,
  data: {
    organiser: 'mallikunta',
    product: 'home-service',
    funding: 'purchased',
    from: '2026-01-01',
    until: '2026-12-31',
    grantedMinutes: 600,
    grantedPer: 'month',
    ...fields
  } as Decision
})

const rule = (fields: Partial<OrganiserRule> = {}): OrganiserRule[] => [
  {
    organiser: 'mallikunta',
    from: '2020-01-01' as Day,
    roundingMinutes: 1,
    roundingMode: 'nearest',
    minBillableMinutes: 0,
    cancelNoticeHours: 24,
    cancelBillable: false,
    shared: 'each',
    ...fields
  }
]

/** `2026-10-25 23.30` on the wall in Helsinki. */
function wall(text: string) {
  const [day, clock = ''] = text.split(' ')
  const [hour, minute] = clock.split('.').map(Number)
  return toMoment(instantOf(day as Day, hour, minute))
}

const at = (from: string, to: string, fields: Partial<Visit> = {}): Visit => {
  const ends = { startedAt: wall(from), endedAt: wall(to) }
  return {
    decision: decisionId,
    product: 'home-service',
    worker: 'one',
    state: 'completed',
    ...ends,
    ...fields
  } as Visit
}
const called = (from: string, to: string, state: Visit['state']): Visit => {
  const { startedAt: _start, endedAt: _end, ...rest } = at(from, to, { state })
  return { ...rest, plannedStart: wall(from), plannedEnd: wall(to) }
}
const named = (visits: readonly Visit[]) => visits.map((data, n) => ({ id: idOf(n), data }))

interface Golden {
  readonly name: string
  readonly decision?: Partial<Decision>
  readonly rule?: Partial<OrganiserRule>
  readonly visits: readonly Visit[]
  readonly month: string
  /** Worked out by hand, in minutes. */
  readonly billed: readonly number[]
  readonly granted: number
  readonly sum: number
  readonly cumulative: number
  readonly left: number
  readonly overruns?: readonly (readonly [first: string, granted: number, used: number])[]
}

const months: readonly Golden[] = [
  {
    name: 'to the nearest quarter: 67 minutes are 60, 68 are 75',
    rule: { roundingMinutes: 15 },
    visits: [at('2026-10-05 9.00', '2026-10-05 10.07'), at('2026-10-06 9.00', '2026-10-06 10.08')],
    month: '2026-10',
    billed: [60, 75],
    ...{ granted: 600, sum: 135, cumulative: 135, left: 465 }
  },
  {
    name: 'up to the half hour begun: 61 minutes are 90, 60 are 60',
    rule: { roundingMinutes: 30, roundingMode: 'up' },
    visits: [at('2026-10-05 9.00', '2026-10-05 10.01'), at('2026-10-06 9.00', '2026-10-06 10.00')],
    month: '2026-10',
    billed: [90, 60],
    ...{ granted: 600, sum: 150, cumulative: 150, left: 450 }
  },
  {
    name: 'down to the quarter, and never under three quarters: 20 minutes are 45, 89 are 75',
    rule: { roundingMinutes: 15, roundingMode: 'down', minBillableMinutes: 45 },
    visits: [at('2026-10-05 9.00', '2026-10-05 9.20'), at('2026-10-06 9.00', '2026-10-06 10.29')],
    month: '2026-10',
    billed: [45, 75],
    ...{ granted: 600, sum: 120, cumulative: 120, left: 480 }
  },
  {
    name: 'over the midnight of a month: whole in the month in which it begins',
    visits: [at('2026-10-31 22.30', '2026-11-01 1.00')],
    month: '2026-10',
    billed: [150],
    ...{ granted: 600, sum: 150, cumulative: 150, left: 450 }
  },
  {
    name: 'the month after that midnight has none of it, but has it in what was used so far',
    visits: [at('2026-10-31 22.30', '2026-11-01 1.00'), at('2026-11-02 9.00', '2026-11-02 10.00')],
    month: '2026-11',
    billed: [60],
    ...{ granted: 600, sum: 60, cumulative: 210, left: 540 }
  },
  {
    name: 'the night in which the clocks go back lasts an hour longer: 23 to 5 is seven hours',
    visits: [at('2026-10-24 23.00', '2026-10-25 5.00')],
    month: '2026-10',
    billed: [420],
    ...{ granted: 600, sum: 420, cumulative: 420, left: 180 }
  },
  {
    name: 'the night in which they go forward lasts an hour less: 23 to 5 is five hours',
    visits: [at('2026-03-28 23.00', '2026-03-29 5.00')],
    month: '2026-03',
    billed: [300],
    ...{ granted: 600, sum: 300, cumulative: 300, left: 300 }
  },
  {
    name: 'cancelled in time is nothing; late, and nobody at home, are the planned time, rounded up',
    rule: { cancelBillable: true, roundingMinutes: 30, roundingMode: 'up' },
    visits: [
      called('2026-10-05 9.00', '2026-10-05 11.00', 'cancelled-in-time'),
      called('2026-10-06 13.00', '2026-10-06 14.10', 'cancelled-late'),
      called('2026-10-07 9.00', '2026-10-07 10.00', 'not-at-home'),
      called('2026-10-08 9.00', '2026-10-08 10.00', 'cancelled-by-provider')
    ],
    month: '2026-10',
    billed: [0, 90, 60, 0],
    ...{ granted: 600, sum: 150, cumulative: 150, left: 450 }
  },
  {
    name: 'cancelled late under a rule that bills none of it',
    visits: [
      called('2026-10-06 13.00', '2026-10-06 14.10', 'cancelled-late'),
      at('2026-10-07 9.00', '2026-10-07 10.00')
    ],
    month: '2026-10',
    billed: [0, 60],
    ...{ granted: 600, sum: 60, cumulative: 60, left: 540 }
  },
  {
    name: 'more than the month was granted is told, and left is less than nothing',
    decision: { grantedMinutes: 120 },
    visits: [at('2026-10-05 9.00', '2026-10-05 10.00'), at('2026-10-06 9.00', '2026-10-06 10.30')],
    month: '2026-10',
    billed: [60, 90],
    ...{ granted: 120, sum: 150, cumulative: 150, left: -30 },
    overruns: [['2026-10-01', 120, 150]]
  },
  {
    name: 'a grant in one sum: what earlier months took counts, and a later month does not',
    decision: { grantedMinutes: 300, grantedPer: 'total' },
    visits: [
      at('2026-09-05 9.00', '2026-09-05 12.20'),
      at('2026-10-06 9.00', '2026-10-06 11.30'),
      at('2026-11-06 9.00', '2026-11-06 11.30')
    ],
    month: '2026-10',
    billed: [150],
    ...{ granted: 300, sum: 150, cumulative: 350, left: -50 },
    overruns: [['2026-01-01', 300, 350]]
  },
  {
    name: 'a week over the turn of the month overruns where its minutes did: Sunday, 1 November',
    decision: {
      grantedMinutes: 60,
      grantedPer: 'week',
      from: '2026-10-01' as Day,
      until: '2026-11-30' as Day
    },
    visits: [at('2026-10-27 9.00', '2026-10-27 9.40'), at('2026-11-01 9.00', '2026-11-01 9.30')],
    month: '2026-11',
    billed: [30],
    // Mondays 2, 9, 16, 23 and 30 November.
    ...{ granted: 300, sum: 30, cumulative: 70, left: 300 },
    overruns: [['2026-10-26', 60, 70]]
  },
  {
    name: 'a week that a decision begins in the middle of is granted in the month of its first day',
    decision: {
      grantedMinutes: 60,
      grantedPer: 'week',
      from: '2026-10-01' as Day,
      until: '2026-11-30' as Day
    },
    visits: [at('2026-10-27 9.00', '2026-10-27 9.40')],
    month: '2026-10',
    billed: [40],
    // The week of Thursday, 1 October, and Mondays 5, 12, 19 and 26.
    ...{ granted: 300, sum: 40, cumulative: 40, left: 260 }
  },
  {
    name: 'five Sundays of ten hours, four Mondays of ten hours granted: nothing is overrun, nothing owed',
    decision: { grantedMinutes: 600, grantedPer: 'week' },
    visits: ['03', '10', '17', '24', '31'].map((day) =>
      at(`2026-05-${day} 8.00`, `2026-05-${day} 18.00`)
    ),
    month: '2026-05',
    billed: [600, 600, 600, 600, 600],
    // Mondays 4, 11, 18 and 25 May; Sunday the 3rd is of the week that April granted.
    ...{ granted: 2400, sum: 3000, cumulative: 3000, left: 0 }
  },
  {
    name: 'a grant in one sum is the whole grant also of a visit after its last day',
    decision: {
      grantedMinutes: 6000,
      grantedPer: 'total',
      from: '2026-01-01' as Day,
      until: '2026-06-30' as Day
    },
    visits: [at('2026-05-05 8.00', '2026-05-05 18.00'), at('2026-07-02 9.00', '2026-07-02 10.00')],
    month: '2026-07',
    billed: [60],
    ...{ granted: 6000, sum: 60, cumulative: 660, left: 5340 }
  },
  {
    name: 'two workers at one time, which the rule counts once',
    rule: { shared: 'once' },
    visits: [
      at('2026-10-05 9.00', '2026-10-05 10.00'),
      at('2026-10-05 9.00', '2026-10-05 10.00', { worker: 'two' as Visit['worker'] })
    ],
    month: '2026-10',
    billed: [60, 0],
    ...{ granted: 600, sum: 60, cumulative: 60, left: 540 }
  },
  {
    name: 'two decisions: each month is debited from the one that the visit names',
    visits: [
      at('2026-10-05 9.00', '2026-10-05 10.00'),
      at('2026-10-20 9.00', '2026-10-20 12.00', { decision: idOf(998) })
    ],
    month: '2026-10',
    billed: [60],
    ...{ granted: 600, sum: 60, cumulative: 60, left: 540 }
  },
  {
    name: 'an end before its beginning is no minute, and takes none from another visit',
    visits: [at('2026-10-05 10.00', '2026-10-05 9.00'), at('2026-10-06 9.00', '2026-10-06 10.00')],
    month: '2026-10',
    billed: [0, 60],
    ...{ granted: 600, sum: 60, cumulative: 60, left: 540 }
  }
]

describe('§10 months worked out by hand', () => {
  test.each(months)('$name', (golden) => {
    const figures = decisionFigures(
      decisionOf(golden.decision),
      named(golden.visits),
      golden.month as Month,
      rule(golden.rule)
    )
    expect({
      billed: figures.rows.map(({ billableMinutes }) => billableMinutes),
      granted: figures.grantedMinutes,
      sum: figures.monthMinutes,
      cumulative: figures.cumulativeMinutes,
      left: figures.leftMinutes,
      overruns: figures.overruns.map((one) => [one.first, one.grantedMinutes, one.usedMinutes])
    }).toEqual({
      billed: golden.billed,
      granted: golden.granted,
      sum: golden.sum,
      cumulative: golden.cumulative,
      left: golden.left,
      overruns: golden.overruns ?? []
    })
  })
})

const states = [
  'completed',
  'cancelled-in-time',
  'cancelled-late',
  'not-at-home',
  'cancelled-by-provider',
  'planned'
] as const
const minute = 60_000
const visitArbitrary = fc
  .record({
    start: fc.integer({
      min: Date.parse('2026-01-01') / minute,
      max: Date.parse('2027-01-01') / minute
    }),
    minutes: fc.integer({ min: -30, max: 700 }),
    state: fc.constantFrom(...states),
    worker: fc.constantFrom('one', 'two')
  })
  .map(({ start, minutes, state, worker }): Visit => {
    const [from, to] = [toMoment(start * minute), toMoment((start + minutes) * minute)]
    const ends =
      state === 'completed'
        ? { startedAt: from, endedAt: to }
        : { plannedStart: from, plannedEnd: to }
    return {
      ...{ decision: decisionId, product: 'home-service', state },
      worker: worker as Visit['worker'],
      ...ends
    }
  })
const ruleArbitrary = fc
  .record({
    roundingMinutes: fc.integer({ min: 1, max: 60 }),
    roundingMode: fc.constantFrom('up' as const, 'nearest' as const, 'down' as const),
    minBillableMinutes: fc.integer({ min: 0, max: 120 }),
    cancelBillable: fc.boolean(),
    shared: fc.constantFrom('once' as const, 'each' as const)
  })
  .map((terms) => rule(terms))
const decisionArbitrary = fc
  .record({
    first: fc.integer({ min: 0, max: 300 }),
    days: fc.integer({ min: 0, max: 300 }),
    grantedPer: fc.constantFrom('week' as const, 'month' as const, 'total' as const),
    grantedMinutes: fc.integer({ min: 0, max: 3000 })
  })
  .map(({ first, days, ...fields }) => {
    const from = addDays('2026-01-01' as Day, first)
    return decisionOf({ ...fields, from, until: addDays(from, days) })
  })
const history = fc.tuple(
  decisionArbitrary,
  fc.array(visitArbitrary, { maxLength: 20 }),
  ruleArbitrary
)
const year = monthsFrom('2025-12' as Month, '2027-09' as Month)
const dayOf = ({ startedAt, plannedStart }: Visit) =>
  dayAt(toMilliseconds((startedAt ?? plannedStart)!))
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

describe('§10 the sums agree', () => {
  test('of the visits, of the months, of the hours and of the statistics', () => {
    fc.assert(
      fc.property(history, ([decision, visits, rules]) => {
        const figures = year.map((month) => decisionFigures(decision, named(visits), month, rules))
        for (const one of figures) {
          expect(sum(one.rows.map((row) => row.billableMinutes))).toBe(one.monthMinutes)
          expect(sum(one.rows.map((row) => row.actualMinutes))).toBe(one.actualMinutes)
          expect(sum(one.rows.map((row) => row.plannedMinutes))).toBe(one.plannedMinutes)
        }
        const all = sum(figures.map(({ monthMinutes }) => monthMinutes))
        expect(figures.at(-1)?.cumulativeMinutes).toBe(all)
        const hours = hoursSeries(decision.id, decision.data, visits, rules)
        expect(sum(hours.map(({ usedMinutes }) => usedMinutes))).toBe(all)
        const tallies = tallyVisits([decision], named(visits), rules)
        for (const [index, month] of year.entries()) {
          const told = tallies.find((one) => {
            return one.month === month && one.organiser === null && one.product === null
          })
          expect(told?.billableMinutes ?? 0).toBe(figures[index]?.monthMinutes)
          expect(told?.actualMinutes ?? 0).toBe(figures[index]?.actualMinutes)
        }
      })
    )
  })

  test('what the statistics say was granted is what the summaries and the hours say', () => {
    fc.assert(
      fc.property(history, ([decision]) => {
        const { id, data } = decision
        const last = year.at(-1) ?? monthOf(data.until)
        const granted = grantedByMonth(data, last)
        const hours = hoursSeries(id, data, [], [])
        expect(sum([...granted.values()])).toBe(sum(hours.map((one) => one.grantedMinutes)))
        if (data.grantedPer === 'total') return
        for (const month of year) {
          const { grantedMinutes } = decisionFigures(decision, [], month, [])
          expect(granted.get(month) ?? 0).toBe(grantedMinutes)
        }
        const counted = tallyGrants([data], null, last)
        const all = counted.filter((one) => one.organiser === null && one.product === null)
        expect(all.map(({ month, amount }) => [month, amount])).toEqual([...granted])
      })
    )
  })

  test('each week of a grant is granted in one month and no other', () => {
    fc.assert(
      fc.property(history, ([decision, visits, rules]) => {
        if (decision.data.grantedPer !== 'week') return
        const figures = year.map((month) => decisionFigures(decision, named(visits), month, rules))
        const granted = sum(
          hoursSeries(decision.id, decision.data, [], rules).map((one) => one.grantedMinutes)
        )
        expect(sum(figures.map(({ grantedMinutes }) => grantedMinutes))).toBe(granted)
      })
    )
  })

  test('what is left is what the hours said when the month was over, and a month that overran nothing owes nothing', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...year), ([decision, visits, rules], month) => {
        const { id, data } = decision
        const held = visits.filter((visit) => visit.state !== 'planned')
        const known = held.filter((visit) => dayOf(visit) <= daysOf(month).last)
        const { leftMinutes } = decisionFigures(decision, named(visits), month, rules)
        const series = hoursSeries(id, data, known, rules)
        if (series.every((one) => one.usedMinutes <= one.grantedMinutes))
          expect(leftMinutes).toBeGreaterThanOrEqual(0)
        if (data.grantedPer !== 'week') {
          const now = instantOf(daysOf(month).last, 12)
          expect(leftMinutes).toBe(hoursOf(id, data, known, now, rules).leftMinutes)
        } else if (known.every((visit) => isValidOn(data, dayOf(visit)))) {
          const weeks = series.filter(({ first }) => {
            return monthOf(first < data.from ? data.from : first) === month
          })
          expect(leftMinutes).toBe(sum(weeks.map((week) => week.leftMinutes)))
        }
      })
    )
  })

  test('every visit with an outcome is a row of exactly one month, and what comes later changes none before', () => {
    fc.assert(
      fc.property(history, ([decision, visits, rules]) => {
        const rows = year.flatMap((month) =>
          decisionFigures(decision, named(visits), month, rules).rows.map((row) => {
            expect(monthOf(row.day)).toBe(month)
            return row.visit
          })
        )
        const ended = named(visits).filter(({ data }) => data.state !== 'planned')
        expect(rows.toSorted()).toEqual(ended.map(({ id }) => id).toSorted())

        const june = '2026-06' as Month
        const earlier = named(visits).filter(({ data }) => dayOf(data) < '2026-07-01')
        expect(decisionFigures(decision, named(visits), june, rules)).toEqual(
          decisionFigures(decision, earlier, june, rules)
        )
      })
    )
  })
})
