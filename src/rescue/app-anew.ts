const patienceMilliseconds = 15_000

/** A captive portal answers everything, and its page is no app. */
async function isServed(): Promise<boolean> {
  try {
    const response = await fetch('/api/health', {
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMilliseconds)
    })
    const answer: unknown = await response.json()
    return response.ok && (answer as { status?: unknown } | null)?.status === 'ok'
  } catch {
    return false
  }
}

/**
 * Takes the app's own files away, so that the network brings them whole: the service worker and the
 * caches, in which nothing of anybody ever lies. What was written is elsewhere and is not touched.
 */
export async function fetchAppAnew(): Promise<boolean> {
  if (!(await isServed())) return false
  const registrations = await navigator.serviceWorker.getRegistrations()
  await Promise.all(registrations.map((registration) => registration.unregister()))
  const names = await caches.keys()
  await Promise.all(names.map((name) => caches.delete(name)))
  return true
}
