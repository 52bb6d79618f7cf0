import { expect, test } from 'vitest'
import type { Situation } from '#contract/office.ts'
import { warningGroups } from './warning-groups.ts'

const warned = (customership: string, kind: string, day: string) =>
  ({
    customership,
    name: customership.toUpperCase(),
    kind,
    day,
    to: []
  }) as unknown as Situation['warnings'][number]

test('§7 each customership stands once, the one whose day is nearest first', () => {
  const groups = warningGroups([
    warned('a', 'deletion', '2026-12-14'),
    warned('b', 'lapse', '2026-12-03'),
    warned('a', 'unconfirmed', '2026-12-02')
  ])
  expect(groups.map(({ name }) => name)).toEqual(['A', 'B'])
  expect(groups[0]?.warnings.map(({ kind }) => kind)).toEqual(['unconfirmed', 'deletion'])
})
