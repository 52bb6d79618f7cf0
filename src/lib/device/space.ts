const leastFreeBytes = 200_000_000
const mostUsedShare = 0.9

/** What the browser says that this app may take, of which so much is taken. */
export interface Space {
  readonly used: number
  readonly free: number
}

/** Null where the browser does not say. */
export async function readSpace(): Promise<Space | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate()
    if (usage === undefined || quota === undefined) return null
    return { used: usage, free: Math.max(0, quota - usage) }
  } catch {
    return null
  }
}

/** Told before a note cannot be kept: a day's papers still fit. */
export function isTight({ used, free }: Space): boolean {
  return free < leastFreeBytes || used > mostUsedShare * (used + free)
}
