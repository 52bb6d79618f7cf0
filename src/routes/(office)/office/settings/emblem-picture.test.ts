import { expect, test } from 'vitest'
import { emblemSize } from './emblem-picture.ts'

test.each([
  ['a wide picture', { width: 1280, height: 200 }, { width: 640, height: 100 }],
  ['a high one', { width: 400, height: 2000 }, { width: 40, height: 200 }],
  ['a small one, as it came', { width: 64, height: 32 }, { width: 64, height: 32 }],
  ['a line', { width: 5000, height: 1 }, { width: 640, height: 1 }]
])('a logo is kept as large as a paper draws it: %s', (_what, size, kept) => {
  expect(emblemSize(size)).toEqual(kept)
})
