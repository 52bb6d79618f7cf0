import { isTooLarge, type Picture, type PictureFault, type Size } from './picture.ts'

/** ITU-T T.81, table B.1. */
const startOfImage = Buffer.from([0xff, 0xd8])
const endOfImage = 0xd9
const startOfScan = 0xda
const comment = 0xfe

/** Baseline, extended and progressive by Huffman: what every browser draws and every camera makes. */
const drawnFrames = new Set([0xc0, 0xc1, 0xc2])
const tables = new Set([0xc4, 0xdb, 0xdd])

/** A progressive picture of endless scans costs whoever draws it endless time. */
const mostScans = 64

const isApplication = (marker: number): boolean => marker >= 0xe0 && marker <= 0xef
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7

interface Segment {
  readonly marker: number
  readonly body: Buffer
  readonly end: number
}

export function cleanJpeg(bytes: Buffer): Picture | PictureFault {
  const kept: Buffer[] = [startOfImage]
  let size: Size | null = null
  let scans = 0
  for (let at = 2; ;) {
    const marker = markerAt(bytes, at)
    if (!marker) return 'broken-picture'
    if (marker.code === endOfImage) {
      // What comes after the end is some other file.
      if (!size || scans === 0 || marker.end !== bytes.length) return 'broken-picture'
      kept.push(bytes.subarray(at, marker.end))
      return { ...size, mediaType: 'image/jpeg', bytes: Buffer.concat(kept) }
    }
    const segment = segmentAt(bytes, marker)
    if (!segment) return 'broken-picture'
    at = segment.end
    if (drawnFrames.has(segment.marker)) {
      if (size) return 'broken-picture'
      size = sizeOf(segment.body)
      if (!size) return 'broken-picture'
      if (isTooLarge(size)) return 'too-many-pixels'
      kept.push(written(segment))
    } else if (segment.marker === startOfScan) {
      scans += 1
      if (!size || scans > mostScans) return 'broken-picture'
      const end = endOfScan(bytes, at)
      kept.push(written(segment), bytes.subarray(at, end))
      at = end
    } else if (tables.has(segment.marker)) kept.push(written(segment))
    else if (isApplication(segment.marker)) kept.push(...keptOfApplication(segment))
    else if (segment.marker !== comment) return 'broken-picture'
  }
}

/** Any number of fill bytes may stand before a marker (B.1.1.2). */
function markerAt(bytes: Buffer, from: number): { code: number; end: number } | null {
  if (bytes[from] !== 0xff) return null
  let at = from
  while (bytes[at] === 0xff) at += 1
  const code = bytes[at]
  return code === undefined || code === 0 ? null : { code, end: at + 1 }
}

function segmentAt(bytes: Buffer, marker: { code: number; end: number }): Segment | null {
  const { code, end: from } = marker
  if (from + 2 > bytes.length) return null
  const length = bytes.readUInt16BE(from)
  const end = from + length
  if (length < 2 || end > bytes.length) return null
  return { marker: code, body: bytes.subarray(from + 2, end), end }
}

function written({ marker, body }: Pick<Segment, 'marker' | 'body'>): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** 8 bits a sample, grey or three colours. A height of nothing would be told only later, by a marker of its own. */
function sizeOf(frame: Buffer): Size | null {
  const [precision] = frame
  const components = frame[5] ?? 0
  if (precision !== 8 || (components !== 1 && components !== 3)) return null
  if (frame.length !== 6 + 3 * components) return null
  const size = { height: frame.readUInt16BE(1), width: frame.readUInt16BE(3) }
  return size.width > 0 && size.height > 0 ? size : null
}

/** The coded samples go on through stuffed zeros and restarts, up to any other marker. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 2) {
    at = bytes.indexOf(0xff, at)
    if (at === -1) return bytes.length
    const next = bytes[at + 1]
    if (next === undefined) return bytes.length
    if (next !== 0 && !isRestart(next)) return at
  }
}

/** Of what applications add only what colours and proportions hang on, and never a thumbnail. */
function keptOfApplication({ marker, body }: Segment): Buffer[] {
  const isJfif = marker === 0xe0 && body.toString('latin1', 0, 5) === 'JFIF\0' && body.length >= 14
  if (isJfif) {
    const bare = Buffer.from(body.subarray(0, 14))
    bare.writeUInt16BE(0, 12)
    return [written({ marker, body: bare })]
  }
  const isAdobe = marker === 0xee && body.toString('latin1', 0, 5) === 'Adobe' && body.length >= 12
  return isAdobe ? [written({ marker, body: body.subarray(0, 12) })] : []
}
