import type { memoryFile } from '#lib/vault/keyring-place.ts'
import type { KeyringFile } from '#lib/vault/keyring-slots.ts'

/** `before`: the step never happens; `torn`: half of its bytes; `lost`: nothing since the last flush. */
export type Cut = 'before' | 'torn' | 'lost'

/** A keyring's file on a device that is switched off at the nth write or flush. */
export class FailingDisk implements KeyringFile {
  steps = 0
  readonly #file: ReturnType<typeof memoryFile>
  readonly #at: number
  readonly #cut: Cut
  #undo: { at: number; bytes: Uint8Array<ArrayBuffer> }[] = []

  constructor(file: ReturnType<typeof memoryFile>, at = Infinity, cut: Cut = 'before') {
    this.#file = file
    this.#at = at
    this.#cut = cut
  }

  size(): number {
    return this.#file.size()
  }

  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    return this.#file.read(at, length)
  }

  write(at: number, bytes: Uint8Array<ArrayBuffer>): void {
    const isCut = this.#step()
    const length = isCut && this.#cut === 'torn' ? bytes.length >> 1 : isCut ? 0 : bytes.length
    const before = new Uint8Array(length)
    before.set(this.#file.read(at, length))
    this.#undo.unshift({ at, bytes: before })
    this.#file.write(at, bytes.slice(0, length))
    if (isCut) this.#off()
  }

  flush(): void {
    if (this.#step()) this.#off()
    this.#undo = []
  }

  #step(): boolean {
    this.steps += 1
    // Once it is off, nothing more reaches it.
    if (this.steps > this.#at) throw new Error('the power is off')
    return this.steps === this.#at
  }

  #off(): never {
    if (this.#cut === 'lost') for (const { at, bytes } of this.#undo) this.#file.write(at, bytes)
    throw new Error('the power went')
  }
}
