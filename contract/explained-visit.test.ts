import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countVisits } from './counted-visit.ts'
import { instantOf, toMoment, type Day } from './day.ts'
import { explainVisit } from './explained-visit.ts'
import type { OrganiserRule } from './organiser-rule.ts'
import type { Visit } from './visit.ts'

const minute = 60_000
const base = instantOf('2026-05-04' as Day, 9)
const at = (minutes: number) => toMoment(base + minutes * minute)
const decision = { organiser: 'mallikunta' }

const visitOf = (fields: Partial<Visit> = {}) =>
  ({
    decision: 'd',
    product: 'home-service',
    worker: 'helmi',
    state: 'completed',
    plannedStart: at(0),
    plannedEnd: at(90),
    startedAt: at(5),
    endedAt: at(72),
    ...fields
  }) as Visit

const ruleOf = (fields: Partial<OrganiserRule> = {}): OrganiserRule => ({
  organiser: 'mallikunta',
  from: '2026-01-01' as Day,
  roundingMinutes: 1,
  roundingMode: 'nearest',
  minBillableMinutes: 0,
  cancelNoticeHours: 24,
  cancelBillable: false,
  shared: 'each',
  ...fields
})

const explain = (visit: Visit, rule: Partial<OrganiserRule> = {}, others: Visit[] = []) =>
  explainVisit(visit, decision, [visit, ...others], [ruleOf(rule)])
const quarterUp = { roundingMinutes: 15, roundingMode: 'up' as const }

describe('§6 planned, actual and billable are told apart, and why', () => {
  test.each([
    ['as it was', {}, visitOf(), 67, []],
    ['rounded', quarterUp, visitOf(), 75, [{ why: 'rounded', step: 15, mode: 'up' }]],
    [
      'the minimum',
      { minBillableMinutes: 120 },
      visitOf(),
      120,
      [{ why: 'minimum', minutes: 120 }]
    ],
    [
      'nobody at home, billed as planned',
      { cancelBillable: true },
      visitOf({ state: 'not-at-home' }),
      90,
      [{ why: 'late-as-planned' }]
    ],
    [
      'planned time that is rounded too',
      { cancelBillable: true, roundingMinutes: 60, roundingMode: 'up' },
      visitOf({ state: 'cancelled-late' }),
      120,
      [{ why: 'late-as-planned' }, { why: 'rounded', step: 60, mode: 'up' }]
    ],
    [
      'cancelled late, and free',
      {},
      visitOf({ state: 'cancelled-late' }),
      0,
      [{ why: 'late-free', noticeHours: 24 }]
    ],
    [
      'cancelled in time',
      {},
      visitOf({ state: 'cancelled-in-time' }),
      0,
      [{ why: 'not-held-free' }]
    ],
    [
      'called off by us',
      {},
      visitOf({ state: 'cancelled-by-provider' }),
      0,
      [{ why: 'not-held-free' }]
    ]
  ] as [string, Partial<OrganiserRule>, Visit, number, object[]][])(
    '%s',
    (_, rule, visit, billableMinutes, reasons) => {
      expect(explain(visit, rule)).toMatchObject({ plannedMinutes: 90, billableMinutes, reasons })
    }
  )

  test('of two workers the second is told that the time counts once', () => {
    const first = visitOf({ startedAt: at(0), endedAt: at(90) })
    const second = visitOf({ worker: 'outi' as Visit['worker'] })
    const rule = { shared: 'once' as const }
    expect(explain(second, rule, [first])).toMatchObject({
      billableMinutes: 0,
      reasons: [{ why: 'shared-once' }]
    })
    expect(explain(second, {}, [first])).toMatchObject({ billableMinutes: 67, reasons: [] })
  })

  test('of siblings each is told among how many the time is divided, and then how it was rounded', () => {
    const split = { of: 2, part: 1 }
    expect(explain(visitOf({ split }))).toMatchObject({
      actualMinutes: 34,
      billableMinutes: 34,
      reasons: [{ why: 'split', of: 2 }]
    })
    expect(explain(visitOf({ split }), quarterUp)).toMatchObject({
      billableMinutes: 45,
      reasons: [
        { why: 'split', of: 2 },
        { why: 'rounded', step: 15, mode: 'up' }
      ]
    })
    expect(explain(visitOf({ split }), { siblings: 'each' })).toMatchObject({
      billableMinutes: 67,
      reasons: []
    })
  })

  test('no number is given where no rule says how it is billed, nor of a version beside another', () => {
    const visit = visitOf()
    expect(explainVisit(visit, decision, [visit], [])).toBeNull()
    expect(explain(visit, { organiser: 'muukunta' })).toBeNull()
    expect(explain(visit, { from: '2026-05-05' as Day })).toBeNull()
    expect(explain(visitOf({ forkOf: 'x' as NonNullable<Visit['forkOf']> }))).toBeNull()
  })

  test('a reason is given when what is billed is not what was held, and the number is the one that counts', () => {
    const rules = fc.record({
      roundingMinutes: fc.integer({ min: 1, max: 60 }),
      roundingMode: fc.constantFrom('up' as const, 'nearest' as const, 'down' as const),
      minBillableMinutes: fc.integer({ min: 0, max: 240 }),
      shared: fc.constantFrom('once' as const, 'each' as const)
    })
    const spans = fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(spans, rules, (pairs, fields) => {
        const rule = [ruleOf(fields)]
        const all = pairs.map(([start, length]) =>
          visitOf({ startedAt: at(start), endedAt: at(start + length) })
        )
        const counted = countVisits('d', decision, all, rule)
        for (const [index, visit] of all.entries()) {
          const explained = explainVisit(visit, decision, all, rule)
          expect(explained?.billableMinutes).toBe(counted[index]?.billableMinutes)
          const isSame = explained?.billableMinutes === explained?.actualMinutes
          // Of a time that is shared the rest may happen to be as long as what was held.
          if (fields.shared === 'each' || !isSame)
            expect(explained?.reasons.length === 0).toBe(isSame)
        }
      })
    )
  })
})
