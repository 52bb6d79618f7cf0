import { learn } from '#lib/i18n/language.svelte.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async () => {
  const words = [
    'visits',
    'lost',
    'arrival',
    'ways',
    'browser',
    'account',
    'log',
    'prints'
  ] as const
  await Promise.all(words.map(learn))
}
