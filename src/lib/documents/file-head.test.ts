import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallPdf, speckledPng } from '#tests/support/papers.ts'
import { fileHeadOf } from './file-head.ts'

const segment = (marker: number, body: readonly number[]): number[] => [
  0xff,
  marker,
  (body.length + 2) >> 8,
  (body.length + 2) & 0xff,
  ...body
]
const frame = (marker: number, width: number, height: number) =>
  segment(marker, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 17, 0])

test.each([0xc0, 0xc1, 0xc2])('a JPEG says its size in its frame header %i', (marker) => {
  const exif = segment(0xe1, [...Buffer.from('Exif\0\0 made by a phone')])
  const tables = segment(0xc4, [0, 1, 2, 3])
  const bytes = [0xff, 0xd8, ...exif, ...tables, 0xff, ...frame(marker, 3264, 2448), 0, 0, 0]
  expect(fileHeadOf(Uint8Array.from(bytes))).toEqual({
    kind: 'picture',
    width: 3264,
    height: 2448
  })
})

test('PNG and PDF are known by their first bytes, whatever they are called', () => {
  expect(fileHeadOf(speckledPng(1, 30, 40).buffer)).toEqual({
    kind: 'picture',
    width: 30,
    height: 40
  })
  expect(fileHeadOf(smallPdf('a.jpg').buffer)).toEqual({ kind: 'pdf' })
})

test('anything else is nothing, and no bytes make the reading fail or last', () => {
  for (const text of ['', '<svg/>', 'GIF89a', 'PK', '%PD'])
    expect(fileHeadOf(Buffer.from(text))).toBeNull()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, led) => {
      const head = fileHeadOf(Uint8Array.from([...(led ? [0xff, 0xd8, 0xff] : []), ...bytes]))
      expect(head === null || head.kind === 'picture' || !led).toBe(true)
    })
  )
})
