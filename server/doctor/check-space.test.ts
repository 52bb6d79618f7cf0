import { expect, test } from 'vitest'
import { judgeRoom } from './check-space.ts'

const mebibyte = 1024 * 1024
const verdict = (freeMebibytes: number, freeFiles: number | null, registerMebibytes: number) =>
  judgeRoom(
    'KOTIKAYNTI_DATA',
    { freeBytes: freeMebibytes * mebibyte, freeFiles },
    registerMebibytes * mebibyte
  ).verdict

test('a disk that is nearly full is bad, one that a backup would fill warns', () => {
  expect(verdict(0, null, 0)).toBe('bad')
  expect(verdict(255, null, 0)).toBe('bad')
  expect(verdict(1000, null, 900)).toBe('bad')
  expect(verdict(1000, null, 0)).toBe('warning')
  expect(verdict(4000, null, 1000)).toBe('warning')
  expect(verdict(4000, null, 100)).toBe('good')
  expect(verdict(4000, 10, 100)).toBe('bad')
})
