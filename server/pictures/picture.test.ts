import { describe, expect, test } from 'vitest'
import {
  jpegEnd,
  jpegFrame,
  jpegOf,
  jpegScan,
  jpegSegment,
  jpegStart,
  pngChunk,
  pngHeader,
  pngOf,
  pngSignature
} from '#tests/support/pictures.ts'
import { readPicture, type Picture } from './picture.ts'

function drawn(bytes: Buffer): Picture {
  const picture = readPicture(bytes)
  if (typeof picture === 'string') throw new Error(picture)
  return picture
}

const samples = pngChunk('IDAT', Buffer.from([1, 2, 3]))
const png = (...chunks: Buffer[]) => Buffer.concat([pngSignature, ...chunks])

test('a picture is what its bytes say, and its size is what its header says', () => {
  expect(drawn(jpegOf())).toMatchObject({ mediaType: 'image/jpeg', width: 600, height: 800 })
  expect(drawn(pngOf('words', 9))).toMatchObject({ mediaType: 'image/png', width: 5, height: 9 })
  expect(drawn(jpegOf()).bytes).toEqual(jpegOf())
  expect(drawn(pngOf('words')).bytes).toEqual(pngOf('words'))
})

test('§8 what tells of a camera, a place or an earlier picture is left out', () => {
  const thumbnail = Buffer.concat([
    Buffer.from('JFIF\0'),
    Buffer.from([1, 2, 0, 0, 1, 0, 1, 3, 3]),
    Buffer.from('uncovered thumbnail pixels!')
  ])
  const jpeg = jpegOf(
    jpegSegment(0xe0, thumbnail),
    jpegSegment(0xe0, 'JFXX\0 uncovered thumbnail'),
    jpegSegment(0xe1, 'Exif\0\0 N 60.17 E 24.94'),
    jpegSegment(0xe1, 'XMP\0 author'),
    jpegSegment(0xe2, 'ICC_PROFILE\0 somebody’s screen'),
    jpegSegment(0xed, 'Photoshop 3.0\0 caption'),
    jpegSegment(0xee, 'Adobe\0d\0\0\0\0\u0001 and more'),
    jpegSegment(0xfe, 'a comment')
  )
  const cleaned = drawn(jpeg).bytes.toString('latin1')
  for (const told of ['uncovered', 'Exif', '60.17', 'author', 'ICC', 'caption', 'more', 'comment'])
    expect(cleaned).not.toContain(told)
  expect(cleaned).toContain('JFIF')
  expect(cleaned).toContain('Adobe')
  expect(drawn(Buffer.from(cleaned, 'latin1')).bytes.toString('latin1')).toBe(cleaned)

  const whole = pngOf('pixels')
  const spoken = Buffer.concat([
    whole.subarray(0, 33),
    pngChunk('tEXt', Buffer.from('Author\0somebody')),
    pngChunk('eXIf', Buffer.from('N 60.17')),
    pngChunk('acTL', Buffer.alloc(8)),
    whole.subarray(33, -12),
    pngChunk('fdAT', Buffer.from('another picture')),
    pngChunk('tIME', Buffer.alloc(7)),
    whole.subarray(-12)
  ])
  expect(drawn(spoken).bytes).toEqual(whole)
})

test('a progressive picture keeps its scans and restarts', () => {
  const progressive = Buffer.concat([
    jpegStart,
    jpegFrame(8, 8, 0xc2),
    jpegScan('one\xff'),
    Buffer.from([0x00, 0xff, 0xd0, 0x41]),
    jpegSegment(0xc4, 'tables'),
    jpegScan('two'),
    jpegEnd
  ])
  expect(drawn(progressive).bytes).toEqual(progressive)
})

