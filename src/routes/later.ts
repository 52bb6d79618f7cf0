/** The lock, and what is drawn around it. */
export const loadLock = () =>
  Promise.all([import('./(door)/+layout.svelte'), import('./(door)/unlock/+page.svelte')])

/** What the open vault holds, and what carries what was written: no lock waits for them. */
export async function loadReplica() {
  const { Replica } = await import('#lib/sync/replica.svelte.ts')
  return Replica
}
export async function loadCourier() {
  const { Courier } = await import('#lib/outbox/courier.ts')
  return Courier
}

/** Hardly anybody meets these, and everybody would carry them to their first screen. */
export const loadUnsupported = () => import('./Unsupported.svelte')
export const loadNewVersion = () => import('./NewVersion.svelte')
