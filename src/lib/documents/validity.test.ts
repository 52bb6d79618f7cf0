import { expect, test } from 'vitest'
import { daySchema } from '#contract/day-shape.ts'
import { validityOf } from './validity.ts'

const day = (text: string) => daySchema.parse(text)
const today = day('2026-11-22')

test.each([
  [{}, { is: 'always' }],
  [{ validFrom: day('2026-11-22') }, { is: 'always' }],
  [{ validFrom: day('2026-11-23') }, { is: 'begins', day: '2026-11-23' }],
  [{ validUntil: day('2026-11-22') }, { is: 'expires', day: '2026-11-22', inDays: 0 }],
  [{ validUntil: day('2026-12-22') }, { is: 'expires', day: '2026-12-22', inDays: 30 }],
  [{ validUntil: day('2026-12-23') }, { is: 'valid', day: '2026-12-23' }],
  [{ validUntil: day('2026-11-21') }, { is: 'expired', day: '2026-11-21' }]
])('a document is valid through its last day: %j', (document, validity) => {
  expect(validityOf(document, today)).toEqual(validity)
})
