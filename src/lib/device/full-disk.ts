/**
 * Whether a write failed because the browser has no room for it: of its transaction nothing is there. What only
 * deletes needs no room. Indexed Database API 3.0, "QuotaExceededError"
 */
export function isFullDisk(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'QuotaExceededError') return true
  // Dexie tells of an aborted transaction, and inside it why.
  return 'inner' in error && isFullDisk(error.inner)
}

/** For what may as well be written later: any other failure is one. */
export function unlessFullDisk(error: unknown): void {
  if (!isFullDisk(error)) throw error
}
