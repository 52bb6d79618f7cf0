import { untrack } from 'svelte'
import { customershipAnswerSchema, type CustomershipAnswer } from '#contract/customership.ts'
import type { Purpose } from '#contract/role.ts'
import type { Desk } from './office-desk.svelte.ts'
import { Reading } from './office-reading.svelte.ts'

/** One customership at the office. Who is not responsible for it is asked once what it is opened for. */
export class OpenedAtOffice {
  readonly reading: Reading<CustomershipAnswer>
  readonly #desk: Desk
  readonly #id: () => string

  constructor(desk: Desk, id: () => string, named: () => Purpose | undefined = () => undefined) {
    this.#desk = desk
    this.#id = id
    this.reading = new Reading(() => {
      // A page's state changes with its tabs, and that is no reason to read again.
      const purpose = untrack(named) ?? desk.purposes.get(id())
      if (purpose) desk.purposes.set(id(), purpose)
      const path = `/api/office/customerships/${id()}${purpose ? `?purpose=${purpose}` : ''}`
      return desk.ask('GET', path, undefined, customershipAnswerSchema)
    })
  }

  get needsPurpose(): boolean {
    return this.reading.refusal?.code === 'needs-purpose'
  }

  choose(purpose: Purpose): Promise<void> {
    this.#desk.purposes.set(this.#id(), purpose)
    return this.reading.load()
  }
}
