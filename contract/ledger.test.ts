import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, toMoment, type Day, type Moment } from './day.ts'
import type { Decision } from './decision.ts'
import { moved } from './event-state.ts'
import { hoursSeries } from './hours.ts'
import type { EntryId, UserId } from './id.ts'
import {
  isChanged,
  isComplete,
  isDue,
  isOpen,
  ledgerOf,
  stateOfLine,
  type LedgerLine,
  type LedgerSource
} from './ledger.ts'
import { monthOf } from './month.ts'
import { plainRule, type OrganiserRule } from './organiser-rule.ts'
import type { ServiceEvent } from './service-event.ts'
import { tallyVisits } from './tally.ts'
import type { TransferSettings } from './transfer-terms.ts'
import type { Visit, VisitState } from './visit.ts'

const idOf = (number: number): EntryId =>
  `01935b2e-7c00-7000-8000-${String(number).padStart(12, '0')}` as EntryId
const workerOf = (number: number) => idOf(9000 + number) as string as UserId
const [first, second] = [idOf(1), idOf(2)]

const organiser = 'mallikunta'
const product = 'home-service'
const grant: Decision = {
  organiser,
  controller: 'organiser',
  product,
  funding: 'voucher',
  number: 'PS-1001',
  from: '2026-01-01' as Day,
  until: '2026-06-30' as Day,
  grantedMinutes: 600,
  grantedPer: 'month',
  goals: []
}
const later: Decision = {
  ...grant,
  funding: 'purchased',
  number: 'OP-77',
  from: '2026-07-01' as Day,
  until: '2026-12-31' as Day,
  grantedMinutes: 300
}
const decisions = [
  { id: first, data: grant },
  { id: second, data: later }
]

/** Up to the quarter, half an hour at least; then to the nearest half hour; then down to the quarter, an hour at least. */
const rules: OrganiserRule[] = [
  {
    ...plainRule,
    organiser,
    from: '2026-01-01' as Day,
    roundingMinutes: 15,
    roundingMode: 'up',
    minBillableMinutes: 30,
    cancelBillable: true
  },
  {
    ...plainRule,
    organiser,
    from: '2026-04-01' as Day,
    roundingMinutes: 30,
    roundingMode: 'nearest',
    shared: 'once'
  },
  {
    ...plainRule,
    organiser,
    from: '2026-08-01' as Day,
    roundingMinutes: 15,
    roundingMode: 'down',
    minBillableMinutes: 60,
    cancelBillable: true
  }
]

const settings: TransferSettings = {
  terms: [{ organiser, settlementDay: 6, purchasedThrough: 'palse' }],
  products: [
    { organiser, product, from: '2026-01-01' as Day, code: 'KOTI', unit: 'hour', priceCents: 4250 },
    { organiser, product, from: '2026-07-01' as Day, code: 'KOTI', unit: 'hour', priceCents: 4533 }
  ],
  profiles: []
}

let next = 100
/** `02-10 12.00-13.00`: by the wall clock of Helsinki; `+1` ends on the next day. */
function visit(
  told: string,
  {
    state = 'completed',
    of = first,
    by = 1
  }: { state?: VisitState; of?: EntryId; by?: number } = {}
): { id: EntryId; data: Visit } {
  const found = /^(\d\d-\d\d) (\d+)\.(\d\d)-(\d+)\.(\d\d)(\+1)?$/.exec(told)
  if (!found) throw new Error(told)
  const [, day, ...clock] = found
  const [hour = 0, minute = 0, endHour = 0, endMinute = 0] = clock.map(Number)
  const start = instantOf(`2026-${day ?? ''}` as Day, hour, minute)
  const isNext = told.endsWith('+1')
  const end = isNext
    ? instantOf(toMoment(start + 86_400_000).slice(0, 10) as Day, endHour, endMinute)
    : instantOf(`2026-${day ?? ''}` as Day, endHour, endMinute)
  return timed(toMoment(start), toMoment(end), { state, of, by })
}

function timed(
  from: Moment,
  to: Moment,
  {
    state = 'completed',
    of = first,
    by = 1
  }: { state?: VisitState; of?: EntryId; by?: number } = {}
): { id: EntryId; data: Visit } {
  next += 1
  const plan = { plannedStart: from, plannedEnd: to }
  const held = state === 'completed' ? { startedAt: from, endedAt: to } : {}
  const data: Visit = { decision: of, product, worker: workerOf(by), state, ...plan, ...held }
  return { id: idOf(next), data }
}

const ledger = (visits: LedgerSource['visits'], events: LedgerSource['events'] = []) =>
  ledgerOf({ decisions, visits, events, rules, settings })

