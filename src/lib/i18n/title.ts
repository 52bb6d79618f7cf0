import type { Title } from '#contract/text.ts'
import { currentLanguage } from './language.svelte.ts'

/** A title of the organisation's own, in the language in use. */
export function titleIn(title: Title): string {
  return title[currentLanguage()]
}
