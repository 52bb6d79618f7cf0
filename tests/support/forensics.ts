import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import {
  brotliDecompressSync,
  constants,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync
} from 'node:zlib'
import { unpackedDatabase } from './leveldb.ts'

/** How many ways of writing a canary down `formsOf` knows before anything is compressed. */
export const fewestForms = 12

/**
 * A canary as it could lie on a disk: UTF-8, Latin-1, UTF-16 either way, hex in both cases, base64 and
 * base64url at three phases, escaped for JSON and for addresses. Each is cut to its last bytes, so
 * that a value whose beginning was written over is found by its suffix.
 */
export function formsOf(canary: Buffer): Buffer[] {
  const text = canary.toString('utf8')
  const utf16 = Buffer.from(text, 'utf16le')
  const units = [...text].map((letter) => letter.charCodeAt(0))
  const hex = canary.toString('hex')
  const base64 = [0, 1, 2].map((phase) => {
    const written = Buffer.concat([Buffer.alloc(phase), canary]).toString('base64')
    // The ends mix with their neighbours: only what is wholly the canary's own is looked for.
    return written.slice(phase === 0 ? 0 : 4, -4)
  })
  const url = (written: string) => written.replaceAll('+', '-').replaceAll('/', '_')
  const percent = [...canary].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const escaped = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
  const whole = [
    canary,
    // V8 keeps words without wide letters in one byte a letter.
    Buffer.from(text, 'latin1'),
    utf16,
    Buffer.from(utf16).swap16(),
    ...[hex, hex.toUpperCase(), ...base64, ...base64.map(url), percent, percent.toUpperCase()].map(
      (written) => Buffer.from(written)
    ),
    ...[escaped, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)].map((written) =>
      Buffer.from(written)
    )
  ]
  return whole.map((form) => form.subarray(Math.floor(form.length * (1 - suffix))))
}

/** The share of a form that is looked for: enough that nothing else looks like it. */
const suffix = 0.7

interface Needle {
  readonly canary: number
  readonly form: Buffer
}

/** Looks for many canaries in many files, also inside what is compressed there. */
export class Forensics {
  /** By the first four bytes of a form. */
  readonly #needles = new Map<number, Needle[]>()
  /** By the first two: most of what is read begins like nothing that is looked for. */
  readonly #begins = new Uint8Array(0x10000)

  constructor(canaries: readonly Buffer[]) {
    canaries.forEach((canary, index) => {
      for (const form of formsOf(canary)) {
        const head = form.readUInt32LE(0)
        this.#begins[form.readUInt16LE(0)] = 1
        const known = this.#needles.get(head)
        if (known) known.push({ canary: index, form })
        else this.#needles.set(head, [{ canary: index, form }])
      }
    })
  }

  /** Which canaries are in the bytes, by their number. */
  find(bytes: Buffer, depth = 0): Set<number> {
    const found = new Set<number>()
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (this.#begins[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] === 0) continue
      const needles = this.#needles.get(bytes.readUInt32LE(at))
      for (const { canary, form } of needles ?? [])
        if (bytes.subarray(at, at + form.length).equals(form)) found.add(canary)
    }
    if (depth < 2)
      for (const inner of unpacked(bytes))
        for (const canary of this.find(inner, depth + 1)) found.add(canary)
    return found
  }

  /** As `find`, also inside what the browser's own databases packed, or cut into pieces. */
  findInDatabase(bytes: Buffer): Set<number> {
    const found = this.find(bytes)
    for (const inner of unpackedDatabase(bytes))
      for (const canary of this.find(inner)) found.add(canary)
    return found
  }

  /** Which canaries lie in which files of a browser's profile: `file: number`. */
  async scanProfile(folder: string): Promise<string[]> {
    const found: string[] = []
    for (const file of await filesIn(folder))
      for (const canary of this.findInDatabase(await readFile(file)))
        found.push(`${relative(folder, file)}: ${canary}`)
    return found
  }

  /** `file: how many`, for each file below the folders in which a canary lies. */
  async scan(...folders: readonly string[]): Promise<string[]> {
    const found: string[] = []
    for (const folder of folders)
      for (const file of await filesIn(folder)) {
        const { size } = this.find(await readFile(file))
        if (size > 0) found.push(`${relative(folder, file)}: ${size}`)
      }
    return found
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

const largest = { maxOutputLength: 64 * 1024 * 1024 }
/** What is cut off is still read as far as it goes. */
const cut = { ...largest, finishFlush: constants.Z_SYNC_FLUSH }

const packings: readonly { readonly magic: Buffer; readonly unpack: (bytes: Buffer) => Buffer }[] =
  [
    { magic: Buffer.from([0x1f, 0x8b, 8]), unpack: gunzipFirst },
    { magic: Buffer.from([0x78, 0x01]), unpack: (bytes) => inflateSync(bytes, cut) },
    { magic: Buffer.from([0x78, 0x9c]), unpack: (bytes) => inflateSync(bytes, cut) },
    { magic: Buffer.from([0x78, 0xda]), unpack: (bytes) => inflateSync(bytes, cut) },
    {
      magic: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
      unpack: (bytes) => zstdDecompressSync(bytes.subarray(0, frameBytes(bytes)), largest)
    },
    // A file in a ZIP: its head, its name, then raw deflate.
    { magic: Buffer.from([0x50, 0x4b, 3, 4]), unpack: unzipFirst }
  ]

/** RFC 1952 § 2.3: what follows the head is raw deflate, and what follows that is somebody else's. */
function gunzipFirst(bytes: Buffer): Buffer {
  const flags = bytes.readUInt8(3)
  let from = 10
  if (flags & 4) from += 2 + bytes.readUInt16LE(from)
  for (const named of [8, 16]) if (flags & named) from = bytes.indexOf(0, from) + 1
  if (flags & 2) from += 2
  return inflateRawSync(bytes.subarray(from), cut)
}

/** RFC 8878 § 3.1.1: where a Zstandard frame ends, by the heads of its blocks. */
function frameBytes(bytes: Buffer): number {
  const descriptor = bytes.readUInt8(4)
  const isSingle = (descriptor & 0x20) !== 0
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  let at = 5 + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes
  for (let isLast = false; !isLast;) {
    const head = bytes.readUIntLE(at, 3)
    isLast = (head & 1) === 1
    // A run-length block holds one byte, whatever it says.
    at += 3 + (((head >> 1) & 3) === 1 ? 1 : head >> 3)
  }
  return at + (descriptor & 4 ? 4 : 0)
}

function unzipFirst(bytes: Buffer): Buffer {
  const from = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)
  return inflateRawSync(bytes.subarray(from), cut)
}

/** Everything compressed that begins anywhere in the bytes; and the bytes as Brotli, which has no magic. */
function* unpacked(bytes: Buffer): Generator<Buffer> {
  for (const { magic, unpack } of packings)
    for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) {
      const inner = attempt(() => unpack(bytes.subarray(at)))
      if (inner) yield inner
    }
  const inner = attempt(() => brotliDecompressSync(bytes, largest))
  if (inner) yield inner
}

/** Null for what only looked as if it were compressed. */
function attempt(unpack: () => Buffer): Buffer | null {
  try {
    const inner = unpack()
    return inner.length > 0 ? inner : null
  } catch {
    return null
  }
}
