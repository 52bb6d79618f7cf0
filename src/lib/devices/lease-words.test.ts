import { expect, test } from 'vitest'
import type { Moment } from '#contract/day.ts'
import { learn } from '#lib/i18n/language.svelte.ts'
import { leaseWords } from './lease-words.ts'

const leaseUntil = '2026-12-05T10:00:00.000Z' as Moment
const now = Date.parse('2026-11-28T10:00:00.000Z')
const day = 86_400_000

test('of a revoked device it is told when its lease ends, and then that nobody confirmed', async () => {
  await learn('office')
  const revoked = { state: 'revoked', leaseUntil } as const
  expect(leaseWords(revoked, now)).toBe('Ei vielä vahvistettu. Laina-aika päättyy 5.12.2026')
  expect(leaseWords(revoked, now + 8 * day)).toBe('Laina-aika päättyi 5.12.2026, ei vahvistettu')
  expect(leaseWords({ state: 'active', leaseUntil }, now)).toBeNull()
  expect(leaseWords({ state: 'wiped', leaseUntil, wipedAt: leaseUntil }, now)).toMatch(/^5\.12\./)
})
