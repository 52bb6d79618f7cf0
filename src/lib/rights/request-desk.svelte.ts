import {
  rightsActSchema,
  rightsDetailSchema,
  type RightsAct,
  type RightsDetail
} from '#contract/rights-request.ts'
import { refusalOf, type Desk, type Refusal } from '#lib/customerships/office-desk.svelte.ts'
import { Reading } from '#lib/customerships/office-reading.svelte.ts'
import { wrongWords, type Wrongs } from './wrong-words.ts'

export interface NotDone {
  readonly refusal: Refusal | null
  readonly wrongs: Wrongs
}

/** One request on the screen, and the steps of its work. */
export class RequestDesk {
  readonly reading: Reading<RightsDetail>
  readonly #desk: Desk
  readonly #path: () => string

  constructor(desk: Desk, path: () => string) {
    this.#desk = desk
    this.#path = path
    this.reading = new Reading(() => desk.ask('GET', path(), undefined, rightsDetailSchema))
  }

  /** Judged at the keyboard by the contract, and again by the server. Null: it is done. */
  async act(candidate: object): Promise<NotDone | null> {
    const parsed = rightsActSchema.safeParse(candidate)
    if (!parsed.success)
      return { refusal: null, wrongs: wrongWords(parsed.error.issues, candidate) }
    return this.#send(parsed.data)
  }

  async #send(act: RightsAct): Promise<NotDone | null> {
    const answer = await this.#desk.ask('POST', `${this.#path()}/acts`, act, rightsDetailSchema)
    if (answer.ok) {
      this.reading.value = answer.data
      return null
    }
    const issues = 'problem' in answer ? (answer.problem.issues ?? []) : []
    return { refusal: refusalOf(answer), wrongs: wrongWords(issues, act) }
  }
}

export type DoAct = RequestDesk['act']
