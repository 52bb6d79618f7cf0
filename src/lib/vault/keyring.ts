import { isBearable } from './passphrase.ts'
import type { Wrapping } from './keys.ts'

/**
 * Everything that opens the vault, in fixed slots of one file. A slot is overwritten in place and
 * flushed, so that what it held is gone from the disk; that needs no key and no unlocking.
 */
export interface KeyringFile {
  size(): number
  read(at: number, length: number): Uint8Array<ArrayBuffer>
  write(at: number, bytes: Uint8Array<ArrayBuffer>): void
  flush(): void
}

/** Opens the file for one short piece of work, alone among all tabs. */
export interface KeyringPlace {
  use<T>(work: (file: KeyringFile) => T): Promise<T>
}

const wrappingSlots = { at: 512, bytes: 512, count: 8 }
const triesSlot = { at: 4608, bytes: 512 }
const signingSlot = { at: 5120, bytes: 1024 }
const leaseKeySlot = { at: 6144, bytes: 512 }
const keySlots = { at: 8192, bytes: 64, count: 2048 }
const fileBytes = keySlots.at + keySlots.bytes * keySlots.count
const idBytes = 16
const wrappedBytes = 40

export interface Tries {
  readonly count: number
  readonly lastAt: number
}

export class Keyring {
  readonly #place: KeyringPlace

  constructor(place: KeyringPlace) {
    this.#place = place
  }

  create(
    wrapping: Wrapping,
    signingKey: Uint8Array<ArrayBuffer>,
    leaseKey: Uint8Array<ArrayBuffer>
  ): Promise<void> {
    return this.#place.use((file) => {
      file.write(0, new Uint8Array(fileBytes))
      writeSlot(file, wrappingSlots.at, wrappingSlots.bytes, jsonBytes(wrapping))
      writeSlot(file, signingSlot.at, signingSlot.bytes, signingKey)
      writeSlot(file, leaseKeySlot.at, leaseKeySlot.bytes, leaseKey)
      file.flush()
    })
  }

  /** Those within bearable parameters: a slot that asks for more was written over by somebody. */
  wrappings(): Promise<Wrapping[]> {
    return this.#place.use(
      (file) =>
        Array.from({ length: wrappingSlots.count }, (_, index) =>
          readJson<Wrapping>(
            file,
            wrappingSlots.at + index * wrappingSlots.bytes,
            wrappingSlots.bytes
          )
        ).filter((wrapping) => wrapping !== null && isBearable(wrapping.kdf)) as Wrapping[]
    )
  }

  destroyWrappings(): Promise<void> {
    const bytes = wrappingSlots.bytes * wrappingSlots.count
    return this.#place.use((file) => overwrite(file, [{ at: wrappingSlots.at, bytes }]))
  }

  signingKey(): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#place.use((file) => readSlot(file, signingSlot.at, signingSlot.bytes))
  }

  /** Sealed, so that nobody can lay another server's key in its place. */
  leaseKey(): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#place.use((file) => readSlot(file, leaseKeySlot.at, leaseKeySlot.bytes))
  }

  tries(): Promise<Tries> {
    return this.#place.use(
      (file) => readJson<Tries>(file, triesSlot.at, triesSlot.bytes) ?? { count: 0, lastAt: 0 }
    )
  }

  keepTries(tries: Tries): Promise<void> {
    return this.#place.use((file) => {
      writeSlot(file, triesSlot.at, triesSlot.bytes, jsonBytes(tries))
      file.flush()
    })
  }

  /** The wrapped key of each customership, by id. */
  customershipKeys(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
    return this.#place.use(wrappedKeys)
  }

  /**
   * One flush for all of them; keys already there are left as they are, for another tab may have been
   * first. Answers what the file then holds.
   */
  addCustomershipKeys(
    wrapped: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  ): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
    return this.#place.use((file) => {
      const used = usedSlots(file)
      const held = new Set(used.map(({ id }) => id))
      const taken = new Set(used.map(({ at }) => at))
      let at = keySlots.at
      for (const [id, key] of wrapped) {
        if (held.has(id)) continue
        while (taken.has(at)) at += keySlots.bytes
        if (at >= fileBytes) throw new Error('the keyring is full')
        const slot = new Uint8Array(keySlots.bytes)
        slot.set(idToBytes(id))
        slot.set(key, idBytes)
        file.write(at, slot)
        taken.add(at)
      }
      file.flush()
      return wrappedKeys(file)
    })
  }

  destroyCustomershipKeys(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids)
    return this.#place.use((file) => {
      const slots = usedSlots(file).filter(({ id }) => wanted.has(id))
      overwrite(
        file,
        slots.map(({ at }) => ({ at, bytes: keySlots.bytes }))
      )
    })
  }

  destroy(): Promise<void> {
    return this.#place.use((file) => overwrite(file, [{ at: 0, bytes: fileBytes }]))
  }
}

function wrappedKeys(file: KeyringFile): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(usedSlots(file).map(({ id, at }) => [id, file.read(at + idBytes, wrappedBytes)]))
}

function usedSlots(file: KeyringFile): { id: string; at: number }[] {
  if (file.size() < fileBytes) return []
  const all = file.read(keySlots.at, keySlots.bytes * keySlots.count)
  const used: { id: string; at: number }[] = []
  for (let offset = 0; offset < all.length; offset += keySlots.bytes) {
    const id = all.subarray(offset, offset + idBytes)
    if (id.some((byte) => byte !== 0)) used.push({ id: bytesToId(id), at: keySlots.at + offset })
  }
  return used
}

/** Random first, then zeros: each pass is flushed, so that neither is left out by a cache. */
function overwrite(file: KeyringFile, ranges: readonly { at: number; bytes: number }[]): void {
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

function writeSlot(
  file: KeyringFile,
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
  if (file.size() < fileBytes) return null
  const slot = file.read(at, bytes)
  const length = new DataView(slot.buffer).getUint16(0)
  return length === 0 || length + 2 > bytes ? null : slot.slice(2, 2 + length)
}

function readJson<T>(file: KeyringFile, at: number, bytes: number): T | null {
  const content = readSlot(file, at, bytes)
  if (!content) return null
  try {
    return JSON.parse(new TextDecoder().decode(content)) as T
  } catch {
    return null
  }
}

const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(value))

function idToBytes(id: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (hex) => parseInt(hex, 16))
}

function bytesToId(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
