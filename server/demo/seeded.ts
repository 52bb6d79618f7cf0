import {
  customershipIdSchema,
  entryIdSchema,
  uuidV7,
  type CustomershipId,
  type EntryId
} from '#contract/id.ts'

/** FNV-1a: one 32-bit state out of a name. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return hash >>> 0
}

/**
 * Choices that a name decides, so that the same practice data is made on every machine and what is
 * added tomorrow does not shift what was made today. Nothing secret may come from here.
 */
export class Seeded {
  #state: number

  constructor(...name: (string | number)[]) {
    this.#state = hashOf(name.join(' '))
  }

  /** mulberry32: a whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * limit)
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  isWithin(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)]
    if (choice === undefined) throw new Error('there is nothing to choose from')
    return choice
  }

  /** So many different ones, in the order given. */
  some<T>(choices: readonly T[], count: number): T[] {
    const taken = new Set<T>()
    while (taken.size < Math.min(count, choices.length)) taken.add(this.pick(choices))
    return choices.filter((choice) => taken.has(choice))
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256))
  }

  uuidV7(milliseconds: number): string {
    return uuidV7(milliseconds, this.bytes(10))
  }

  entryId(milliseconds: number): EntryId {
    return entryIdSchema.parse(this.uuidV7(milliseconds))
  }

  customershipId(): CustomershipId {
    const version7 = this.uuidV7(this.below(2 ** 32) * 2 ** 15)
    return customershipIdSchema.parse(`${version7.slice(0, 14)}4${version7.slice(15)}`)
  }
}
