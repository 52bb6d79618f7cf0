interface Failures {
  count: number
  last: number
}

/** Wrong attempts that cost nothing, the longest wait after one, and when they are forgotten. */
interface Patience {
  readonly free: number
  readonly longestSeconds: number
}

const forgottenAfter = 60 * 60_000
const mostKept = 20_000

/**
 * Slows guessing down: after a few failures each further one doubles the wait. It lives in memory,
 * which a flood of made-up names cannot fill, and never closes an account.
 */
export class Throttle {
  readonly #failures = new Map<string, Failures>()
  readonly #patience: Patience

  constructor(patience: Patience) {
    this.#patience = patience
  }

  /** Seconds still to wait before the next attempt; 0 when it may be made. */
  waitSeconds(key: string, now: number): number {
    const failures = this.#failures.get(key)
    // A clock that was set back must not make anybody wait until it is there again.
    if (failures && failures.last > now) failures.last = now
    if (!failures || now >= failures.last + forgottenAfter) return 0
    const over = failures.count - this.#patience.free
    if (over < 0) return 0
    const wait = Math.min(2 ** Math.min(over, 20), this.#patience.longestSeconds) * 1000
    return Math.max(0, Math.ceil((failures.last + wait - now) / 1000))
  }

  /** Counted before the answer is known, so that many attempts at once are many. */
  count(key: string, now: number): void {
    const known = this.#failures.get(key)
    const count = known && now < known.last + forgottenAfter ? known.count + 1 : 1
    this.#failures.delete(key)
    this.#failures.set(key, { count, last: now })
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= mostKept) break
      this.#failures.delete(oldest)
    }
  }

  /** A success takes its own attempt back. */
  forgive(key: string): void {
    const known = this.#failures.get(key)
    if (!known) return
    if (known.count <= 1) this.#failures.delete(key)
    else known.count -= 1
  }

  clear(key: string): void {
    this.#failures.delete(key)
  }
}
