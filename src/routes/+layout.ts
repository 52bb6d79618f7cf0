import { recallLanguage } from '#lib/i18n/language.svelte.ts'
import type { LayoutLoad } from './$types'

export const ssr = false
export const prerender = false

/** Nothing is drawn in one language and then in another. */
export const load: LayoutLoad = () => recallLanguage()
