import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { emblemLimits } from '#contract/emblem.ts'
import { speckledPng } from '#tests/support/papers.ts'
import {
  jpegFrame,
  jpegOf,
  jpegSegment,
  pngChunk,
  pngHeader,
  pngSignature
} from '#tests/support/pictures.ts'
import { readEmblem } from './emblem.ts'

const png = (width: number, height: number, rows: Buffer, rest?: number[]): Buffer =>
  Buffer.concat([
    pngSignature,
    pngHeader(width, height, rest),
    pngChunk('tEXt', Buffer.from('Author\0Aino')),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND')
  ])
const grey = (width: number, height: number) => Buffer.alloc((width + 1) * height)

test('a PNG and a JPEG are taken by their bytes, and lose what tells of whoever drew them', () => {
  const kept = readEmblem(png(60, 20, grey(60, 20)))
  expect(kept).toMatchObject({ mediaType: 'image/png', width: 60, height: 20 })
  expect(typeof kept === 'string' ? kept : kept.bytes.toString('latin1')).not.toContain('Aino')
  expect(readEmblem(jpegOf(jpegSegment(0xe1, 'Exif\0\0Aino')))).toMatchObject({
    mediaType: 'image/jpeg',
    width: 600,
    height: 800
  })
})

test('an interlaced picture is counted pass by pass', () => {
  // Of 5 × 3 grey pixels: 1, 1, 0, 1, 3, two rows of 2, and 5, each row led by its filter.
  const bytes = 2 + 2 + 2 + 4 + 6 + 6
  const interlaced = (length: number) => png(5, 3, Buffer.alloc(length), [8, 0, 0, 0, 1])
  expect(readEmblem(interlaced(bytes))).toMatchObject({ width: 5, height: 3 })
  expect(readEmblem(interlaced(bytes - 1))).toBe('broken-picture')
})

test.each<[string, Buffer, string]>([
  ['a text', Buffer.from('Aino'), 'not-a-picture'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not-a-picture'],
  ['one that is too heavy', speckledPng(1, 600, 600).buffer, 'too-large'],
  ['one that is too wide', png(2001, 10, grey(2001, 10)), 'too-many-pixels'],
  ['one of too many pixels', png(1400, 800, grey(1400, 800)), 'too-many-pixels'],
  ['one that claims to be wide', jpegOf(jpegFrame(2600, 20)), 'broken-picture'],
  ['one whose samples end early', png(60, 20, grey(60, 19)), 'broken-picture'],
  ['one whose samples go on', png(60, 20, grey(60, 2000)), 'broken-picture'],
  ['one of an unknown filter', png(60, 20, grey(60, 20).fill(9, 0, 1)), 'broken-picture'],
  [
    'one of another kind as well',
    Buffer.concat([png(6, 2, grey(6, 2)), Buffer.from('PK')]),
    'broken-picture'
  ]
])('%s is no logo', (_what, bytes, fault) => {
  expect(readEmblem(bytes)).toBe(fault)
})

test('what is too heavy is told before it is read', () => {
  expect(readEmblem(Buffer.alloc(emblemLimits.bytes + 1))).toBe('too-large')
})
