import type * as z from 'zod/mini'
import { destructionSchema, openPrintsSchema, type OpenPrint } from '#contract/print.ts'
import type { Answer } from '#lib/http/api.ts'
import type { Method } from '#lib/http/request.ts'

type Ask = <S extends z.ZodMiniType>(
  method: Method,
  path: string,
  body: unknown,
  schema: S
) => Promise<Answer<z.output<S>>>

/** What became of a print while one looked. */
export type Fate = 'open' | 'destroyed' | 'by-other' | 'not-saved'

export interface ShownPrint extends OpenPrint {
  readonly fate: Fate
}

const isSettled = ({ fate }: ShownPrint): boolean => fate === 'destroyed' || fate === 'by-other'

/** §12: somebody's prints that are to be destroyed, at the office and on the tablet alike. */
export class OpenPrints {
  list = $state.raw<readonly ShownPrint[] | null>(null)
  away = $state(false)
  busy = $state(false)
  readonly #ask: Ask
  readonly #path: () => string

  constructor(ask: Ask, path: () => string) {
    this.#ask = ask
    this.#path = path
  }

  /** What was ticked here stays in its place while one looks: nothing moves under a finger. */
  async load(): Promise<void> {
    this.busy = true
    const answer = await this.#ask('GET', this.#path(), undefined, openPrintsSchema)
    this.busy = false
    this.away = !answer.ok
    if (!answer.ok) return
    const settled = (this.list ?? []).filter(isSettled)
    const open = answer.data.prints
      .filter(({ id }) => settled.every((print) => print.id !== id))
      .map((print) => ({ ...print, fate: 'open' as const }))
    this.list = [...settled, ...open].sort((a, b) => a.printedAt.localeCompare(b.printedAt))
  }

  async destroy(id: OpenPrint['id']): Promise<void> {
    const path = `/api/prints/${id}/destruction`
    const answer = await this.#ask('POST', path, undefined, destructionSchema)
    this.#settle(id, fateOf(answer))
  }

  #settle(id: OpenPrint['id'], fate: Fate): void {
    this.list = (this.list ?? []).map((print) => (print.id === id ? { ...print, fate } : print))
  }
}

function fateOf(answer: Answer<unknown>): Fate {
  if (answer.ok) return 'destroyed'
  return 'problem' in answer && answer.problem.code === 'conflict' ? 'by-other' : 'not-saved'
}
