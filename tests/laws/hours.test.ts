import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billableMinutes, countVisits, roundMinutes } from '#contract/counted-visit.ts'
import { addDays, dayAt, instantOf, mondayOf, toMoment, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { hoursBeyond, hoursOf, hoursOverTime, hoursSeries } from '#contract/hours.ts'
import type { OrganiserRule, RuleTerms } from '#contract/organiser-rule.ts'
import type { Visit } from '#contract/visit.ts'

const decisionId = '01935b2e-7c00-7000-8000-000000000001'
const minute = 60_000
const hour = 60 * minute

const decisionOf = (fields: Partial<Decision> = {}) =>
  ({
    organiser: 'mallikunta',
    product: 'home-service',
    from: '2026-01-01',
    until: '2026-12-31',
    grantedMinutes: 600,
    grantedPer: 'month',
    ...fields
  }) as Decision

const held = (start: number, minutes: number, fields: Partial<Visit> = {}) =>
  ({
    decision: decisionId,
    product: 'home-service',
    worker: 'one',
    state: 'completed',
    startedAt: toMoment(start),
    endedAt: toMoment(start + minutes * minute),
    ...fields
  }) as Visit

const planned = (start: number, minutes: number, fields: Partial<Visit> = {}) =>
  ({
    decision: decisionId,
    product: 'home-service',
    worker: 'one',
    state: 'planned',
    plannedStart: toMoment(start),
    plannedEnd: toMoment(start + minutes * minute),
    ...fields
  }) as Visit

const ruleOf = (fields: Partial<OrganiserRule> = {}): OrganiserRule => ({
  organiser: 'mallikunta',
  from: '2020-01-01' as Day,
  roundingMinutes: 1,
  roundingMode: 'nearest',
  minBillableMinutes: 0,
  cancelNoticeHours: 24,
  cancelBillable: false,
  shared: 'each',
  ...fields
})

const terms: fc.Arbitrary<RuleTerms> = fc.record({
  roundingMinutes: fc.integer({ min: 1, max: 60 }),
  roundingMode: fc.constantFrom('up' as const, 'nearest' as const, 'down' as const),
  minBillableMinutes: fc.integer({ min: 0, max: 480 }),
  cancelNoticeHours: fc.integer({ min: 0, max: 168 }),
  cancelBillable: fc.boolean(),
  shared: fc.constantFrom('once' as const, 'each' as const)
})
const minutesArbitrary = fc.integer({ min: 0, max: 3000 })
const instants = fc
  .integer({ min: Date.parse('2025-11-01') / minute, max: Date.parse('2027-02-28') / minute })
  .map((minutes) => minutes * minute)
const visits = fc.array(
  fc
    .tuple(instants, fc.integer({ min: 0, max: 700 }), fc.boolean())
    .map(([start, minutes, isHeld]) => (isHeld ? held(start, minutes) : planned(start, minutes))),
  { maxLength: 25 }
)
const decisions = fc
  .record({
    first: fc.integer({ min: -100, max: 300 }),
    days: fc.integer({ min: 0, max: 400 }),
    grantedPer: fc.constantFrom('week' as const, 'month' as const, 'total' as const),
    grantedMinutes: fc.integer({ min: 0, max: 3000 })
  })
  .map(({ first, days, ...fields }) => {
    const from = addDays('2026-03-01' as Day, first)
    return decisionOf({ from, until: addDays(from, days), ...fields })
  })

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

describe('§6 rounding', () => {
  test('goes where its mode says, to a whole step, and no further than a step', () => {
    fc.assert(
      fc.property(minutesArbitrary, terms, (minutes, rule) => {
        const rounded = roundMinutes(minutes, rule)
        expect(rounded % rule.roundingMinutes).toBe(0)
        if (rule.roundingMode === 'up') expect(rounded).toBeGreaterThanOrEqual(minutes)
        if (rule.roundingMode === 'down') expect(rounded).toBeLessThanOrEqual(minutes)
        const furthest = rule.roundingMode === 'nearest' ? 0.5 : 1
        expect(Math.abs(rounded - minutes)).toBeLessThanOrEqual(furthest * rule.roundingMinutes)
      })
    )
  })

  test('never turns a longer visit into a shorter one', () => {
    fc.assert(
      fc.property(minutesArbitrary, minutesArbitrary, terms, (one, other, rule) => {
        const [less, more] = one < other ? [one, other] : [other, one]
        expect(billableMinutes(less, rule)).toBeLessThanOrEqual(billableMinutes(more, rule))
      })
    )
  })

  test('once is for good: what is round stays as it is', () => {
    fc.assert(
      fc.property(minutesArbitrary, terms, (minutes, rule) => {
        const rounded = roundMinutes(minutes, rule)
        expect(roundMinutes(rounded, rule)).toBe(rounded)
      })
    )
  })

  test('bills nothing for nothing, and never less than the minimum for something', () => {
    fc.assert(
      fc.property(minutesArbitrary, terms, (minutes, rule) => {
        const billed = billableMinutes(minutes, rule)
        if (minutes === 0) expect(billed).toBe(0)
        else expect(billed).toBeGreaterThanOrEqual(rule.minBillableMinutes)
      })
    )
  })
})

describe('§6 the sum of the periods is the sum of the visits', () => {
  test('whatever they cross: midnight, a week, a month, the first and the last day of the decision', () => {
    fc.assert(
      fc.property(decisions, visits, terms, (decision, all, rule) => {
        const rules = [{ ...ruleOf(), ...rule }]
        const counted = countVisits(decisionId, decision, all, rules)
        const series = hoursSeries(decisionId, decision, all, rules)
        expect(sum(series.map(({ usedMinutes }) => usedMinutes))).toBe(
          sum(counted.map((each) => each.billableMinutes))
        )
        expect(sum(series.map(({ plannedMinutes }) => plannedMinutes))).toBe(
          sum(counted.map((each) => each.expectedMinutes))
        )
      })
    )
  })

  test('the periods follow each other without a gap, cover the validity, and each is told alike on any day of it', () => {
    fc.assert(
      fc.property(decisions, visits, (decision, all) => {
        const series = hoursSeries(decisionId, decision, all, [])
        const valid = series.filter(
          ({ first, last }) => first <= decision.until && decision.from <= last
        )
        expect(valid[0]!.first <= decision.from && valid.at(-1)!.last >= decision.until).toBe(true)
        for (const [index, period] of valid.entries()) {
          if (index > 0) expect(period.first).toBe(addDays(valid[index - 1]!.last, 1))
          expect(period.grantedMinutes).toBe(decision.grantedMinutes)
          for (const at of [instantOf(period.first), instantOf(period.last, 23, 59)])
            expect(hoursOf(decisionId, decision, all, at, [])).toEqual(period)
        }
        for (const outside of series.filter((period) => !valid.includes(period)))
          expect(outside.grantedMinutes).toBe(0)
      })
    )
  })

  test('drawn over time, a grant in one sum ends at what it is as a whole', () => {
    fc.assert(
      fc.property(decisions, visits, (some, all) => {
        const decision = { ...some, grantedPer: 'total' as const }
        const { grantedMinutes, usedMinutes, plannedMinutes, leftMinutes } = hoursOf(
          decisionId,
          decision,
          all,
          instantOf(decision.from),
          []
        )
        const drawn = hoursOverTime(decisionId, decision, all, [])
        expect(drawn.at(-1)).toMatchObject({
          grantedMinutes,
          usedMinutes,
          plannedMinutes,
          leftMinutes
        })
        const taken = drawn.map((month) => month.usedMinutes + month.plannedMinutes)
        expect(taken).toEqual([...taken].sort((one, other) => one - other))
      })
    )
  })

  test('left is what is neither used nor planned, and it may be less than nothing', () => {
    fc.assert(
      fc.property(decisions, visits, (decision, all) => {
        for (const period of hoursSeries(decisionId, decision, all, []))
          expect(period.leftMinutes + period.usedMinutes + period.plannedMinutes).toBe(
            period.grantedMinutes
          )
      })
    )
  })
})

describe('§6 a visit is counted on instants and belongs to the day on which it begins', () => {
  const start = (day: string, clock: number) => instantOf(day as Day, clock)

  test('over midnight, also at the end of a month', () => {
    const night = held(start('2026-01-31', 22), 5 * 60)
    const [january, february] = hoursSeries(decisionId, decisionOf(), [night], [])
    expect([january?.usedMinutes, february?.usedMinutes]).toEqual([300, 0])
  })

  test('over the last day of the decision it is still debited from it', () => {
    const night = held(start('2026-12-31', 22), 5 * 60)
    const decision = decisionOf({ grantedPer: 'total' })
    expect(hoursSeries(decisionId, decision, [night], [])).toMatchObject([
      { grantedMinutes: 600, usedMinutes: 300 }
    ])
  })

  test('after the last day it is neither granted nor lost', () => {
    const late = held(start('2027-01-03', 9), 60)
    expect(hoursSeries(decisionId, decisionOf(), [late], []).at(-1)).toMatchObject({
      first: '2027-01-01',
      grantedMinutes: 0,
      usedMinutes: 60,
      leftMinutes: -60
    })
  })

  test('only from the decision that it names', () => {
    fc.assert(
      fc.property(visits, (all) => {
        const others = all.map((visit) => ({ ...visit, decision: 'another' }) as unknown as Visit)
        expect(countVisits(decisionId, decisionOf(), others, [])).toEqual([])
        const one = hoursSeries(decisionId, decisionOf(), all, [])
        expect(hoursSeries(decisionId, decisionOf(), [...all, ...others], [])).toEqual(one)
      })
    )
  })

  test.each([
    ['2026-03-29', 'an hour is skipped', 7],
    ['2026-10-25', 'an hour is lived twice', 9],
    ['2026-06-14', 'nothing happens', 8]
  ])('on %s, when %s, the night from 22 to 6 is %i hours', (day, _what, hours) => {
    const from = start(addDays(day as Day, -1), 22)
    const visit = held(from, (start(day, 6) - from) / minute)
    const [counted] = countVisits(decisionId, decisionOf(), [visit], [])
    expect(counted).toMatchObject({
      day: addDays(day as Day, -1),
      actualMinutes: hours * 60,
      billableMinutes: hours * 60
    })
  })

  test('on both days of daylight saving, any visit lasts what a stopwatch says and has the day that the wall shows', () => {
    const around = fc.constantFrom('2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31')
    fc.assert(
      fc.property(
        around,
        fc.nat(48 * 60),
        fc.integer({ min: 1, max: 900 }),
        (day, shift, length) => {
          const from = Date.parse(`${day}T00:00:00Z`) - 12 * hour + shift * minute
          const [counted] = countVisits(decisionId, decisionOf(), [held(from, length)], [])
          expect(counted).toMatchObject({ day: dayAt(from), actualMinutes: length })
          const week = hoursOf(
            decisionId,
            decisionOf({ grantedPer: 'week', until: '2027-12-31' as Day }),
            [held(from, length)],
            from,
            []
          )
          expect(week).toMatchObject({ first: mondayOf(dayAt(from)), usedMinutes: length })
        }
      )
    )
  })
})

describe('§6 the rule in force on the day of the visit', () => {
  const june = instantOf('2026-06-01' as Day)

  test('is the one that counts: an older visit keeps the older rule', () => {
    const rules = [
      ruleOf({ roundingMinutes: 15, roundingMode: 'up' }),
      ruleOf({ from: '2026-06-01' as Day, roundingMinutes: 60, roundingMode: 'up' })
    ]
    const two = [held(june - minute, 61), held(june, 61)]
    expect(countVisits(decisionId, decisionOf(), two, rules)).toMatchObject([
      { actualMinutes: 61, billableMinutes: 75 },
      { actualMinutes: 61, billableMinutes: 120 }
    ])
  })

  test('tells planned, actual and billable apart', () => {
    const visit = {
      ...planned(june, 90),
      ...held(june + 5 * minute, 67)
    }
    const rules = [ruleOf({ roundingMinutes: 15, roundingMode: 'up' })]
    expect(countVisits(decisionId, decisionOf(), [visit], rules)).toMatchObject([
      { plannedMinutes: 90, actualMinutes: 67, billableMinutes: 75, expectedMinutes: 0 }
    ])
  })

  test.each([
    ['cancelled-late', true, 90],
    ['cancelled-late', false, 0],
    ['not-at-home', true, 90],
    ['cancelled-in-time', true, 0],
    ['cancelled-by-provider', true, 0]
  ] as const)('%s, billable %s: %i minutes of the plan', (state, cancelBillable, minutes) => {
    const visit = planned(june, 90, { state, startedAt: toMoment(june - 40 * 24 * hour) })
    const [counted] = countVisits(decisionId, decisionOf(), [visit], [ruleOf({ cancelBillable })])
    expect(counted).toMatchObject({ day: '2026-06-01', actualMinutes: 0, billableMinutes: minutes })
  })

  test('counts the version that stands, and no second one beside it', () => {
    const fork = held(june, 60, { forkOf: decisionId as NonNullable<Visit['forkOf']> })
    expect(countVisits(decisionId, decisionOf(), [held(june, 60), fork], [])).toHaveLength(1)
  })

  test('a running visit is still planned: starting it loses no hour', () => {
    const running = planned(june, 90, { state: 'started', startedAt: toMoment(june) })
    expect(hoursOf(decisionId, decisionOf(), [running], june, [])).toMatchObject({
      usedMinutes: 0,
      plannedMinutes: 90
    })
  })
})

describe('§6 a shared visit', () => {
  const base = instantOf('2026-05-04' as Day, 8)
  const together = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 120 })), {
    minLength: 1,
    maxLength: 6
  })
  const spans = (pairs: readonly (readonly [number, number])[], make = held) =>
    pairs.map(([shift, length], index) =>
      make(base + shift * minute, length, { worker: `worker-${index}` as Visit['worker'] })
    )
  const usedBy = (shared: 'once' | 'each', all: readonly Visit[]) =>
    hoursOf(decisionId, decisionOf(), all, base, [ruleOf({ shared })]).usedMinutes

  test('counts for each worker, or every minute once however many were there', () => {
    fc.assert(
      fc.property(together, (pairs) => {
        const lived = new Set(
          pairs.flatMap(([shift, length]) => Array.from({ length }, (_, at) => shift + at))
        )
        expect(usedBy('once', spans(pairs))).toBe(lived.size)
        expect(usedBy('each', spans(pairs))).toBe(sum(pairs.map(([, length]) => length)))
      })
    )
  })

  test('counts alike in whatever order the workers recorded it', () => {
    fc.assert(
      fc.property(together, terms, (pairs, rule) => {
        const rules = [{ ...ruleOf(), ...rule, shared: 'once' as const }]
        const used = (all: readonly Visit[]) =>
          hoursOf(decisionId, decisionOf(), all, base, rules).usedMinutes
        expect(used(spans(pairs).reverse())).toBe(used(spans(pairs)))
      })
    )
  })

  test('is rounded as one: 1 h 50 min and the 1 h 55 min beside it are 2 h', () => {
    const two = [held(base, 110), held(base, 115, { worker: 'two' as Visit['worker'] })]
    const rules = [ruleOf({ shared: 'once', roundingMinutes: 15, roundingMode: 'up' })]
    expect(hoursOf(decisionId, decisionOf(), two, base, rules).usedMinutes).toBe(120)
  })

  test('that one worker has recorded and the other only has planned is not counted twice', () => {
    const two = [held(base, 120), planned(base, 120, { worker: 'two' as Visit['worker'] })]
    expect(
      hoursOf(decisionId, decisionOf(), two, base, [ruleOf({ shared: 'once' })])
    ).toMatchObject({ usedMinutes: 120, plannedMinutes: 0 })
  })
})

