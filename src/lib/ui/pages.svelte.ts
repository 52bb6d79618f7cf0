interface Page<L, C> {
  readonly lines: readonly L[]
  /** Where the next one goes on; null at the end. */
  readonly next: C | null
}

/** What has been read so far of a long list, a page at a time. */
export class Pages<L, C> {
  lines = $state.raw<readonly L[] | null>(null)
  next = $state.raw<C | null>(null)
  busy = $state(false)
  readonly #read: (before: C | null) => Promise<Page<L, C> | null>
  #latest = 0

  constructor(read: (before: C | null) => Promise<Page<L, C> | null>) {
    this.#read = read
  }

  /** From the newest line on. A later asking beats an earlier one that was slow. */
  async begin(): Promise<void> {
    await this.#page(null)
  }

  async more(): Promise<void> {
    if (this.next !== null) await this.#page(this.next)
  }

  async #page(before: C | null): Promise<void> {
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
