/** What the app cannot do without, and why a browser may not have it. */
export type Hindrance = 'connection' | 'browser'

/**
 * What sealing, keeping and sending need. Browsers keep cryptography and locks to themselves where the
 * connection is not secure, so that is asked first. Null where nothing stands in the way.
 */
export function hindrance(): Hindrance | null {
  if (!isSecureContext) return 'connection'
  const isEnough =
    'indexedDB' in globalThis &&
    'Worker' in globalThis &&
    'BroadcastChannel' in globalThis &&
    'subtle' in crypto &&
    'locks' in navigator
  return isEnough ? null : 'browser'
}