describe('§6 siblings visited at one time', () => {
  const base = instantOf('2026-05-04' as Day, 8)
  const family = fc.record({
    of: fc.integer({ min: 2, max: 6 }),
    length: fc.integer({ min: 1, max: 600 })
  })
  /** The same visit in each customership, and the part of each. */
  const inEach = (of: number, visits: (part: number) => Visit[]) =>
    Array.from({ length: of }, (_, index) => visits(index + 1))
  const used = (all: readonly Visit[], rule: Partial<OrganiserRule> = {}) =>
    hoursOf(decisionId, decisionOf(), all, base, [ruleOf(rule)]).usedMinutes

  test('have its minutes divided, and the parts are the whole exactly', () => {
    fc.assert(
      fc.property(family, ({ of, length }) => {
        const parts = inEach(of, (part) => [held(base, length, { split: { of, part } })]).map(
          (visits) => countVisits(decisionId, decisionOf(), visits, [ruleOf()])[0]!
        )
        expect(sum(parts.map(({ actualMinutes }) => actualMinutes))).toBe(length)
        expect(sum(parts.map(({ billableMinutes: billed }) => billed))).toBe(length)
        const minutes = parts.map(({ actualMinutes }) => actualMinutes)
        expect(Math.max(...minutes) - Math.min(...minutes)).toBeLessThanOrEqual(1)
        expect(minutes).toEqual([...minutes].sort((one, other) => other - one))
      })
    )
  })

  test('and each part is then rounded by its own decision’s rule, never under its minimum', () => {
    fc.assert(
      fc.property(family, terms, ({ of, length }, rule) => {
        for (const [visit] of inEach(of, (part) => [held(base, length, { split: { of, part } })])) {
          const rules = [{ ...ruleOf(), ...rule, siblings: 'split' as const }]
          const [counted] = countVisits(decisionId, decisionOf(), [visit!], rules)
          expect(counted?.billableMinutes).toBe(billableMinutes(counted!.actualMinutes, rule))
        }
      })
    )
  })

  test('count whole for each where the rule says so', () => {
    fc.assert(
      fc.property(family, fc.integer({ min: 1, max: 6 }), ({ of, length }, at) => {
        const split = { of, part: Math.min(at, of) }
        expect(used([held(base, length, { split })], { siblings: 'each' })).toBe(length)
      })
    )
  })

  test('with two workers whose time counts once: the parts are every minute that somebody was there', () => {
    const begun = fc.constantFrom(0, 0, 30, 61)
    const workers = fc.array(fc.tuple(begun, fc.integer({ min: 1, max: 120 })), {
      minLength: 1,
      maxLength: 3
    })
    fc.assert(
      fc.property(family, workers, fc.nat(5), fc.boolean(), ({ of }, pairs, turn, isReversed) => {
        const lived = new Set(
          pairs.flatMap(([shift, length]) => Array.from({ length }, (_, at) => shift + at))
        )
        // Each worker began with another sibling, so the parts differ from worker to worker.
        const visits = (part: number) =>
          pairs.map(([shift, length], index) =>
            held(base + shift * minute, length, {
              worker: `worker-${index}` as Visit['worker'],
              split: { of, part: ((part - 1 + index * turn) % of) + 1 }
            })
          )
        const parts = inEach(of, visits).map((all, index) =>
          used(isReversed && index % 2 === 0 ? all.reverse() : all, { shared: 'once' })
        )
        expect(sum(parts)).toBe(lived.size)
      })
    )
  })

  test('a colleague who was with one of them alone gave that time to that one whole', () => {
    const both = held(base, 60, { split: { of: 2, part: 1 } })
    const alone = held(base + 30 * minute, 60, { worker: 'outi' as Visit['worker'] })
    expect(used([both, alone], { shared: 'once' })).toBe(15 + 60)
  })

  test('are planned whole until they are known to be together, and nobody shares a visit that was not held', () => {
    const split = { of: 2, part: 2 }
    const expected = (visit: Visit) =>
      countVisits(decisionId, decisionOf(), [visit], [ruleOf({ cancelBillable: true })])[0]
    expect(expected(planned(base, 91))).toMatchObject({ expectedMinutes: 91 })
    const runs = planned(base, 91, { state: 'started', startedAt: toMoment(base), split })
    expect(expected(runs)).toMatchObject({ plannedMinutes: 45, expectedMinutes: 45 })
    const missed = planned(base, 90, { state: 'not-at-home', split })
    expect(expected(missed)).toMatchObject({ billableMinutes: 90 })
  })
})

describe('§6 hours beyond the grant', () => {
  test('are asked about exactly when the change makes them more', () => {
    fc.assert(
      fc.property(
        decisions,
        visits,
        instants,
        fc.integer({ min: 1, max: 600 }),
        (decision, all, at, length) => {
          const before = { id: decisionId, decision, visits: all }
          const after = { ...before, visits: [...all, planned(at, length)] }
          expect(hoursBeyond([], before, before)).toEqual([])
          const beyond = hoursBeyond([], after, before)
          const now = hoursOf(decisionId, decision, after.visits, at, [])
          expect(beyond.length).toBe(now.leftMinutes < 0 ? 1 : 0)
          expect(hoursBeyond([], before, after)).toEqual([])
        }
      )
    )
  })

  test('are asked about when the grant is cut', () => {
    const all = [held(instantOf('2026-05-04' as Day, 8), 300)]
    const before = { id: decisionId, decision: decisionOf(), visits: all }
    const cut = { ...before, decision: decisionOf({ grantedMinutes: 240 }) }
    expect(hoursBeyond([], cut, before)).toMatchObject([{ first: '2026-05-01', leftMinutes: -60 }])
    expect(hoursBeyond([], cut, cut)).toEqual([])
  })
})
