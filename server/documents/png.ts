import { crc32 } from 'node:zlib'
import { isTooLarge, type Picture, type PictureFault, type Size } from './picture.ts'

/** PNG, third edition, § 11: everything else tells of something that is not the picture. */
const drawn = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
const signatureBytes = 8

/** The depths that each kind of colour may have. */
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16]
}

interface Chunk {
  readonly type: string
  readonly body: Buffer
  readonly whole: Buffer
  readonly end: number
}

export function cleanPng(bytes: Buffer): Picture | PictureFault {
  const header = chunkAt(bytes, signatureBytes)
  const size = header?.type === 'IHDR' ? sizeOf(header.body) : null
  if (!header || !size) return 'broken-picture'
  if (isTooLarge(size)) return 'too-many-pixels'
  const kept: Buffer[] = [bytes.subarray(0, signatureBytes), header.whole]
  const seen: string[] = []
  for (let at = header.end; ;) {
    const chunk = chunkAt(bytes, at)
    if (!chunk) return 'broken-picture'
    at = chunk.end
    if (!drawn.has(chunk.type)) {
      // A capital first letter says that it cannot be drawn without.
      if (/^[A-Z]/.test(chunk.type)) return 'broken-picture'
      continue
    }
    if (!mayFollow(chunk.type, seen)) return 'broken-picture'
    seen.push(chunk.type)
    kept.push(chunk.whole)
    if (chunk.type !== 'IEND') continue
    const isIndexed = header.body[9] === 3
    const isWhole = seen.includes('IDAT') && (!isIndexed || seen.includes('PLTE'))
    // What comes after the end is some other file.
    if (!isWhole || chunk.body.length > 0 || at !== bytes.length) return 'broken-picture'
    return { ...size, mediaType: 'image/png', bytes: Buffer.concat(kept) }
  }
}

function chunkAt(bytes: Buffer, from: number): Chunk | null {
  if (from + 12 > bytes.length) return null
  const length = bytes.readUInt32BE(from)
  const end = from + 12 + length
  if (end > bytes.length) return null
  const type = bytes.toString('latin1', from + 4, from + 8)
  const checked = bytes.subarray(from + 4, from + 8 + length)
  if (!/^[A-Za-z]{4}$/.test(type) || crc32(checked) !== bytes.readUInt32BE(end - 4)) return null
  return { type, body: checked.subarray(4), whole: bytes.subarray(from, end), end }
}

function sizeOf(header: Buffer): Size | null {
  if (header.length !== 13) return null
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = header.subarray(8)
  if (!depths[colour]?.includes(depth)) return null
  if (compression !== 0 || filter !== 0 || interlace > 1) return null
  const size = { width: header.readUInt32BE(0), height: header.readUInt32BE(4) }
  return size.width > 0 && size.height > 0 ? size : null
}

/** Each once and before the samples; the samples in one row. */
function mayFollow(type: string, seen: readonly string[]): boolean {
  const last = seen.at(-1)
  if (type === 'IHDR') return false
  if (type === 'IDAT') return last === 'IDAT' || !seen.includes('IDAT')
  if (type === 'IEND') return true
  return !seen.includes(type) && !seen.includes('IDAT')
}
