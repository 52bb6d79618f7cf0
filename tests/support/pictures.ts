import { crc32, deflateSync } from 'node:zlib'

export function pngChunk(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const whole = Buffer.alloc(12 + body.length)
  whole.writeUInt32BE(body.length, 0)
  whole.write(type, 4, 'latin1')
  body.copy(whole, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + body.length)), 8 + body.length)
  return whole
}

export const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

export function pngHeader(width: number, height: number, rest = [8, 0, 0, 0, 0]): Buffer {
  const body = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, ...rest])
  body.writeUInt32BE(width, 0)
  body.writeUInt32BE(height, 4)
  return pngChunk('IHDR', body)
}

/** Grey pixels that spell the words, not compressed: a file that holds the picture holds the words. */
export function pngOf(words: string, height = 40): Buffer {
  const row = Buffer.from(words, 'utf8')
  const rows = Buffer.concat(Array.from({ length: height }, () => [Buffer.alloc(1), row]).flat())
  return Buffer.concat([
    pngSignature,
    pngHeader(row.length, height),
    pngChunk('IDAT', deflateSync(rows, { level: 0 })),
    pngChunk('IEND')
  ])
}

export function jpegSegment(marker: number, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(bytes.length + 2, 2)
  return Buffer.concat([head, bytes])
}

export function jpegFrame(width: number, height: number, marker = 0xc0): Buffer {
  const body = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  body.writeUInt16BE(height, 1)
  body.writeUInt16BE(width, 3)
  return jpegSegment(marker, body)
}

export const jpegStart = Buffer.from([0xff, 0xd8])
export const jpegEnd = Buffer.from([0xff, 0xd9])
export const jpegScan = (samples = 'coded samples'): Buffer =>
  Buffer.concat([jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from(samples)])

/** Built as a JPEG is; nothing here decodes it. */
export function jpegOf(...between: Buffer[]): Buffer {
  return Buffer.concat([jpegStart, ...between, jpegFrame(600, 800), jpegScan(), jpegEnd])
}
