import { learn } from '#lib/i18n/language.svelte.ts'
import type { PageLoad } from './$types'

/** Whoever is new waits for no script to see where they are: the build draws this one beforehand. */
export const ssr = true
export const prerender = true

export const load: PageLoad = () => learn('account')
