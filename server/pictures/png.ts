import { crc32, inflateSync } from 'node:zlib'
import { isTooLarge, type Picture, type PictureFault, type Size } from './picture.ts'

/** PNG, third edition, § 11: everything else tells of something that is not the picture. */
const drawn = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
const signatureBytes = 8
/** § 9.2: none, sub, up, average, Paeth. */
const lastFilter = 4

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

/** Whether its samples are there to the last one, and no more: what is drawn again and again may not fail once. */
export function hasAllSamples(png: Buffer): boolean {
  const header = chunkAt(png, signatureBytes)
  const size = header && sizeOf(header.body)
  if (!header || !size) return false
  const [depth = 0, colour = 0, , , interlace] = header.body.subarray(8)
  const packed: Buffer[] = []
  for (let chunk = chunkAt(png, header.end); chunk; chunk = chunkAt(png, chunk.end)) {
    if (chunk.type === 'IDAT') packed.push(chunk.body)
    if (chunk.type === 'PLTE' && chunk.body.length % 3 !== 0) return false
  }
  const passes = (interlace === 1 ? interlaced : [whole]).map((pass) =>
    rowsOf(pass, size, depth * (samples[colour] ?? 0))
  )
  const bytes = passes.reduce((sum, { rows, rowBytes }) => sum + rows * rowBytes, 0)
  try {
    const unpacked = inflateSync(Buffer.concat(packed), { maxOutputLength: bytes })
    return unpacked.length === bytes && haveKnownFilters(unpacked, passes)
  } catch {
    return false
  }
}

/** Samples of a pixel, by the kind of colour (§ 11.2.1). */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Which pixels a pass draws: from, and every so many (§ 8.1). */
type Pass = readonly [x: number, y: number, everyX: number, everyY: number]
const whole: Pass = [0, 0, 1, 1]
const interlaced: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2]
]

interface Rows {
  readonly rows: number
  readonly rowBytes: number
}

/** Each row is led by the number of its filter; a pass of no pixels has no rows. */
function rowsOf([x, y, everyX, everyY]: Pass, { width, height }: Size, bits: number): Rows {
  const columns = Math.ceil((width - x) / everyX)
  const rows = Math.ceil((height - y) / everyY)
  const isEmpty = columns <= 0 || rows <= 0
  return isEmpty
    ? { rows: 0, rowBytes: 0 }
    : { rows, rowBytes: 1 + Math.ceil((columns * bits) / 8) }
}

function haveKnownFilters(unpacked: Buffer, passes: readonly Rows[]): boolean {
  let at = 0
  for (const { rows, rowBytes } of passes)
    for (let row = 0; row < rows; row += 1, at += rowBytes)
      if ((unpacked[at] ?? 0) > lastFilter) return false
  return true
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
