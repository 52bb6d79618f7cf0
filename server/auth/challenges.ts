import { newSecret } from '#server/keys/secret.ts'

const livesMilliseconds = 5 * 60_000
const mostKept = 10_000

/** Single use, five minutes, for one device only. */
export class Challenges {
  readonly #open = new Map<string, { device: string; until: number }>()

  issue(device: string, now: number): string {
    const challenge = newSecret()
    this.#open.set(challenge, { device, until: now + livesMilliseconds })
    for (const [oldest, { until }] of this.#open) {
      if (until > now && this.#open.size <= mostKept) break
      this.#open.delete(oldest)
    }
    return challenge
  }

  /** Whatever comes of it, the challenge is gone. */
  spend(challenge: string, device: string, now: number): boolean {
    const issued = this.#open.get(challenge)
    this.#open.delete(challenge)
    return issued !== undefined && issued.device === device && now < issued.until
  }
}
