import { Throttle } from './throttle.ts'

/** Where an attempt comes from. */
export interface Attempt {
  /** Null where nobody is named: a passkey that opens nothing is of no account. */
  readonly account: string | null
  readonly address: string
  /** What a browser shows that this user has signed in with before, or null. */
  readonly known: string | null
}

/**
 * Guesses are slowed per account and per address. A browser that has signed in before is counted by
 * itself, so that whoever hammers at an account from outside does not lock its owner out.
 */
export class Attempts {
  readonly #accounts = new Throttle({ free: 5, longestSeconds: 900 })
  readonly #addresses = new Throttle({ free: 30, longestSeconds: 900 })
  readonly #known = new Throttle({ free: 5, longestSeconds: 900 })

  #keys({ account, address, known }: Attempt): [Throttle, string][] {
    if (known !== null) return [[this.#known, known]]
    return [
      ...(account === null ? [] : [[this.#accounts, account] satisfies [Throttle, string]]),
      [this.#addresses, address]
    ]
  }

  /** 0, and the attempt is counted; or the longest of the waits. */
  begin(attempt: Attempt, now: number): number {
    const keys = this.#keys(attempt)
    const wait = Math.max(...keys.map(([throttle, key]) => throttle.waitSeconds(key, now)))
    if (wait === 0) for (const [throttle, key] of keys) throttle.count(key, now)
    return wait
  }

  succeeded(attempt: Attempt): void {
    if (attempt.known !== null) this.#known.clear(attempt.known)
    else {
      if (attempt.account !== null) this.#accounts.clear(attempt.account)
      this.#addresses.forgive(attempt.address)
    }
  }
}
