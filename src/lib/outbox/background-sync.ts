interface SyncRegistration {
  readonly sync?: { register(tag: string): Promise<void> }
}

export const syncTag = 'kotikaynti-outbox'

/** Where the browser knows Background Sync, it wakes the service worker when the network is back. */
export async function registerSync(): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker.ready) as unknown as SyncRegistration
    await registration.sync?.register(syncTag)
  } catch {
    // Refused, or unknown: the page's own timers remain.
  }
}
