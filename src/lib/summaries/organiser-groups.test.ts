import { expect, test } from 'vitest'
import type { UserId } from '#contract/id.ts'
import type { SummaryLine } from '#contract/summary-request.ts'
import { insertWords } from './insert-words.ts'
import { groupByOrganiser, missingByWorker } from './organiser-groups.ts'

const line = (lastName: string, more: Partial<SummaryLine> = {}) =>
  ({
    lastName,
    organiser: 'b',
    state: 'draft',
    missing: [],
    requests: [],
    receipt: null,
    summary: null,
    ...more
  }) as SummaryLine

const names: Record<string, string> = { a: 'Åbo', b: 'Aura', aada: 'Aada', outi: 'Outi' }
const nameOf = (id: string) => names[id] ?? id
const aada = 'aada' as UserId
const outi = 'outi' as UserId

test('a month is grouped by organiser, with what can be done with each next', () => {
  const [first, second] = groupByOrganiser(
    [
      line('Yksi'),
      line('Kaksi', { missing: [{ code: 'no-note' }] }),
      line('Kolme', { state: 'approved' }),
      line('Neljä', { state: 'delivered' }),
      line('Viisi', { state: 'delivered', receipt: 'received' }),
      line('Kuusi', { organiser: 'a', state: 'checked' })
    ],
    nameOf
  )
  const lastNames = (lines: readonly SummaryLine[] = []) => lines.map(({ lastName }) => lastName)
  expect(first?.organiser).toBe('b')
  expect(lastNames(first?.ready)).toEqual(['Yksi'])
  expect(lastNames(first?.approved)).toEqual(['Kolme'])
  expect(lastNames(first?.unconfirmed)).toEqual(['Neljä'])
  expect(lastNames(second?.ready)).toEqual(['Kuusi'])
})

test('what is missing is listed by whom to ask, a silent tablet once, and what nobody mends alone last', () => {
  const tablet = { code: 'undelivered' as const, worker: aada, count: 2 }
  const groups = missingByWorker(
    [
      line('Yksi', {
        missing: [{ code: 'hours-over' }, { code: 'no-note', worker: outi }, tablet]
      }),
      line('Kaksi', { missing: [tablet] })
    ],
    nameOf
  )
  expect(groups.map(({ worker, missing }) => [worker, missing.map(({ code }) => code)])).toEqual([
    [aada, ['undelivered']],
    [outi, ['no-note']],
    [null, ['hours-over']]
  ])
})

test('words of a note are added on a line of their own, and once', () => {
  expect(insertWords('', '3.11.: Nukkui')).toBe('3.11.: Nukkui')
  expect(insertWords('Alku\n\n', '3.11.: Nukkui')).toBe('Alku\n3.11.: Nukkui')
  expect(insertWords('Alku\n3.11.: Nukkui', '3.11.: Nukkui')).toBe('Alku\n3.11.: Nukkui')
})
