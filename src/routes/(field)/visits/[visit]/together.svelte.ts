import { entriesOf, type Entry } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Face } from '#lib/sync/face.ts'
import type { HeldCustomership } from '#lib/sync/held.ts'
import type { Sibling } from '#lib/visits/siblings.ts'

interface Opener {
  open(id: CustomershipId): Promise<HeldCustomership | null>
}

/** A sibling whose customership is open beside the one on the screen. */
export interface OpenSibling {
  readonly face: Face
  readonly held: HeldCustomership
  readonly visit: Entry<'visit'>
}

/** The siblings' customerships, opened anew whenever their faces change. What is shown stays until then. */
export class Together {
  siblings: readonly OpenSibling[] = $state.raw([])
  /** Nothing is written before it is known who is written of. */
  ready: boolean = $state(false)
  /** Somebody could not be opened: what stands may be old, or nobody. */
  failed: boolean = $state(false)
  readonly #opener: Opener
  #asked = 0

  constructor(opener: Opener, isAlone: boolean) {
    this.#opener = opener
    this.ready = isAlone
  }

  /** The latest asked wins, whatever the order of the answers. Asked anew after a failure it starts afresh. */
  async follow(group: readonly Sibling[]): Promise<void> {
    const asked = ++this.#asked
    const siblings = await this.#openAll(group).catch(() => null)
    if (asked !== this.#asked) return
    this.failed = siblings === null
    if (!siblings) return
    this.siblings = siblings
    this.ready = true
  }

  async #openAll(group: readonly Sibling[]): Promise<OpenSibling[]> {
    const siblings: OpenSibling[] = []
    for (const { face, visit } of group) {
      const known = this.siblings.find((one) => one.face === face && one.visit.id === visit.id)
      const opened = known ?? (await this.#open(face, visit.id))
      if (opened) siblings.push(opened)
    }
    return siblings
  }

  async #open(face: Face, id: Entry['id']): Promise<OpenSibling | null> {
    const held = await this.#opener.open(face.id)
    const visit = entriesOf(held?.entries ?? [], 'visit').find((one) => one.id === id)
    return held && visit ? { face, held, visit } : null
  }
}
