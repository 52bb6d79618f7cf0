import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { ByteSearch, markBytes } from './byte-search.ts'

const marks = Array.from({ length: 40 }, () => randomBytes(markBytes))

/** Hands the bytes out in pieces of this length. */
function search(bytes: Buffer, pieceBytes = 4096): number[] {
  const searching = new ByteSearch(Buffer.concat(marks))
  let at = 0
  const total = searching.searchFile(Buffer.alloc(pieceBytes), (into) => {
    const length = bytes.copy(into, 0, at)
    at += length
    return length
  })
  expect(total).toBe(bytes.length)
  return [...searching.found].sort((a, b) => a - b)
}

const noise = (length: number) => randomBytes(length)

test('each mark is found wherever it lies, across two pieces too, and no other', () => {
  for (let before = 0; before < 80; before += 1) {
    const mark = before % marks.length
    const bytes = Buffer.concat([noise(before), marks[mark] ?? noise(0), noise(50)])
    expect(search(bytes, 64)).toEqual([mark])
    expect(search(bytes)).toEqual([mark])
  }
  expect(search(noise(200_000))).toEqual([])
  expect(search(Buffer.alloc(0))).toEqual([])
  expect(search(Buffer.concat(marks))).toHaveLength(marks.length)
})

test('a mark is found in hexadecimal and in base64 of either alphabet, wherever that began', () => {
  const [mark = noise(0)] = marks
  for (const before of [0, 1, 2, 3, 4, 5]) {
    const around = Buffer.concat([noise(before), mark, noise(7)])
    for (const text of [
      around.toString('hex'),
      around.toString('hex').toUpperCase(),
      around.toString('base64'),
      around.toString('base64url')
    ])
      expect(search(Buffer.from(`{"value":"${text}"}`))).toEqual([0])
  }
})

test('the beginning of a mark is not the mark', () => {
  const [mark = noise(0)] = marks
  expect(
    search(Buffer.concat([mark.subarray(0, markBytes - 1), Buffer.of(~(mark.at(-1) ?? 0))]))
  ).toEqual([])
})
