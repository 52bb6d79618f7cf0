import type { Answer } from '#lib/http/api.ts'
import { refusalOf, type Desk, type Refusal } from './office-desk.svelte.ts'

/**
 * What one page shows of the server. What was read stays while it is read again, so that nothing
 * jumps; a later reading always beats an earlier one that was slow, and whoever waits for the earlier
 * waits for the later.
 */
export class Reading<T> {
  value = $state.raw<T | null>(null)
  refusal = $state.raw<Refusal | null>(null)
  #read: () => Promise<Answer<T>>
  #latest = 0
  #loading: Promise<void> = Promise.resolve()

  constructor(read: () => Promise<Answer<T>>) {
    this.#read = read
  }

  load(): Promise<void> {
    this.#loading = this.#load()
    return this.#loading
  }

  async #load(): Promise<void> {
    const mine = ++this.#latest
    const answer = await this.#read()
    if (mine !== this.#latest) return this.#loading
    this.refusal = refusalOf(answer)
    if (answer.ok) this.value = answer.data
    else if (this.refusal?.code === 'not-found') this.value = null
  }
}

/** Reads now, and again whenever something that the office shows has changed. */
export function keepFresh(desk: Desk, read: () => unknown): void {
  $effect(() => {
    if (desk.changes >= 0) read()
  })
}
