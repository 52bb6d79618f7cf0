import { forgottenAfter, type Failures, type Guesses } from '#server/store/guesses.ts'

/** Wrong attempts that cost nothing, the longest wait after one, and when they are forgotten. */
interface Patience {
  readonly free: number
  readonly longestSeconds: number
}

/** Seconds still to wait before the next attempt; 0 when it may be made. */
function waitSeconds(failures: Failures | null, patience: Patience, now: number): number {
  if (!failures) return 0
  // A clock that was set back must not make anybody wait until it is there again.
  const last = Math.min(failures.last, now)
  if (now >= last + forgottenAfter) return 0
  const over = failures.count - patience.free
  if (over < 0) return 0
  const wait = Math.min(2 ** Math.min(over, 20), patience.longestSeconds) * 1000
  return Math.max(0, Math.ceil((last + wait - now) / 1000))
}

/**
 * Slows guessing down: after a few failures each further one doubles the wait. It never closes an
 * account, and a flood of made-up names cannot fill it.
 */
export class Throttle {
  readonly #guesses: Guesses
  readonly #kind: string
  readonly #patience: Patience

  constructor(guesses: Guesses, kind: string, patience: Patience) {
    this.#guesses = guesses
    this.#kind = kind
    this.#patience = patience
  }

  async waitSeconds(key: string, now: number): Promise<number> {
    return waitSeconds(await this.#guesses.failures(this.#kind, key), this.#patience, now)
  }

  /** Counted before the answer is known, so that many attempts at once are many. */
  async count(key: string, now: number): Promise<void> {
    const known = await this.#guesses.failures(this.#kind, key)
    const count = known && now < known.last + forgottenAfter ? known.count + 1 : 1
    await this.#guesses.setFailures(this.#kind, key, { count, last: now })
  }

  /** A success takes its own attempt back. */
  async forgive(key: string): Promise<void> {
    const known = await this.#guesses.failures(this.#kind, key)
    if (!known) return
    if (known.count <= 1) await this.clear(key)
    else
      await this.#guesses.setFailures(this.#kind, key, { count: known.count - 1, last: known.last })
  }

  async clear(key: string): Promise<void> {
    await this.#guesses.clear(this.#kind, key)
  }
}
