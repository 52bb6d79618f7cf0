import type { ClientInit, HandleClientError } from '@sveltejs/kit'
import { learn } from '#lib/i18n/language.svelte.ts'
import { firstWay, isBehindLock } from '#lib/session/gate.ts'
import { lookFirst } from '#lib/vault/first-look.ts'
import { loadLock } from './routes/later.ts'

/** An error's own words may repeat what was typed; none of them reaches the screen or a log. */
export const handleError: HandleClientError = ({ status }) => ({ message: String(status) })

/**
 * Whoever comes again meets the lock: the framework finds its way there at once, instead of drawing
 * what lies before it.
 */
export const init: ClientInit = async () => {
  if (location.pathname === '/sign-in') void learn('account').catch(() => undefined)
  if (!isBehindLock(location.pathname)) return
  const looking = lookFirst()
  // A page that a service worker brought is no first visit: the lock comes while it is found out whose.
  if ('serviceWorker' in navigator && navigator.serviceWorker.controller)
    void loadLock().catch(() => undefined)
  const residents = await looking
  const way = firstWay(location.pathname + location.search)
  if (way !== null && residents.length > 0) history.replaceState(history.state, '', way)
}
