import { expect, test } from 'vitest'
import { formatPhone } from './phone.ts'

test.each([
  ['+358401234567', '040 123 4567'],
  ['+35822345678', '022 345 678'],
  ['+46701234567', '+467 012 345 67'],
  ['040 111-2223', '040 111 2223'],
  ['112', '112']
])('%s reads %s', (stored, said) => {
  expect(formatPhone(stored)).toBe(said.replaceAll(' ', '\u00a0'))
})
