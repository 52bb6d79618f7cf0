/** The only reader of time on the server; tests put a hand-driven one in its place. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
