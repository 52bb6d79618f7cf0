import { learn } from '#lib/i18n/language.svelte.ts'
import type { PageLoad } from './$types'

/** The fields are called what the notice calls them. */
export const load: PageLoad = () => learn('notice')
