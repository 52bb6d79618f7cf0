import { expect, test } from 'vitest'
import type { ToldRequest } from '#contract/completion-request.ts'
import type { EntryId, UserId } from '#contract/id.ts'
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

test('a line knows what was asked of it; what was asked stays until it is done, and then says so', () => {
  const visit = 'v' as EntryId
  const request = (wish: ToldRequest['wish'], isOpen: boolean) =>
    ({
      request: wish,
      visit,
      worker: aada,
      wish,
      isOpen,
      day: '2026-11-03'
    }) as unknown as ToldRequest
  const missing = [{ code: 'no-note' as const, worker: aada, visit }]
  const asked = [request('note', true), request('ending', false)]
  const approved = line('Kaksi', { state: 'approved', requests: [request('reason', true)] })
  const [group] = missingByWorker([line('Yksi', { missing, requests: asked }), approved], nameOf)
  expect(group?.missing.map(({ code, request: of }) => [code, of?.wish])).toEqual([
    ['no-note', 'note'],
    ['unexplained-difference', 'reason']
  ])
  expect(group?.done.map(({ wish }) => wish)).toEqual(['ending'])
})

test('words of a note are added on a line of their own, and once', () => {
  expect(insertWords('', '3.11.: Nukkui')).toBe('3.11.: Nukkui')
  expect(insertWords('Alku\n\n', '3.11.: Nukkui')).toBe('Alku\n3.11.: Nukkui')
  expect(insertWords('Alku\n3.11.: Nukkui', '3.11.: Nukkui')).toBe('Alku\n3.11.: Nukkui')
})
