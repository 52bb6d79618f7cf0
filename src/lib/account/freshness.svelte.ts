import type { Answer } from '#lib/http/api.ts'

/** Asks for the password where the server wants a fresh sign-in, and then sends the same request again. */
export class Freshness {
  /** The dialog is open. */
  asking = $state(false)
  #settle: ((isFresh: boolean) => void) | null = null

  async ask<T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await send()
    if (answer.ok || 'away' in answer || answer.problem.code !== 'sign-in-again') return answer
    this.asking = true
    const isFresh = await new Promise<boolean>((resolve) => (this.#settle = resolve))
    return isFresh ? send() : answer
  }

  /** The password was given, or the dialog was closed without. */
  settle(isFresh: boolean): void {
    this.asking = false
    this.#settle?.(isFresh)
    this.#settle = null
  }
}
