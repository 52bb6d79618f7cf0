import type { DisclosureLine, DisclosuresAnswer } from '#contract/disclosure.ts'

/** What has been read of the log so far, newest first. */
export class DisclosurePages {
  lines = $state.raw<readonly DisclosureLine[] | null>(null)
  next = $state.raw<DisclosuresAnswer['next']>(null)
  busy = $state(false)
  readonly #read: (before: DisclosuresAnswer['next']) => Promise<DisclosuresAnswer | null>
  #latest = 0

  constructor(read: (before: DisclosuresAnswer['next']) => Promise<DisclosuresAnswer | null>) {
    this.#read = read
  }

  /** From the newest line on. A later asking beats an earlier one that was slow. */
  async begin(): Promise<void> {
    await this.#page(null)
  }

  async more(): Promise<void> {
    if (this.next !== null) await this.#page(this.next)
  }

  async #page(before: DisclosuresAnswer['next']): Promise<void> {
    const mine = ++this.#latest
    this.busy = true
    const page = await this.#read(before)
    if (mine !== this.#latest) return
    this.busy = false
    if (!page) return
    this.lines = before === null ? page.lines : [...(this.lines ?? []), ...page.lines]
    this.next = page.next
  }
}
