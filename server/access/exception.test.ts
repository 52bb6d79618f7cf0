import { expect, test } from 'vitest'
import { exceptionSchema } from '#contract/exception.ts'
import { userIdSchema } from '#contract/id.ts'
import { requireReason } from './exception.ts'

const by = userIdSchema.parse('01935b2e-7c00-7000-8000-000000000001')
const now = Date.parse('2026-11-22T09:05:00+02:00')
const over = { path: ['data', 'grantedMinutes'], code: 'hours-over-grant' } as const
const ends = { path: ['data', 'until'], code: 'ends-before-held-visit' } as const

test('§6 what goes beyond the grant is named before it is saved', () => {
  expect(requireReason([over, ends], undefined, by, now)).toEqual({
    refusal: { code: 'needs-reason', issues: [over, ends] }
  })
})

test('§6 with a reason it is possible, and stays to be seen: what, why, by whom and when', () => {
  const reasoned = requireReason([over, ends, over], 'Tilaaja lupasi puhelimessa', by, now)
  expect(reasoned).toEqual({
    exception: {
      codes: ['hours-over-grant', 'ends-before-held-visit'],
      reason: 'Tilaaja lupasi puhelimessa',
      by,
      at: '2026-11-22T07:05:00.000Z'
    }
  })
  if (!('exception' in reasoned)) throw new Error('a reason was given')
  expect(exceptionSchema.safeParse(reasoned.exception).success).toBe(true)
})

test('a reason that nothing asked for leaves no mark', () => {
  expect(requireReason([], 'varmuuden vuoksi', by, now)).toEqual({})
})
