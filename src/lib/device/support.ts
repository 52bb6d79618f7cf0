/** What sealing, keeping and sending need. Cryptography is missing also where the connection is not secure. */
export function isSupported(): boolean {
  return (
    'indexedDB' in globalThis &&
    'Worker' in globalThis &&
    'BroadcastChannel' in globalThis &&
    'subtle' in crypto &&
    'locks' in navigator
  )
}
