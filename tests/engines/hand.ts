import { finding, type Engine, type Role, type Sought } from './engine.ts'

const patience = 60_000
const glance = 100
const settling = 1000

const describeOf = ({ role, name }: Sought) => `${role} “${name}”`

/** Somebody who reads what stands on the screen, waits for it, and touches it. */
export class Hand {
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Waits until it is there. */
  async sees(role: Role, name: string, begins = false): Promise<void> {
    const sought = { role, name, begins }
    await this.#until(`${finding(sought)} !== null`, describeOf(sought))
  }

  async presses(role: Role, name: string, begins = false): Promise<void> {
    await this.sees(role, name, begins)
    const press = () => this.#engine.press(finding({ role, name, begins }))
    // What is still moving into its place is tried once more.
    await press().catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, settling))
      await press()
    })
  }

  async writes(label: string, words: string): Promise<void> {
    const sought = { role: 'textbox', name: label } as const
    await this.sees('textbox', label)
    await this.#engine.type(finding(sought), words)
  }

  async reads(): Promise<string> {
    return String(await this.#engine.evaluate('document.body.innerText'))
  }

  /** Waits until the expression, awaited in the page, is true. */
  async finds(expression: string, what: string): Promise<void> {
    await this.#until(expression, what)
  }

  async #until(expression: string, what: string): Promise<void> {
    const giveUpAt = performance.now() + patience
    while (performance.now() < giveUpAt) {
      // A page on its way to another one cannot answer.
      const answer = await this.#engine.evaluate(expression).catch(() => false)
      if (answer === true) return
      await new Promise((resolve) => setTimeout(resolve, glance))
    }
    throw new Error(`${what} never came; on the screen stood:\n${await this.reads()}`)
  }
}
