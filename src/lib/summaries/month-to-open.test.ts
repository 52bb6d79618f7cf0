import { expect, test } from 'vitest'
import type { Month } from '#contract/month.ts'
import type { SummaryLine } from '#contract/summary-request.ts'
import { monthToOpen } from './month-to-open.ts'

const opened = (...states: SummaryLine['state'][]) =>
  monthToOpen('2026-12' as Month, { lines: states.map((state) => ({ state }) as SummaryLine) })

test('the last whole month is worked on until all of it is with the organisers', () => {
  for (const state of ['draft', 'checked', 'approved'] as const)
    expect(opened('delivered', state)).toBe('2026-11')
  expect(opened('delivered', 'delivered')).toBe('2026-12')
})

test('where the last month has nothing, the running one is shown', () => {
  expect(opened()).toBe('2026-12')
})
