export const courtesyTries = 5
const firstDelayMilliseconds = 30_000
const longestDelayMilliseconds = 15 * 60_000

/** How long the next passphrase must wait. */
export function delayAfter(count: number): number {
  if (count < courtesyTries) return 0
  return Math.min(longestDelayMilliseconds, firstDelayMilliseconds * 2 ** (count - courtesyTries))
}
