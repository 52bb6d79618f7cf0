import type { DocumentPage } from '#contract/document.ts'
import type { Answer, Failure } from '#lib/http/api.ts'
import type { EditedPage } from './drawn-page.ts'

export type SendPage = (page: number, bytes: EditedPage['bytes']) => Promise<Answer<DocumentPage>>

export type Uploaded =
  | { readonly ok: true; readonly pages: readonly DocumentPage[] }
  | { readonly ok: false; readonly page: number; readonly failure: Failure }
  | { readonly ok: false; readonly stopped: true }

/** How long a lost connection is waited for before a person is asked. */
const patienceMilliseconds = [1000, 2000, 4000]

/**
 * Brings pages one by one. What was brought stays brought: going on after a cut sends only what is
 * missing, and only what differs from what was sent before.
 */
export class PageUpload {
  done = $state(0)
  readonly #brought = new Map<number, { sent: string; stored: DocumentPage }>()
  readonly #pause: (milliseconds: number) => Promise<void>
  #isStopped = false

  constructor(
    pause: (milliseconds: number) => Promise<void> = (milliseconds) =>
      new Promise((resolve) => setTimeout(resolve, milliseconds))
  ) {
    this.#pause = pause
  }

  stop(): void {
    this.#isStopped = true
  }

  async run(pages: readonly EditedPage[], send: SendPage): Promise<Uploaded> {
    this.done = 0
    const stored: DocumentPage[] = []
    for (const [index, { sha256, bytes }] of pages.entries()) {
      const page = index + 1
      const before = this.#brought.get(page)
      if (before?.sent !== sha256) {
        const answer = await this.#patiently(() => send(page, bytes))
        if (this.#isStopped) return { ok: false, stopped: true }
        if (!answer.ok) return { ok: false, page, failure: answer }
        this.#brought.set(page, { sent: sha256, stored: answer.data })
      }
      const brought = this.#brought.get(page)
      if (brought) stored.push(brought.stored)
      this.done = page
    }
    return { ok: true, pages: stored }
  }

  async #patiently(send: () => Promise<Answer<DocumentPage>>): Promise<Answer<DocumentPage>> {
    let answer = await send()
    for (const milliseconds of patienceMilliseconds) {
      if (this.#isStopped || answer.ok || !('away' in answer)) return answer
      await this.#pause(milliseconds)
      answer = await send()
    }
    return answer
  }
}
