/**
 * What Chromium's own databases hold, as it was before they packed it: LevelDB tables and logs, and the
 * values that IndexedDB compresses by itself. A word that was cut by a back reference, or by the end of
 * a block, is whole again here.
 */

/** LevelDB, table_format.md: the last eight bytes of a table. */
const tableMagic = Buffer.from('57fb808b247547db', 'hex')
const footerBytes = 48

/** LevelDB, log_format.md. */
const logBlockBytes = 32 * 1024
const logHeadBytes = 7

/** Blink's serialized value that needs processing first: compressed with Snappy. */
const snappyValue = Buffer.from([0xff, 0x11, 0x02])

interface Reader {
  readonly bytes: Buffer
  at: number
}

function varint(reader: Reader): number {
  let value = 0
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = reader.bytes.readUInt8(reader.at)
    reader.at += 1
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return value
  }
  throw new Error('no number')
}

const largestBytes = 64 * 1024 * 1024

/** Snappy, format_description.txt. Throws on what is none. */
export function unsnap(bytes: Buffer): Buffer {
  const reader = { bytes, at: 0 }
  const length = varint(reader)
  if (length > largestBytes) throw new Error('too large')
  const whole = Buffer.alloc(length)
  let to = 0
  while (to < length) {
    const tag = bytes.readUInt8(reader.at)
    reader.at += 1
    if ((tag & 3) === 0) {
      const long = (tag >> 2) - 59
      const size = 1 + (long > 0 ? bytes.readUIntLE(reader.at, long) : tag >> 2)
      reader.at += Math.max(0, long)
      if (reader.at + size > bytes.length) throw new Error('cut off')
      to += bytes.copy(whole, to, reader.at, reader.at + size)
      reader.at += size
      continue
    }
    const { size, back, used } = copyOf(bytes, reader.at, tag)
    reader.at += used
    if (back === 0 || back > to) throw new Error('no reference')
    // Byte by byte: a reference may overlap what it makes.
    for (let done = 0; done < size && to < length; done += 1, to += 1)
      whole[to] = whole[to - back] ?? 0
  }
  return whole
}

function copyOf(bytes: Buffer, at: number, tag: number) {
  if ((tag & 3) === 1)
    return {
      size: 4 + ((tag >> 2) & 7),
      back: ((tag >> 5) << 8) | bytes.readUInt8(at),
      used: 1
    }
  const used = (tag & 3) === 2 ? 2 : 4
  return { size: 1 + (tag >> 2), back: bytes.readUIntLE(at, used), used }
}

function* tableBlocks(bytes: Buffer): Generator<Buffer> {
  if (!bytes.subarray(-8).equals(tableMagic)) return
  const footer = { bytes: bytes.subarray(-footerBytes), at: 0 }
  varint(footer)
  varint(footer)
  const index = blockAt(bytes, varint(footer), varint(footer))
  const restarts = 4 * (1 + index.readUInt32LE(index.length - 4))
  const reader = { bytes: index, at: 0 }
  while (reader.at < index.length - restarts) {
    varint(reader)
    const keyBytes = varint(reader)
    const valueBytes = varint(reader)
    const handle = { bytes: index, at: reader.at + keyBytes }
    yield blockAt(bytes, varint(handle), varint(handle))
    reader.at += keyBytes + valueBytes
  }
}

function blockAt(bytes: Buffer, from: number, size: number): Buffer {
  const block = bytes.subarray(from, from + size)
  return bytes.readUInt8(from + size) === 1 ? unsnap(block) : block
}

/** The records of a log without the heads between their pieces; null for what is no log. */
function logRecords(bytes: Buffer): Buffer | null {
  const pieces: Buffer[] = []
  let at = 0
  while (at + logHeadBytes <= bytes.length) {
    const left = logBlockBytes - (at % logBlockBytes)
    const size = bytes.readUInt16LE(at + 4)
    const type = bytes.readUInt8(at + 6)
    const isPadding = left < logHeadBytes || type === 0
    if (!isPadding && (type > 4 || size + logHeadBytes > left)) break
    if (!isPadding) pieces.push(bytes.subarray(at + logHeadBytes, at + logHeadBytes + size))
    at += isPadding ? left : logHeadBytes + size
  }
  return pieces.length > 1 ? Buffer.concat(pieces) : null
}

/** What lies in the file beside its bytes as they are. */
export function* unpackedDatabase(bytes: Buffer): Generator<Buffer> {
  const wholes = [bytes]
  try {
    wholes.push(...tableBlocks(bytes))
  } catch {
    // Cut off, or no table at all: its bytes are looked at as they are.
  }
  const records = logRecords(bytes)
  if (records) wholes.push(records)
  yield* wholes.slice(1)
  for (const whole of wholes) yield* snappyValues(whole)
}

function* snappyValues(bytes: Buffer): Generator<Buffer> {
  for (let at = bytes.indexOf(snappyValue); at !== -1; at = bytes.indexOf(snappyValue, at + 1))
    try {
      yield unsnap(bytes.subarray(at + snappyValue.length))
    } catch {
      // It only looked like one.
    }
}
