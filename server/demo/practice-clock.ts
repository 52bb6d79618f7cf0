import type { Clock } from '#server/clock.ts'

/** Tells the time, and while history is being made, the time at which it is supposed to have happened. */
export class PracticeClock implements Clock {
  readonly #clock: Clock
  #then: number | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now(): number {
    return this.#then ?? this.#clock.now()
  }

  /** Nobody else may be served meanwhile. */
  async at<T>(then: number, use: () => Promise<T>): Promise<T> {
    this.#then = Math.min(then, this.#clock.now())
    try {
      return await use()
    } finally {
      this.#then = null
    }
  }
}
