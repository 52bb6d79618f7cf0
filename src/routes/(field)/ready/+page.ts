import { learn } from '#lib/i18n/language.svelte.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async () => {
  const words = ['ready', 'paper', 'lost', 'browser'] as const
  await Promise.all(words.map(learn))
}
