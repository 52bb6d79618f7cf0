import { AsyncLocalStorage } from 'node:async_hooks'
import { real } from './real.ts'

/** What the pages of one browser have in common. */
export interface Machine {
  readonly indexedDB: IDBFactory
  readonly fetch: typeof fetch
  readonly locks: LockManager
  /** How many of the next writes find the disk full. */
  failingWrites: number
}

/** Whoever does something: a page on a tablet, the office, the server. What is dead does nothing more. */
export interface Actor {
  readonly name: string
  dead: boolean
  /** Milliseconds, this actor's clock minus the true time. */
  readonly skew: number
  /** Only a page has one. */
  readonly machine?: Machine
}

const acting = new AsyncLocalStorage<Actor>()

export const actorNow = (): Actor | undefined => acting.getStore()
export const actAs = <T>(actor: Actor, work: () => T): T => acting.run(actor, work)

interface Turn {
  readonly actor: Actor | undefined
  readonly what: string
  readonly go: () => void
}

interface Timer {
  readonly at: number
  readonly order: number
  readonly actor: Actor | undefined
  readonly run: () => void
}

interface Landing {
  /** Resolves when it may be delivered. */
  readonly done: Promise<unknown>
  readonly deliver: () => void
}

/**
 * The only thing that lets anything go on. Whatever could meet something else (an exchange on the
 * network, a writing transaction, a timer) waits here for its turn; between two turns everything runs
 * until nothing moves any more, in an order that no machine's load can change.
 */
export class Scheduler {
  #time: number
  #turns: Turn[] = []
  #timers: Timer[] = []
  #tasks: (() => void)[] = []
  #landings: Landing[] = []
  #orders = 0
  readonly #told: (line: string) => void
  readonly #atTime: (time: number) => void

  /** `atTime` hears whenever it has become later. */
  constructor(o: { time: number; told: (line: string) => void; atTime: (time: number) => void }) {
    this.#time = o.time
    this.#told = o.told
    this.#atTime = o.atTime
  }

  get time(): number {
    return this.#time
  }

  set time(time: number) {
    this.#time = time
    this.#atTime(time)
  }

  /** Resolves when it is chosen; of a dead actor never. */
  turn(what: string, actor = actorNow()): Promise<void> {
    return new Promise((resolve) => {
      this.#turns.push({ actor, what, go: resolve })
    })
  }

  /** What the engine itself would do next: one after another, never in the middle of something. */
  task(run: () => void): void {
    const actor = actorNow()
    const bound = actor ? () => actAs(actor, run) : run
    this.#tasks.push(() => {
      if (!actor?.dead) bound()
    })
  }

  timer(milliseconds: number, run: () => void): Timer {
    const actor = actorNow()
    const at = this.time + Math.max(0, Math.ceil(milliseconds || 0))
    const timer: Timer = { at, order: (this.#orders += 1), actor, run }
    this.#timers.push(timer)
    return timer
  }

  cancel(timer: unknown): void {
    this.#timers = this.#timers.filter((one) => one !== timer)
  }

  /** What another thread computes lands in the order in which it was asked for. */
  land<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = work.catch(() => undefined)
      this.#landings.push({ done, deliver: () => work.then(resolve, reject) })
    })
  }

  /** Until nothing moves but what waits for a turn. */
  async settle(): Promise<void> {
    for (let calm = 0; calm < 2;) {
      await real.immediate()
      const landing = this.#landings.shift()
      if (landing) {
        await landing.done
        landing.deliver()
        calm = 0
        continue
      }
      const task = this.#tasks.shift()
      if (task) task()
      calm = task ? 0 : calm + 1
    }
  }

  /** The history is over: what an engine was in the middle of it finishes, since the next one begins with it. */
  end(): void {
    for (const task of this.#tasks.splice(0)) real.setImmediate(task)
    for (const { done, deliver } of this.#landings.splice(0)) void done.then(deliver)
  }

  get waiting(): number {
    this.#bury()
    return this.#turns.length
  }

  /** One turn, or, when nobody waits for one, the next timer. */
  async step(pick: (count: number) => number): Promise<void> {
    this.#bury()
    if (this.#turns.length === 0) return this.#tick()
    const [turn] = this.#turns.splice(pick(this.#turns.length), 1)
    if (!turn) return
    this.#told(`${turn.actor?.name ?? '-'}: ${turn.what}`)
    turn.go()
    await this.settle()
  }

  /** Time goes on, and what was to happen meanwhile happens. */
  async wait(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds
    while (this.#next() && (this.#next()?.at ?? Infinity) <= until) await this.#tick()
    this.time = until
  }

  async #tick(): Promise<void> {
    const next = this.#next()
    if (!next) return
    this.cancel(next)
    this.time = Math.max(this.time, next.at)
    if (next.actor) actAs(next.actor, next.run)
    else next.run()
    await this.settle()
  }

  #next(): Timer | undefined {
    this.#bury()
    let first: Timer | undefined
    for (const one of this.#timers)
      if (!first || one.at < first.at || (one.at === first.at && one.order < first.order))
        first = one
    return first
  }

  #bury(): void {
    const isAlive = ({ actor }: { actor: Actor | undefined }) => !actor?.dead
    this.#turns = this.#turns.filter(isAlive)
    this.#timers = this.#timers.filter(isAlive)
  }
}
