import type { CustomershipId } from '#contract/id.ts'
import type { SealedRow } from '#lib/device/database.ts'
import type { Page, Tablet } from './tablet.ts'

/** Of those with a last day the clock of the tablet decides, and may be wrong. */
const heldOn = (tablet: Tablet): Set<CustomershipId> =>
  new Set(tablet.rows<SealedRow>('faces').flatMap(({ id, purgeAfter }) => (purgeAfter ? [] : [id])))

/**
 * No screen is empty in the middle of a sync: a client that was there stays there until a purge takes it, on
 * the disk and on the screen, and a page that says it has looked shows what was there when it was opened.
 */
export class Shown {
  readonly #wasPurged: (tablet: Tablet, id: CustomershipId) => boolean
  readonly #expected = new Map<Page, Set<CustomershipId>>()
  readonly #held = new Map<Tablet, Set<CustomershipId>>()

  /** What was once purged and came again may have been sealed while its key was destroyed: then it is fetched anew. */
  constructor(wasPurged: (tablet: Tablet, id: CustomershipId) => boolean) {
    this.#wasPurged = wasPurged
  }

  open(page: Page): void {
    this.#expected.set(page, heldOn(page.tablet))
  }

  check(tablets: readonly Tablet[]): void {
    const held = new Map(tablets.map((tablet) => [tablet, heldOn(tablet)]))
    for (const [tablet, ids] of held) this.#checkHeld(tablet, ids)
    for (const page of this.#expected.keys())
      if (page.dead) this.#expected.delete(page)
      else this.#checkPage(page, held.get(page.tablet) ?? new Set())
  }

  #checkHeld(tablet: Tablet, held: Set<CustomershipId>): void {
    const before = this.#held.get(tablet) ?? held
    this.#held.set(tablet, held)
    const gone = [...before].filter((id) => !held.has(id))
    if (gone.length === 0) return
    const ended = tablet.rows<SealedRow>('faces').map(({ id }) => id)
    const purged = tablet
      .rows<{ customership: CustomershipId }>('purges')
      .map(({ customership }) => customership)
    const taken = new Set([...ended, ...purged])
    if (gone.some((id) => !taken.has(id) && !this.#wasPurged(tablet, id)))
      throw new Error(`${tablet.name} let go of what nobody took from it`)
  }

  #checkPage(page: Page, held: Set<CustomershipId>): void {
    const expected = [...(this.#expected.get(page) ?? [])].filter((id) => held.has(id))
    this.#expected.set(page, new Set(expected))
    const { replica } = page
    if (!replica?.ready) return
    const shown = new Set(replica.faces.map(({ id }) => id))
    if (expected.some((id) => !shown.has(id)))
      throw new Error(`${page.name} holds ${expected.length}, and shows ${shown.size}`)
    this.#expected.set(page, shown)
  }
}
