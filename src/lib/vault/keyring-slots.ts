import type { PassphraseWrapping, Wrapping } from './keys.ts'
import { isBearable } from './passphrase.ts'

export interface KeyringFile {
  size(): number
  read(at: number, length: number): Uint8Array<ArrayBuffer>
  write(at: number, bytes: Uint8Array<ArrayBuffer>): void
  flush(): void
}

export interface Range {
  readonly at: number
  readonly bytes: number
}

/** Everything of one root. The second bank has the same shape and follows the first. */
export interface BankContents {
  readonly wrappings: readonly Wrapping[]
  readonly signingKey: Uint8Array<ArrayBuffer> | null
  /** Sealed, so that nobody can lay another server's key in its place. */
  readonly leaseKey: Uint8Array<ArrayBuffer> | null
  /** The key of the vault's own values, wrapped; null as long as it is derived from the first root. */
  readonly ownValues: Uint8Array<ArrayBuffer> | null
  /** The wrapped key of each customership, by id. */
  readonly keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

export const wrappingSlots = { at: 512, bytes: 512, count: 8 }
/** Of the file, not of a bank: a change of root forgets no wrong passphrase. */
export const triesSlot = { at: 4608, bytes: 512 }
export const signingSlot = { at: 5120, bytes: 1024 }
export const leaseKeySlot = { at: 6144, bytes: 512 }
export const ownValuesSlot = { at: 6656, bytes: 512 }
export const keySlots = { at: 8192, bytes: 64, count: 2048 }
export const bankBytes = keySlots.at + keySlots.bytes * keySlots.count
export const idBytes = 16
const wrappedBytes = 40

/** What belongs to a bank alone: neither the head of the file nor the tries. */
export const bankRanges = (base: number): Range[] => [
  { at: base + wrappingSlots.at, bytes: triesSlot.at - wrappingSlots.at },
  { at: base + signingSlot.at, bytes: bankBytes - signingSlot.at }
]

/** Two places, written by turns: a torn one leaves the other, and with it the bank of before. */
export const headAt = (generation: number): number => (generation % 2) * 256

/** How many times the root was changed; a file of before banks has zeros here. */
export function generationOf(file: KeyringFile): number {
  if (file.size() < bankBytes) return 0
  const found = [0, 1].map((turn) => {
    const head = new DataView(file.read(headAt(turn), 8).buffer)
    const generation = head.getUint32(0)
    return (head.getUint32(4) ^ generation) === -1 ? generation : 0
  })
  return Math.max(...found)
}

export const baseOf = (generation: number): number => (generation % 2) * bankBytes

/** Every bank that the file is long enough for; the other one may hold what a crash left. */
export const basesIn = (file: KeyringFile): number[] =>
  [0, bankBytes].filter((base) => file.size() > base)

export function wrappingAt(file: KeyringFile, at: number): Wrapping | null {
  const found = readJson<Partial<Wrapping>>(file, at, wrappingSlots.bytes)
  if (found?.method === 'passkey') return found as Wrapping
  return found?.method === 'passphrase' && isAsWritten(found) ? (found as Wrapping) : null
}

/** A slot that asks for more than is bearable, or lacks a field, was written over by somebody. */
const isAsWritten = ({ credential, kdf }: Partial<PassphraseWrapping>): boolean =>
  credential === '' && kdf !== undefined && isBearable(kdf)

export const wrappingPlaces = (base: number): number[] =>
  Array.from(
    { length: wrappingSlots.count },
    (_, index) => base + wrappingSlots.at + index * wrappingSlots.bytes
  )

export function readBank(file: KeyringFile, base: number): BankContents {
  return {
    wrappings: wrappingPlaces(base).flatMap((at) => wrappingAt(file, at) ?? []),
    signingKey: readSlot(file, base + signingSlot.at, signingSlot.bytes),
    leaseKey: readSlot(file, base + leaseKeySlot.at, leaseKeySlot.bytes),
    ownValues: readSlot(file, base + ownValuesSlot.at, ownValuesSlot.bytes),
    keys: wrappedKeys(file, base)
  }
}

export function wrappedKeys(file: KeyringFile, base: number): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(
    usedSlots(file, base).map(({ id, at }) => [id, file.read(at + idBytes, wrappedBytes)])
  )
}

export function usedSlots(file: KeyringFile, base: number): { id: string; at: number }[] {
  if (file.size() <= base) return []
  const begin = base + keySlots.at
  const all = file.read(begin, keySlots.bytes * keySlots.count)
  const used: { id: string; at: number }[] = []
  for (let offset = 0; offset < all.length; offset += keySlots.bytes) {
    const id = all.subarray(offset, offset + idBytes)
    if (id.some(isWritten)) used.push({ id: bytesToId(id), at: begin + offset })
  }
  return used
}

export function keySlot(id: string, wrapped: Uint8Array): Uint8Array<ArrayBuffer> {
  const slot = new Uint8Array(keySlots.bytes)
  slot.set(idToBytes(id))
  slot.set(wrapped, idBytes)
  return slot
}

export const isWritten = (byte: number): boolean => byte !== 0

/** Random first, then zeros: each pass is flushed, so that neither is left out by a cache. */
export function overwrite(file: KeyringFile, ranges: readonly Range[]): void {
  if (ranges.length === 0) return
  for (const { at, bytes } of ranges) file.write(at, randomBytes(bytes))
  file.flush()
  for (const { at, bytes } of ranges) file.write(at, new Uint8Array(bytes))
  file.flush()
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 0x10000) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 0x10000)))
  }
  return bytes
}

export function writeSlot(
  file: Pick<KeyringFile, 'write'>,
  at: number,
  bytes: number,
  content: Uint8Array<ArrayBuffer>
): void {
  if (content.length + 2 > bytes) throw new Error('the slot is too small')
  const slot = new Uint8Array(bytes)
  new DataView(slot.buffer).setUint16(0, content.length)
  slot.set(content, 2)
  file.write(at, slot)
}

function readSlot(file: KeyringFile, at: number, bytes: number): Uint8Array<ArrayBuffer> | null {
  if (file.size() < at + bytes) return null
  const slot = file.read(at, bytes)
  const length = new DataView(slot.buffer).getUint16(0)
  return length === 0 || length + 2 > bytes ? null : slot.slice(2, 2 + length)
}

export function readJson<T>(file: KeyringFile, at: number, bytes: number): T | null {
  const content = readSlot(file, at, bytes)
  if (!content) return null
  try {
    return JSON.parse(new TextDecoder().decode(content)) as T
  } catch {
    return null
  }
}

export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(value))

function idToBytes(id: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (hex) => parseInt(hex, 16))
}

function bytesToId(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