const sum = (lines: readonly LedgerLine[], of: (line: LedgerLine) => number) =>
  lines.reduce((total, line) => total + of(line), 0)

/** Worked out by hand from the rules above. Minutes, cents, and what each visit is flagged for. */
const golden: readonly {
  month: string
  visits: ReturnType<typeof visit>[]
  minutes: number[]
  cents: number[]
  flags?: Record<number, string[]>
}[] = [
  {
    // 65 → 75 min = 53,125 €; 10 → 15 → the least 30 min; over midnight and the month 70 → 75, all of it January's.
    month: '2026-01',
    visits: [visit('01-07 9.00-10.05'), visit('01-14 9.00-9.10'), visit('01-31 23.30-0.40+1')],
    minutes: [75, 30, 75],
    cents: [5313, 2125, 5313]
  },
  {
    // Cancelled late: the plan is billed. In time: nothing. Nobody at home: 80 → 90.
    month: '2026-02',
    visits: [
      visit('02-10 12.00-13.00', { state: 'cancelled-late' }),
      visit('02-11 12.00-13.00', { state: 'cancelled-in-time' }),
      visit('02-17 9.00-10.20', { state: 'not-at-home' }),
      visit('02-18 9.00-10.00', { state: 'cancelled-by-provider' })
    ],
    minutes: [60, 0, 90, 0],
    cents: [4250, 0, 6375, 0]
  },
  {
    // The night that lacks an hour: from 2.30 to 4.30 is one.
    month: '2026-03',
    visits: [timed('2026-03-29T02:30:00+02:00' as Moment, '2026-03-29T04:30:00+03:00' as Moment)],
    minutes: [60],
    cents: [4250]
  },
  {
    // To the nearest half hour: 65 → 60, 75 → 90, 14 → 0. What is cancelled late is not billed any more.
    month: '2026-04',
    visits: [
      visit('04-01 9.00-10.05'),
      visit('04-02 9.00-10.15'),
      visit('04-03 9.00-9.14'),
      visit('04-07 9.00-10.00', { state: 'cancelled-late' })
    ],
    minutes: [60, 90, 0, 0],
    cents: [4250, 6375, 0, 0]
  },
  {
    // Ten hours granted: the fifth visit of two and a half goes over.
    month: '2026-05',
    visits: [
      visit('05-04 9.00-11.30'),
      visit('05-05 9.00-11.30'),
      visit('05-06 9.00-11.30'),
      visit('05-07 9.00-11.30'),
      visit('05-08 9.00-11.30')
    ],
    minutes: [150, 150, 150, 150, 150],
    cents: [10625, 10625, 10625, 10625, 10625],
    flags: { 4: ['over-grant'] }
  },
  {
    // Two workers, counted once: 9–11 and 10–12 are three hours.
    month: '2026-06',
    visits: [visit('06-10 9.00-11.00', { by: 1 }), visit('06-10 10.00-12.00', { by: 2 })],
    minutes: [120, 60],
    cents: [8500, 4250]
  },
  {
    // A new decision and a new price. The first visit was recorded against the old one, which has ended.
    month: '2026-07',
    visits: [visit('07-03 9.00-10.00'), visit('07-06 9.00-10.01', { of: second })],
    minutes: [60, 60],
    cents: [4533, 4533],
    flags: { 0: ['outside-validity'] }
  },
  {
    // Down to the quarter, an hour at least: 74 → 60, 50 → 45 → 60, 91 → 90 = 67,995 €.
    month: '2026-08',
    visits: [
      visit('08-03 9.00-10.14', { of: second }),
      visit('08-04 9.00-9.50', { of: second }),
      visit('08-05 9.00-10.31', { of: second })
    ],
    minutes: [60, 60, 90],
    cents: [4533, 4533, 6800]
  },
  {
    // Each of two workers is counted; one worker at two places at once is not believed.
    month: '2026-09',
    visits: [
      visit('09-01 9.00-10.00', { of: second, by: 1 }),
      visit('09-01 9.00-10.00', { of: second, by: 2 }),
      visit('09-02 9.00-10.00', { of: second }),
      visit('09-02 9.30-10.30', { of: second })
    ],
    minutes: [60, 60, 60, 60],
    cents: [4533, 4533, 4533, 4533],
    flags: { 2: ['overlaps'], 3: ['overlaps'] }
  },
  {
    // The night that has an hour twice: from 3.30 to 3.30 is one. Over the end of the month: all of it October's.
    month: '2026-10',
    visits: [
      timed('2026-10-25T03:30:00+03:00' as Moment, '2026-10-25T03:30:00+02:00' as Moment, {
        of: second
      }),
      visit('10-31 23.00-1.00+1', { of: second })
    ],
    minutes: [60, 120],
    cents: [4533, 9066]
  }
]

