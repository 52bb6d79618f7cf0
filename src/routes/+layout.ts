import { redirect } from '@sveltejs/kit'
import { browser } from '$app/environment'
import { recallLanguage } from '#lib/i18n/language.svelte.ts'
import { wayElsewhere } from '#lib/session/gate.ts'
import { FirstLook } from '#lib/vault/first-look.ts'
import type { LayoutLoad } from './$types'
import { loadLock } from './later.ts'

export const ssr = false
export const prerender = false

/** Whoever comes to one of these meets the lock, if anybody lives here. Any other screen waits for no database. */
const isBehindLock = (route: string | null): boolean =>
  route === '/' || route === '/(door)/unlock' || (route?.startsWith('/(field)') ?? false)

const firstLook = new FirstLook()
let looking: Promise<unknown> | null = null

function lookOnce(): Promise<unknown> {
  // A page that a service worker brought is no first visit: the lock comes while it is found out who comes.
  if (!looking && navigator.serviceWorker?.controller) void loadLock().catch(() => undefined)
  looking ??= firstLook.look()
  return looking
}

/** Once, at the start. Nothing is drawn in one language and then in another, nor one screen and then the lock. */
export const load: LayoutLoad = async ({ route, url, untrack }) => {
  const [id, path] = untrack(() => [route.id, url.pathname + url.search])
  await Promise.all([recallLanguage(), browser && isBehindLock(id) ? lookOnce() : null])
  const { residents } = firstLook
  if (residents.length > 0) {
    const elsewhere = wayElsewhere({
      route: id,
      path,
      vault: 'locked',
      residents: residents.map(({ user }) => user),
      session: 'unknown',
      user: null,
      pending: []
    })
    if (elsewhere !== null) redirect(307, elsewhere)
  }
  return { firstLook }
}
