import { learn } from '#lib/i18n/language.svelte.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async () => {
  await Promise.all([learn('arrival'), learn('ways')])
}
