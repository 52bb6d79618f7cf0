import type { Page } from 'playwright-core'

/** Counts what a hand does on the page: presses, and not letters. */
export class Taps {
  readonly #page: Page

  private constructor(page: Page) {
    this.#page = page
  }

  /** Counts on every page that this tab opens from now on. */
  static async on(page: Page): Promise<Taps> {
    const listen = () => {
      const counter = globalThis as unknown as { taps?: number }
      if (counter.taps !== undefined) return
      counter.taps = 0
      const count = () => {
        counter.taps = (counter.taps ?? 0) + 1
      }
      addEventListener('pointerdown', count, { capture: true })
    }
    await page.addInitScript(listen)
    await page.evaluate(listen)
    return new Taps(page)
  }

  /** Since the last time that somebody asked. */
  taken(): Promise<number> {
    return this.#page.evaluate(() => {
      const counter = globalThis as unknown as { taps: number }
      const { taps } = counter
      counter.taps = 0
      return taps
    })
  }
}
