import { learn } from '#lib/i18n/language.svelte.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'

/** What is news in the days, with its words, and whom to ring of the next family: nothing of it is needed to draw them. */
export async function loadNews(vault: OpenVault) {
  const [{ SeenDays }, { wordsByVisit }, { default: ChangeList }, { firstToCall }] =
    await Promise.all([
      import('./seen-days.svelte.ts'),
      import('./change-words.ts'),
      import('./ChangeList.svelte'),
      import('#lib/profiles/first-call.ts'),
      learn('changes')
    ])
  return { days: new SeenDays(vault), wordsByVisit, ChangeList, firstToCall }
}
