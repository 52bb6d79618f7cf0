import { browser } from '$app/environment'
import { recallLanguage } from '#lib/i18n/language.svelte.ts'
import { isBehindLock } from '#lib/session/gate.ts'
import { lookFirst } from '#lib/vault/first-look.ts'
import type { LayoutLoad } from './$types'

export const ssr = false
export const prerender = false

/** Once, at the start. Nothing is drawn in one language and then in another, and no lock before it is known whose. */
export const load: LayoutLoad = async ({ url, untrack }) => {
  if (!browser) return { residents: [] }
  const isAwaited = untrack(() => isBehindLock(url.pathname))
  const [residents] = await Promise.all([isAwaited ? lookFirst() : [], recallLanguage()])
  return { residents }
}