test('§10 ten months worked out by hand are what the ledger makes of them', () => {
  const lines = ledger(golden.flatMap(({ visits }) => visits))
  for (const { month, visits, minutes, cents, flags = {} } of golden) {
    const of = lines.filter((line) => monthOf(line.day) === month)
    const told = visits.map(({ id }) => of.find((line) => line.visit === id))
    expect([month, told.map((line) => line?.claim.minutes)]).toEqual([month, minutes])
    expect([month, told.map((line) => line?.claim.valueCents)]).toEqual([month, cents])
    expect([month, told.map((line) => line?.flags)]).toEqual([
      month,
      visits.map((_, index) => flags[index] ?? [])
    ])
    expect(of).toHaveLength(visits.length)
  }
})

test('each decision is told through its own portal, and who pays alone is told of nowhere', () => {
  const direct = { id: idOf(3), data: { ...grant, funding: 'direct' as const } }
  const visits = [
    visit('06-01 9.00-10.00'),
    visit('07-01 9.00-10.00', { of: second }),
    visit('07-02 9.00-10.00', { of: direct.id })
  ]
  const lines = ledgerOf({ decisions: [...decisions, direct], visits, events: [], rules, settings })
  expect(lines.map(({ channel, claim }) => [channel, claim.number])).toEqual([
    ['psop', 'PS-1001'],
    ['palse', 'OP-77']
  ])
})

const by = workerOf(0)
const at = '2026-11-05T08:00:00Z' as Moment
const made = { by, at }

function eventOf(
  line: LedgerLine | undefined,
  id: EntryId
): { id: EntryId; revision: 1; data: ServiceEvent } {
  if (!line) throw new Error('no line')
  const { claim, event: _event, former: _former, flags: _flags, ...whose } = line
  return {
    id,
    revision: 1,
    data: { ...whose, told: claim, history: [{ ...made, state: 'recorded' }] }
  }
}

function steps(event: ReturnType<typeof eventOf>, ...to: Parameters<typeof moved>[1][]) {
  return to.reduce((one, state) => {
    const data = moved(one.data, state, made)
    if (!data) throw new Error(state)
    return { ...one, data }
  }, event)
}

test('a visit corrected after it was settled is told as changed, credited, and told again: never silently', () => {
  const before = visit('11-03 9.00-10.00', { of: second })
  const [line] = ledger([before])
  const settled = steps(eventOf(line, idOf(50)), 'approved', 'settled')
  const [agreed] = ledger([before], [settled])
  expect(agreed && [isOpen(agreed), isChanged(agreed), stateOfLine(agreed)]).toEqual([
    false,
    false,
    'settled'
  ])

  const after = { ...before, data: visit('11-03 9.00-10.30', { of: second }).data }
  const [differs] = ledger([after], [settled])
  expect(differs && [isOpen(differs), isChanged(differs)]).toEqual([false, true])
  expect(differs?.event?.data.told.minutes).toBe(60)
  expect(differs?.claim).toMatchObject({ minutes: 90, valueCents: 6800 })

  const credited = steps(settled, 'credited')
  const [open] = ledger([after], [credited])
  expect(open && [isOpen(open), isChanged(open), open.event]).toEqual([true, false, null])
  const again = eventOf(open, idOf(51))
  const [told] = ledger(
    [after],
    [credited, { ...again, data: { ...again.data, replaces: credited.id } }]
  )
  expect(told && [isOpen(told), isChanged(told), told.event?.id, told.former.length]).toEqual([
    false,
    false,
    idOf(51),
    1
  ])
})

test('a decision number typed wrong changes every event that was told by it', () => {
  const visits = [visit('06-01 9.00-10.00'), visit('06-02 9.00-10.00')]
  const events = ledger(visits).map((line, index) => eventOf(line, idOf(60 + index)))
  const right = [{ id: first, data: { ...grant, number: 'PS-1010' } }]
  const lines = ledgerOf({ decisions: right, visits, events, rules, settings })
  expect(lines.map(isChanged)).toEqual([true, true])
})

