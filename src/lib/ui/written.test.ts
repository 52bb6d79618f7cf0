import { expect, test } from 'vitest'
import { readDay, readTime, writeDay, writeTime } from './written.ts'

test('a day is read as people write it, and one that does not exist is not a day', () => {
  expect(readDay('22.11.2026')).toBe('2026-11-22')
  expect(readDay(' 3.5.26 ')).toBe('2026-05-03')
  expect(readDay('2026-11-22')).toBe('2026-11-22')
  expect(readDay('31.2.2026')).toBeNull()
  expect(readDay('29.2.2027')).toBeNull()
  expect(readDay('tomorrow')).toBeNull()
  expect(writeDay('2026-05-03')).toBe('3.5.2026')
  expect(writeDay('')).toBe('')
})

test('a time is read with a point, a colon or nothing between', () => {
  expect(readTime('9.05')).toBe('09:05')
  expect(readTime('9:05')).toBe('09:05')
  expect(readTime('1430')).toBe('14:30')
  expect(readTime('905')).toBe('09:05')
  expect(readTime('9')).toBe('09:00')
  expect(readTime('24.00')).toBeNull()
  expect(readTime('9.61')).toBeNull()
  expect(writeTime('09:05')).toBe('9.05')
})
