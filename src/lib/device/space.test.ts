import { expect, test } from 'vitest'
import { isTight } from './space.ts'

const megabyte = 1_000_000

test('little space, or a nearly full share of it, is told before it hurts', () => {
  expect(isTight({ used: 50 * megabyte, free: 2000 * megabyte })).toBe(false)
  expect(isTight({ used: 50 * megabyte, free: 200 * megabyte })).toBe(false)
  expect(isTight({ used: 50 * megabyte, free: 199 * megabyte })).toBe(true)
  expect(isTight({ used: 9000 * megabyte, free: 1000 * megabyte })).toBe(false)
  expect(isTight({ used: 9001 * megabyte, free: 999 * megabyte })).toBe(true)
})
