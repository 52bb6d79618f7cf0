import type { Guesses } from '#server/store/guesses.ts'
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
  readonly #guesses: Guesses
  readonly #accounts: Throttle
  readonly #addresses: Throttle
  readonly #known: Throttle

  constructor(guesses: Guesses) {
    this.#guesses = guesses
    this.#accounts = new Throttle(guesses, 'account', { free: 5, longestSeconds: 900 })
    this.#addresses = new Throttle(guesses, 'address', { free: 30, longestSeconds: 900 })
    this.#known = new Throttle(guesses, 'known', { free: 5, longestSeconds: 900 })
  }

  #keys({ account, address, known }: Attempt): [Throttle, string][] {
    if (known !== null) return [[this.#known, known]]
    return [
      ...(account === null ? [] : [[this.#accounts, account] satisfies [Throttle, string]]),
      [this.#addresses, address]
    ]
  }

  /** 0, and the attempt is counted; or the longest of the waits. */
  begin(attempt: Attempt, now: number): Promise<number> {
    return this.#guesses.inTurn(async () => {
      let longest = 0
      for (const [throttle, key] of this.#keys(attempt))
        longest = Math.max(longest, await throttle.waitSeconds(key, now))
      if (longest === 0)
        for (const [throttle, key] of this.#keys(attempt)) await throttle.count(key, now)
      return longest
    })
  }

  async succeeded(attempt: Attempt): Promise<void> {
    await this.#guesses.inTurn(async () => {
      if (attempt.known !== null) await this.#known.clear(attempt.known)
      else {
        if (attempt.account !== null) await this.#accounts.clear(attempt.account)
        await this.#addresses.forgive(attempt.address)
      }
    })
  }
}
