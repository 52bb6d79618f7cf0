import { learnOffice } from '#lib/i18n/language.svelte.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ parent }) => {
  await parent()
  await learnOffice()
}