test('what was told to another organiser, or of a voucher as a purchase, is changed and stays where it was told', () => {
  const visits = [visit('06-01 9.00-10.00')]
  const palse = { ...grant, funding: 'purchased' as const }
  const toldOf = (decision: Decision) => {
    const of = { decisions: [{ id: first, data: decision }], visits, rules, settings }
    return eventOf(ledgerOf({ ...of, events: [] })[0], idOf(90))
  }
  const now = (decision: Decision, event: ReturnType<typeof eventOf>, through = settings) => {
    const decided = [{ id: first, data: decision }]
    return ledgerOf({ decisions: decided, visits, events: [event], rules, settings: through }).map(
      (line) => [isChanged(line), line.flags.includes('told-elsewhere'), line.channel]
    )
  }
  expect(now(grant, toldOf(grant))).toEqual([[false, false, 'psop']])
  expect(now(palse, toldOf(grant))).toEqual([[true, true, 'psop']])
  expect(now(grant, toldOf(palse))).toEqual([[true, true, 'palse']])
  // Both organisers pay alike; the visit is the other's all the same.
  const alike: TransferSettings = {
    ...settings,
    products: settings.products.flatMap((one) => [one, { ...one, organiser: 'toinen' }])
  }
  const moved = { ...grant, organiser: 'toinen' }
  expect(now(moved, toldOf(grant), alike)).toEqual([[true, true, 'psop']])
  // The organiser goes from one portal to the other: what was told before stays told.
  const terms = [{ organiser, settlementDay: 6, purchasedThrough: 'psop' as const }]
  expect(now(palse, toldOf(palse), { ...settings, terms })).toEqual([[false, false, 'palse']])
})

test('one worker at two places at once is seen across the decisions of a customership', () => {
  const both = [
    { id: first, data: { ...grant, until: '2026-12-31' as Day } },
    { id: second, data: later }
  ]
  const direct = { id: idOf(3), data: { ...grant, funding: 'direct' as const } }
  const visits = [
    visit('08-05 9.00-10.00', { of: first }),
    visit('08-05 9.30-10.30', { of: second }),
    visit('08-06 9.00-10.00', { of: first }),
    visit('08-06 9.30-10.30', { of: second, by: 2 }),
    visit('08-07 9.00-10.00', { of: first }),
    visit('08-07 9.30-10.30', { of: direct.id })
  ]
  const lines = ledgerOf({ decisions: [...both, direct], visits, events: [], rules, settings })
  expect(lines.map(({ flags }) => flags)).toEqual([
    ['overlaps'],
    ['overlaps'],
    [],
    [],
    ['overlaps']
  ])
})

test('a price of a visit whose time is shared asks for somebody’s eyes, and hinders nothing', () => {
  const byVisit = (unit: 'visit' | 'hour'): TransferSettings => ({
    ...settings,
    products: settings.products.map((one) => ({ ...one, unit }))
  })
  const split = visit('09-01 9.00-10.00', { of: second })
  const visits = [
    { ...split, data: { ...split.data, split: { of: 2, part: 1 } } },
    visit('09-02 9.00-10.00', { of: second, by: 1 }),
    visit('09-02 9.30-10.30', { of: second, by: 2 }),
    visit('09-03 9.00-10.00', { of: second, by: 1 }),
    visit('09-03 10.00-11.00', { of: second, by: 2 })
  ]
  const of = (unit: 'visit' | 'hour') =>
    ledgerOf({ decisions, visits, events: [], rules, settings: byVisit(unit) })
  expect(of('visit').map(({ flags }) => flags)).toEqual([
    ['shared-price'],
    ['shared-price'],
    ['shared-price'],
    [],
    []
  ])
  expect(of('visit').every(isComplete)).toBe(true)
  expect(of('hour').flatMap(({ flags }) => flags)).toEqual([])
})

test('what one of two workers is not paid for has no price to share', () => {
  const units = settings.products.map((one) => ({ ...one, unit: 'visit' as const }))
  const visits = [visit('06-10 9.00-11.00', { by: 1 }), visit('06-10 9.00-11.00', { by: 2 })]
  const priced = { ...settings, products: units }
  const lines = ledgerOf({ decisions, visits, events: [], rules, settings: priced })
  expect(lines.map(({ claim, flags }) => [claim.valueCents, flags])).toEqual([
    [4250, []],
    [0, []]
  ])
})

test('a price that becomes known later corrects nothing; one that becomes another does', () => {
  const visits = [visit('06-01 9.00-10.00')]
  const priced = (priceCents?: number): TransferSettings => ({
    ...settings,
    products: settings.products.map(({ priceCents: _price, ...rest }) =>
      priceCents === undefined ? rest : { ...rest, priceCents }
    )
  })
  const changedFrom = (before?: number, after?: number) => {
    const [line] = ledgerOf({ decisions, visits, events: [], rules, settings: priced(before) })
    const events = [eventOf(line, idOf(80))]
    return ledgerOf({ decisions, visits, events, rules, settings: priced(after) }).map(isChanged)
  }
  expect(changedFrom(undefined, 4250)).toEqual([false])
  expect(changedFrom(4250, 4300)).toEqual([true])
  expect(changedFrom(4250, undefined)).toEqual([true])
})

