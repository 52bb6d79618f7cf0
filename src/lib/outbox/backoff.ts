const firstMilliseconds = 2000
const longestMilliseconds = 60_000

/** Twice as long after each failure, never the same for two tablets, and as long as the server asks. */
export function waitAfter(
  failures: number,
  retryAfterSeconds: number | undefined,
  chance: number
): number {
  const wait = Math.min(longestMilliseconds, firstMilliseconds * 2 ** Math.max(0, failures - 1))
  const spread = wait * (0.75 + chance / 2)
  return Math.max(spread, (retryAfterSeconds ?? 0) * 1000)
}

/** Evenly in [0, 1). */
export function chance(): number {
  const [draw = 0] = crypto.getRandomValues(new Uint32Array(1))
  return draw / 2 ** 32
}
