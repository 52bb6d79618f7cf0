import { Drawer } from '#server/paper/drawer.ts'
import type { Paper } from '#server/paper/paper.ts'

const threads = 2
/** Enough that no thread waits for what is being packed, and few enough that no month lies in memory whole. */
const ahead = 4

/** Papers that are asked for one after another, drawn by two threads while the ones before are packed. */
export class PapersAhead {
  readonly #drawers = Array.from({ length: threads }, () => new Drawer())
  readonly #papers: readonly Paper[]
  readonly #drawn = new Map<number, Promise<Buffer>>()
  #next = 0

  constructor(papers: readonly Paper[]) {
    this.#papers = papers
  }

  async at(index: number): Promise<Buffer> {
    while (this.#next < Math.min(this.#papers.length, index + ahead)) this.#begin(this.#next++)
    const drawn = await this.#drawn.get(index)
    this.#drawn.delete(index)
    if (!drawn) throw new Error('papers are asked for in their order')
    return drawn
  }

  async close(): Promise<void> {
    await Promise.all(this.#drawers.map((drawer) => drawer.close()))
  }

  #begin(index: number): void {
    const paper = this.#papers[index]
    const drawer = this.#drawers[index % threads]
    if (!paper || !drawer) return
    const drawn = drawer.draw(paper)
    // Whoever asks for it hears of the fault; until then nobody does.
    drawn.catch(() => undefined)
    this.#drawn.set(index, drawn)
  }
}