test('what stands in a portal of a visit that is no more is in the ledger, with nothing due', () => {
  const gone = visit('06-01 9.00-10.00')
  const [line] = ledger([gone])
  const lines = ledger([], [eventOf(line, idOf(70))])
  expect(lines.map((one) => [isDue(one), isChanged(one), one.claim.outcome])).toEqual([
    [false, true, null]
  ])
  expect(ledger([], [steps(eventOf(line, idOf(70)), 'withdrawn')])).toEqual([])
})

test('without a number or a code a line is not complete, and what ends before it begins is nobody’s hour', () => {
  const { number: _number, ...nameless } = grant
  const bad = visit('06-03 9.00-10.00')
  const backwards = {
    ...bad,
    data: { ...bad.data, endedAt: toMoment(instantOf('2026-06-03' as Day, 8)) }
  }
  const lines = ledgerOf({
    decisions: [{ id: first, data: nameless }],
    visits: [visit('06-01 9.00-10.00'), backwards, visit('06-04 9.00-10.00', { state: 'planned' })],
    events: [],
    rules,
    settings: { ...settings, products: [] }
  })
  expect(lines.map(({ flags }) => flags)).toEqual([
    ['no-number', 'no-code'],
    ['ends-first'],
    ['no-outcome']
  ])
  expect(lines.map(isComplete)).toEqual([false, false, false])
})

const anyVisit = fc
  .record({
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    startMinute: fc.integer({ min: 0, max: 1439 }),
    minutes: fc.integer({ min: 0, max: 400 }),
    by: fc.integer({ min: 1, max: 3 }),
    of: fc.constantFrom(first, second),
    state: fc.constantFrom<VisitState>(
      'completed',
      'completed',
      'not-at-home',
      'cancelled-late',
      'cancelled-in-time',
      'started',
      'planned'
    )
  })
  .map(({ month, day, startMinute, minutes, ...rest }) => {
    const named = `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as Day
    const start = instantOf(named) + startMinute * 60_000
    return timed(toMoment(start), toMoment(start + minutes * 60_000), rest)
  })
const anyVisits = fc.array(anyVisit, { maxLength: 25 })

test('the minutes of the ledger are those of the statistics in every month, and those debited from every decision', () => {
  fc.assert(
    fc.property(anyVisits, (visits) => {
      const lines = ledger(visits)
      const tallies = tallyVisits(decisions, visits, rules).filter(
        (one) => one.organiser === null && one.product === null
      )
      for (const { month, billableMinutes } of tallies)
        expect(
          sum(
            lines.filter(({ day }) => monthOf(day) === month),
            ({ claim }) => claim.minutes
          )
        ).toBe(billableMinutes)
      for (const { id, data } of decisions) {
        const all = visits.map((one) => one.data)
        const used = hoursSeries(id, data, all, rules).reduce(
          (total, one) => total + one.usedMinutes,
          0
        )
        expect(
          sum(
            lines.filter(({ decision }) => decision === id),
            ({ claim }) => claim.minutes
          )
        ).toBe(used)
      }
    })
  )
})

test('each value is the price of its minutes to half a cent, and every visit with an outcome is one line', () => {
  fc.assert(
    fc.property(anyVisits, (visits) => {
      const lines = ledger(visits)
      expect(lines).toHaveLength(visits.length)
      for (const { claim } of lines) {
        const { minutes, priceCents = 0, valueCents = 0 } = claim
        expect(Number.isInteger(valueCents)).toBe(true)
        expect(Math.abs(valueCents * 60 - minutes * priceCents)).toBeLessThanOrEqual(30)
      }
    })
  )
})

test('what is not told waits for nothing and is wrong nowhere; of a visit that counts nowhere nothing is left of it', () => {
  const held = visit('06-01 9.00-10.00')
  const event = eventOf(ledger([held])[0], idOf(70))
  const data = { ...event.data, history: [{ ...made, state: 'not-told' as const }] }
  const untold = [{ ...event, data }]
  const longer = visit('06-01 9.00-11.00')
  for (const now of [held, { ...longer, id: held.id }])
    expect(
      ledger([now], untold).map((line) => [stateOfLine(line), isOpen(line), isChanged(line)])
    ).toEqual([['not-told', false, false]])
  expect(ledger([], untold)).toEqual([])
})
