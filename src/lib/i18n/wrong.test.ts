import { expect, test } from 'vitest'
import { wrongOf } from './wrong.ts'

test("the server's issues land on the same fields as the keyboard's", () => {
  expect(
    wrongOf([
      { path: ['profile', 'data', 'phone', 'value'], code: 'invalid_format' },
      { path: ['decision', 'data', 'until'], code: 'custom' },
      { path: ['profile', 'data', 'town', 'value'], code: 'too_big' }
    ])
  ).toEqual({
    'profile.phone': 'wrong.phone',
    'decision.until': 'wrong.order',
    'profile.town': 'wrong.long'
  })
})
