import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import type { Clock } from '#server/clock.ts'
import type { KeyCopies } from './key-copies.ts'
import type { KeyRow } from './key-rows.ts'
import { unwrapKey, wrapKey, type Wrapper } from './wrapping.ts'

export interface Epoch {
  readonly name: string
  readonly key: KeyObject
  readonly begunAt: number
}

export const epochPrefix = 'epoch/'

/**
 * The keys that wrap the data keys, one after another, in a file of their own: whoever has an old
 * copy of the data keys' file has nothing once the epoch that wrapped it is destroyed. There is one,
 * or, in the middle of a turn, the one that begins beside the one that goes.
 */
export class Epochs {
  readonly #copies: KeyCopies
  readonly #root: Wrapper
  readonly #clock: Clock
  readonly #open = new Map<string, Epoch>()

  constructor(copies: KeyCopies, root: Wrapper, clock: Clock) {
    this.#copies = copies
    this.#root = root
    this.#clock = clock
    this.refresh()
    if (this.#open.size === 0) this.begin()
  }

  /** Another process may have begun one, or destroyed one: what is destroyed is in no memory either. */
  refresh(): void {
    const rows = this.#copies.list(epochPrefix)
    const there = new Set(rows.map(({ name }) => name))
    for (const name of this.#open.keys()) if (!there.has(name)) this.#open.delete(name)
    for (const row of rows) if (!this.#open.has(row.name)) this.#take(row)
  }

  /** The one that new keys are wrapped by. */
  get current(): Epoch {
    const [newest] = [...this.#open.values()].sort((a, b) => numberOf(b.name) - numberOf(a.name))
    if (!newest) throw new Error('there is always an epoch')
    return newest
  }

  find(name: string): Epoch | null {
    if (!this.#open.has(name)) this.refresh()
    return this.#open.get(name) ?? null
  }

  /** Whether one is there still that a turn has to destroy. */
  get isTurning(): boolean {
    return this.#open.size > 1
  }

  /** Returns when both copies hold it. */
  begin(): void {
    const last = this.#open.size === 0 ? 0 : numberOf(this.current.name)
    const name = `${epochPrefix}${last + 1}`
    const bytes = randomBytes(32)
    const madeAt = this.#clock.now()
    const row = { name, wrappedBy: null, wrapped: wrapKey(this.#root, name, bytes) }
    this.#copies.put([{ ...row, publicKey: null, madeAt }])
    this.#open.set(name, { name, key: createSecretKey(bytes), begunAt: madeAt })
  }

  /** Every epoch but the current one, from both copies. Nothing may be wrapped by them any more. */
  destroyFormer(): void {
    const { name: kept } = this.current
    const former = [...this.#open.keys()].filter((name) => name !== kept)
    if (former.length === 0) return
    this.#copies.destroy(former)
    for (const name of former) this.#open.delete(name)
  }

  close(): void {
    this.#open.clear()
    this.#copies.close()
  }

  #take({ name, wrapped, madeAt }: KeyRow): void {
    const key = createSecretKey(unwrapKey(this.#root, name, wrapped))
    this.#open.set(name, { name, key, begunAt: madeAt })
  }
}

const numberOf = (name: string): number => Number(name.slice(epochPrefix.length))