describe('a page is refused', () => {
  const cases: [string, Buffer, string][] = [
    ['when it is a PDF', Buffer.from('%PDF-1.7\n'), 'not-a-picture'],
    ['when it is a GIF', Buffer.from('GIF89a'), 'not-a-picture'],
    ['when it is a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">'), 'not-a-picture'],
    ['when it is nothing', Buffer.alloc(0), 'not-a-picture'],
    ['when it is more than a page may weigh', Buffer.alloc(6_000_001, 0xff), 'too-large'],
    [
      'when something follows a JPEG',
      Buffer.concat([jpegOf(), Buffer.from('PK\x03\x04')]),
      'broken-picture'
    ],
    [
      'when something follows a PNG',
      Buffer.concat([pngOf('words'), Buffer.from('<script>')]),
      'broken-picture'
    ],
    ['when a JPEG has no end', jpegOf().subarray(0, -2), 'broken-picture'],
    ['when a JPEG is cut in a segment', jpegOf().subarray(0, 9), 'broken-picture'],
    [
      'when a JPEG has no samples',
      Buffer.concat([jpegStart, jpegFrame(8, 8), jpegEnd]),
      'broken-picture'
    ],
    ['when a JPEG has no frame', Buffer.concat([jpegStart, jpegScan(), jpegEnd]), 'broken-picture'],
    ['when a JPEG has two frames', jpegOf(jpegFrame(8, 8)), 'broken-picture'],
    ['when a JPEG is drawn by arithmetic', jpegOf(jpegFrame(8, 8, 0xc9)), 'broken-picture'],
    ['when a JPEG tells its height later', jpegOf(jpegFrame(8, 0)), 'broken-picture'],
    [
      'when a segment is longer than the file',
      jpegOf(Buffer.from('ffe1ffff', 'hex')),
      'broken-picture'
    ],
    [
      'when a segment is shorter than its length',
      jpegOf(Buffer.from('ffe10001', 'hex')),
      'broken-picture'
    ],
    [
      'when something stands between segments',
      jpegOf(jpegSegment(0xfe, ''), Buffer.from('loose')),
      'broken-picture'
    ],
    [
      'when a JPEG claims a side too long',
      Buffer.concat([jpegStart, jpegFrame(12_001, 1), jpegScan(), jpegEnd]),
      'too-many-pixels'
    ],
    [
      'when a JPEG claims too many pixels',
      Buffer.concat([jpegStart, jpegFrame(8000, 8000), jpegScan(), jpegEnd]),
      'too-many-pixels'
    ],
    [
      'when a JPEG has scans without end',
      Buffer.concat([
        jpegStart,
        jpegFrame(8, 8, 0xc2),
        ...Array.from({ length: 65 }, () => jpegScan()),
        jpegEnd
      ]),
      'broken-picture'
    ],
    [
      'when a PNG claims too many pixels',
      png(pngHeader(10_000, 10_000), samples, pngChunk('IEND')),
      'too-many-pixels'
    ],
    ['when a PNG has no pixels', png(pngHeader(0, 9), samples, pngChunk('IEND')), 'broken-picture'],
    ['when a PNG has no samples', png(pngHeader(8, 8), pngChunk('IEND')), 'broken-picture'],
    ['when a PNG has no end', png(pngHeader(8, 8), samples), 'broken-picture'],
    [
      'when a PNG has two headers',
      png(pngHeader(8, 8), pngHeader(9, 9), samples, pngChunk('IEND')),
      'broken-picture'
    ],
    [
      'when a PNG’s header is not first',
      png(samples, pngHeader(8, 8), pngChunk('IEND')),
      'broken-picture'
    ],
    [
      'when samples come in two rows',
      png(pngHeader(8, 8), samples, pngChunk('tRNS'), samples, pngChunk('IEND')),
      'broken-picture'
    ],
    [
      'when colours are missing',
      png(pngHeader(8, 8, [8, 3, 0, 0, 0]), samples, pngChunk('IEND')),
      'broken-picture'
    ],
    [
      'when its kind of colour is unknown',
      png(pngHeader(8, 8, [8, 5, 0, 0, 0]), samples, pngChunk('IEND')),
      'broken-picture'
    ],
    [
      'when an unknown chunk cannot be done without',
      png(pngHeader(8, 8), pngChunk('CgBI'), samples, pngChunk('IEND')),
      'broken-picture'
    ],
    [
      'when a chunk is longer than the file',
      png(pngHeader(8, 8), Buffer.from('7fffffff49444154', 'hex')),
      'broken-picture'
    ]
  ]
  test.each(cases)('%s', (_, bytes, fault) => {
    expect(readPicture(bytes)).toBe(fault)
  })

  test('when one bit of a PNG is another', () => {
    const bytes = pngOf('words')
    for (const at of [20, 45, bytes.length - 2]) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      expect(readPicture(flipped)).toBe('broken-picture')
    }
  })
})

test('no file of noise makes the walk fail or go on for ever', () => {
  let state = 7
  const next = () => (state = (state * 1103515245 + 12345) & 0x7fffffff)
  for (const head of [jpegStart, Buffer.concat([jpegStart, Buffer.from([0xff])]), pngSignature])
    for (let round = 0; round < 300; round += 1) {
      const noise = Buffer.from(Array.from({ length: next() % 200 }, () => next() & 0xff))
      expect(readPicture(Buffer.concat([head, noise]))).toBeTypeOf('string')
    }
})
