import { describe, expect, test } from 'vitest'
import { toMoment, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import type { Entry } from '#contract/entry.ts'
import { decisionsOn } from './decisions-on.ts'
import { hoursHeld } from './held-hours.ts'

const now = Date.parse('2026-03-10T12:00:00+02:00')
const at = (text: string) => toMoment(Date.parse(`2026-03-${text}:00+02:00`))

const decision = (id: string, fields: Partial<Decision> = {}) =>
  ({
    id,
    kind: 'decision',
    data: {
      from: '2026-01-01',
      until: '2026-06-30',
      grantedMinutes: 600,
      grantedPer: 'month',
      ...fields
    }
  }) as unknown as Entry
const held = (against: string, start: string, end: string) =>
  ({
    id: `${against}-${start}`,
    kind: 'visit',
    data: { decision: against, state: 'completed', startedAt: at(start), endedAt: at(end) }
  }) as unknown as Entry

describe('§6 hours on the tablet', () => {
  test('are granted, used and left, each decision by itself', () => {
    const [one, other] = hoursHeld(
      [decision('a'), decision('b'), held('a', '02T09:00', '02T11:30')],
      [],
      now
    )
    expect(one?.hours).toMatchObject({ usedMinutes: 150, leftMinutes: 450 })
    expect(other?.hours).toMatchObject({ usedMinutes: 0, leftMinutes: 600 })
  })

  test.each([
    [{}, [], []],
    [{ grantedMinutes: 60 }, [held('a', '02T09:00', '02T11:30')], ['over']],
    [{ grantedMinutes: 180 }, [held('a', '02T09:00', '02T11:30')], ['low']],
    [{ grantedMinutes: 190 }, [held('a', '02T09:00', '02T11:30')], []],
    [{ until: '2026-04-09' as Day }, [], ['ending']],
    [{ until: '2026-04-10' as Day }, [], []],
    [
      { until: '2026-03-20' as Day, grantedMinutes: 60 },
      [held('a', '02T09:00', '02T11:30')],
      ['over', 'ending']
    ],
    [{ from: '2026-03-12' as Day }, [], ['not-yet']]
  ] as [Partial<Decision>, Entry[], string[]][])(
    '%j warns as it must',
    (fields, visits, warnings) => {
      const [hours] = hoursHeld([decision('a', fields), ...visits], [], now)
      expect(hours?.warnings).toEqual(warnings)
    }
  )

  test('are counted by the rules that came with the organisation', () => {
    const rule = {
      organiser: 'mallikunta',
      from: '2026-01-01' as Day,
      roundingMinutes: 60,
      roundingMode: 'up' as const,
      minBillableMinutes: 0,
      cancelNoticeHours: 24,
      cancelBillable: false,
      shared: 'each' as const
    }
    const entries = [decision('a', { organiser: 'mallikunta' }), held('a', '02T09:00', '02T11:30')]
    expect(hoursHeld(entries, [rule], now)[0]?.hours.usedMinutes).toBe(180)
  })

  test('of a decision that has ended are not shown', () => {
    expect(hoursHeld([decision('a', { until: '2026-03-09' as Day })], [], now)).toEqual([])
  })

  test('can be debited only from a decision that is valid on the day', () => {
    const entries = [decision('a', { until: '2026-03-09' as Day }), decision('b')]
    expect(decisionsOn(entries, '2026-03-10' as Day).map(({ id }) => id)).toEqual(['b'])
  })

  test('are debited first from the decision that ends first', () => {
    const entries = [decision('late'), decision('soon', { until: '2026-03-31' as Day })]
    expect(decisionsOn(entries, '2026-03-10' as Day).map(({ id }) => id)).toEqual(['soon', 'late'])
  })
})
