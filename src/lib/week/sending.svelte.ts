import type * as z from 'zod/mini'
import type { ExceptionCode } from '#contract/exception.ts'
import { refusalOf, type Desk, type Refusal } from '#lib/customerships/office-desk.svelte.ts'
import { reasonAskedFor } from '#lib/exceptions/asked-reason.ts'

/**
 * Sends what a dialog of planning says. When the server asks for a reason, the request waits behind
 * the question and is repeated with the answer: the ids are the office's, so it is the same one.
 */
export class Sending {
  /** What a reason is asked for now. */
  codes: readonly ExceptionCode[] = $state.raw([])
  refusal: Refusal | null = $state.raw(null)
  busy = $state(false)
  readonly #desk: Desk
  #answer: ((reason: string | null) => void) | null = null

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** What the server answered, or null: refused, or given up at the question for a reason. */
  async send<S extends z.ZodMiniType>(
    path: string,
    request: object,
    schema: S
  ): Promise<z.output<S> | null> {
    this.busy = true
    this.refusal = null
    let answer = await this.#desk.ask('POST', path, request, schema)
    const codes = reasonAskedFor(answer)
    if (codes.length > 0) {
      this.busy = false
      const reason = await this.#ask(codes)
      if (reason === null) return null
      this.busy = true
      answer = await this.#desk.ask('POST', path, { ...request, reason }, schema)
      this.codes = []
    }
    this.busy = false
    this.refusal = refusalOf(answer)
    return answer.ok ? answer.data : null
  }

  reason(text: string): void {
    this.#answer?.(text)
  }

  giveUp(): void {
    this.codes = []
    this.#answer?.(null)
  }

  #ask(codes: readonly ExceptionCode[]): Promise<string | null> {
    this.codes = codes
    return new Promise((resolve) => {
      this.#answer = resolve
    })
  }
}
