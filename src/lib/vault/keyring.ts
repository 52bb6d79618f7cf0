import type { Wrapping } from './keys.ts'
import {
  bankBytes,
  bankRanges,
  baseOf,
  basesIn,
  generationOf,
  isWritten,
  jsonBytes,
  keySlot,
  keySlots,
  leaseKeySlot,
  overwrite,
  readBank,
  readJson,
  signingSlot,
  triesSlot,
  usedSlots,
  wrappedKeys,
  wrappingPlaces,
  wrappingSlots,
  writeSlot,
  type BankContents,
  type KeyringFile,
  type Range
} from './keyring-slots.ts'

/** Opens the file for one short piece of work, alone among all tabs. */
export interface KeyringPlace {
  use<T>(work: (file: KeyringFile) => T): Promise<T>
}

export interface Tries {
  readonly count: number
  readonly lastAt: number
}

/** What is in force, and since which change of the root. */
export interface KeyringContents extends BankContents {
  readonly generation: number
}

/**
 * Everything that opens the vault, in fixed slots of one file. A slot is overwritten in place and
 * flushed, so that what it held is gone from the disk; that needs no key and no unlocking.
 */
export class Keyring {
  readonly #place: KeyringPlace

  constructor(place: KeyringPlace) {
    this.#place = place
  }

  /** What changes the ways to unlock works on the file itself. */
  use<T>(work: (file: KeyringFile) => T): Promise<T> {
    return this.#place.use(work)
  }

  create(
    wrapping: Wrapping,
    signingKey: Uint8Array<ArrayBuffer>,
    leaseKey: Uint8Array<ArrayBuffer>
  ): Promise<void> {
    return this.#place.use((file) => {
      file.write(0, new Uint8Array(Math.max(bankBytes, file.size())))
      writeSlot(file, wrappingSlots.at, wrappingSlots.bytes, jsonBytes(wrapping))
      writeSlot(file, signingSlot.at, signingSlot.bytes, signingKey)
      writeSlot(file, leaseKeySlot.at, leaseKeySlot.bytes, leaseKey)
      file.flush()
    })
  }

  contents(): Promise<KeyringContents> {
    return this.#place.use((file) => {
      const generation = generationOf(file)
      return { generation, ...readBank(file, baseOf(generation)) }
    })
  }

  destroyWrappings(): Promise<void> {
    const bytes = wrappingSlots.bytes * wrappingSlots.count
    return this.#place.use((file) =>
      overwrite(
        file,
        basesIn(file).map((base) => ({ at: base + wrappingSlots.at, bytes }))
      )
    )
  }

  /**
   * Finishes what a crash cut off: the other bank, slots written by half, and, when a passphrase was
   * being changed and both open, the one that nobody used now.
   */
  settle(opened: Wrapping): Promise<void> {
    return this.#place.use((file) => {
      const generation = generationOf(file)
      const slots = wrappingPlaces(baseOf(generation))
        .map((at) => ({ at, bytes: wrappingSlots.bytes }))
        .filter(({ at, bytes }) => isLeft(readJson<Wrapping>(file, at, bytes), opened))
      const other = baseOf(generation + 1)
      const rest = basesIn(file).includes(other) ? bankRanges(other) : []
      overwrite(
        file,
        [...slots, ...rest].filter(({ at, bytes }) => file.read(at, bytes).some(isWritten))
      )
    })
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

  customershipKeys(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
    return this.#place.use((file) => wrappedKeys(file, baseOf(generationOf(file))))
  }

  /**
   * One flush for all of them; keys already there are left as they are, for another tab may have been
   * first. Answers what the file then holds. Throws when the root was changed since `generation`: what
   * an older root wraps would never open again.
   */
  addCustomershipKeys(
    wrapped: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    generation: number
  ): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
    return this.#place.use((file) => {
      if (generationOf(file) !== generation) throw new Error('the root was changed')
      const base = baseOf(generation)
      const used = usedSlots(file, base)
      const held = new Set(used.map(({ id }) => id))
      const taken = new Set(used.map(({ at }) => at))
      let at = base + keySlots.at
      for (const [id, key] of wrapped) {
        if (held.has(id)) continue
        while (taken.has(at)) at += keySlots.bytes
        if (at >= base + bankBytes) throw new Error('the keyring is full')
        file.write(at, keySlot(id, key))
        taken.add(at)
      }
      file.flush()
      return wrappedKeys(file, base)
    })
  }

  /** In both banks: a crash may have left a copy in the one that is not in force. */
  destroyCustomershipKeys(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids)
    return this.#place.use((file) => {
      const slots = basesIn(file).flatMap((base) => usedSlots(file, base))
      overwrite(
        file,
        slots
          .filter(({ id }) => wanted.has(id))
          .map(({ at }): Range => ({ at, bytes: keySlots.bytes }))
      )
    })
  }

  destroy(): Promise<void> {
    return this.#place.use((file) =>
      overwrite(file, [{ at: 0, bytes: Math.max(bankBytes, file.size()) }])
    )
  }
}

/** Unreadable, or another passphrase than the one that has just opened. */
const isLeft = (wrapping: Wrapping | null, opened: Wrapping): boolean =>
  wrapping === null ||
  (wrapping.method === 'passphrase' &&
    opened.method === 'passphrase' &&
    wrapping.salt !== opened.salt)
