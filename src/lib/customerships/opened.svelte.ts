import type { CustomershipId } from '#contract/id.ts'
import type { HeldCustomership } from '#lib/sync/held.ts'

interface Opener {
  open(id: CustomershipId): Promise<HeldCustomership | null>
}

/** One customership on the screen. What is shown stays until the newer one is there: nothing blinks. */
export class OpenedCustomership {
  held: HeldCustomership | null = $state.raw(null)
  state: 'opening' | 'open' | 'absent' = $state('opening')
  readonly #opener: Opener
  readonly #id: CustomershipId
  #asked = 0

  constructor(opener: Opener, id: CustomershipId) {
    this.#opener = opener
    this.#id = id
  }

  /** The latest asked wins, whatever the order of the answers. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked
    const held = await this.#opener.open(this.#id)
    if (asked !== this.#asked) return
    this.held = held
    this.state = held ? 'open' : 'absent'
  }
}
