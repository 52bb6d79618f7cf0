import { learn } from '#lib/i18n/language.svelte.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = () => learn('prints')
