import { newSecret } from '#server/keys/secret.ts'
import type { Guesses } from '#server/store/guesses.ts'

/** Single use, five minutes, for one device or browser only. */
export class Challenges {
  readonly #guesses: Guesses
  readonly #kind: string

  constructor(guesses: Guesses, kind: string) {
    this.#guesses = guesses
    this.#kind = kind
  }

  async issue(device: string, now: number): Promise<string> {
    const challenge = newSecret()
    await this.#guesses.open(this.#kind, challenge, device, now)
    return challenge
  }

  /** Whatever comes of it, the challenge is gone. */
  spend(challenge: string, device: string, now: number): Promise<boolean> {
    return this.#guesses.spend(this.#kind, challenge, device, now)
  }
}
