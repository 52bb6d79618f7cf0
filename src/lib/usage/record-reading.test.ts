import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { operationBodySchemas } from '#contract/operation.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Submission } from '#lib/sync/submit.ts'
import { recordReading } from './record-reading.ts'

const client = (n: number) =>
  `5f0c2f3e-1111-4222-8333-${String(n).padStart(12, '0')}` as CustomershipId
const minute = 60_000

class Tablet {
  readonly looks = new Map<string, number>()
  readonly reports: Submission[] = []
  full = false

  submit(submission: Submission): Promise<unknown> {
    if (this.full) return Promise.reject(new Error('no room'))
    this.reports.push(submission)
    return Promise.resolve()
  }

  events() {
    return this.reports.flatMap(({ body }) =>
      operationBodySchemas['usage.report'].parse(body).events.map((event) => event)
    )
  }
}

let tablet: Tablet

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T07:00:00Z') })
  tablet = new Tablet()
})
afterEach(() => vi.useRealTimers())

test('§12 what is opened is reported with its purpose and time', () => {
  recordReading(tablet, 'open', client(1))
  expect(tablet.reports).toMatchObject([{ op: 'usage.report', customership: client(1) }])
  expect(tablet.events()).toEqual([
    {
      customership: client(1),
      kind: 'open',
      purpose: 'carrying-out',
      at: '2026-11-22T07:00:00.000Z'
    }
  ])
})

test('one look is reported once in a quarter of an hour; another kind and another client are others', () => {
  for (let time = 0; time < 16; time += 1) {
    recordReading(tablet, 'open', client(1))
    vi.advanceTimersByTime(minute)
  }
  recordReading(tablet, 'show', client(1))
  recordReading(tablet, 'open', client(2))
  expect(tablet.events().map(({ kind, customership }) => [kind, customership])).toEqual([
    ['open', client(1)],
    ['open', client(1)],
    ['show', client(1)],
    ['open', client(2)]
  ])
})

test('whom a search brings up is one report, without those seen by it a moment ago', () => {
  recordReading(tablet, 'search', client(1), client(2))
  recordReading(tablet, 'search', client(1), client(2), client(3))
  recordReading(tablet, 'search', client(3))
  expect(tablet.reports.map(({ body }) => body)).toMatchObject([
    { events: [{ customership: client(1) }, { customership: client(2) }] },
    { events: [{ customership: client(3) }] }
  ])
})

test('a clock that was set back hides nothing, and what could not be stored is told at the next look', async () => {
  recordReading(tablet, 'open', client(1))
  vi.setSystemTime(Date.parse('2026-11-21T07:00:00Z'))
  recordReading(tablet, 'open', client(1))
  expect(tablet.reports).toHaveLength(2)
  tablet.full = true
  recordReading(tablet, 'open', client(2))
  await Promise.resolve()
  await Promise.resolve()
  tablet.full = false
  recordReading(tablet, 'open', client(2))
  expect(tablet.reports).toHaveLength(3)
})
