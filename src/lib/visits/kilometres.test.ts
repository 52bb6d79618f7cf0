import { expect, test } from 'vitest'
import { readKilometres } from './kilometres.ts'

test.for([
  ['12', 12],
  ['12,5', 12.5],
  [' 7.5 ', 7.5],
  ['0', 0],
  ['2000', 2000]
] as const)('%s is a distance', ([text, kilometres]) => {
  expect(readKilometres(text)).toBe(kilometres)
})

test.for(['', '-3', '12,55', '2000,5', '99999', 'kymmenen', '1e3'])('%s is none', (text) => {
  expect(readKilometres(text)).toBeNull()
})
