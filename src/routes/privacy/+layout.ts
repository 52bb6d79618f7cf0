import { learn } from '#lib/i18n/language.svelte.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = () => learn('notice')
