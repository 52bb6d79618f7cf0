import { learn } from '#lib/i18n/language.svelte.ts'

/** What is news in the days, with its words: fetched beside the opening of what is held. */
export async function loadNews() {
  const [{ SeenDays }, { changeWords }, { default: ChangeList }] = await Promise.all([
    import('./seen-days.svelte.ts'),
    import('./change-words.ts'),
    import('./ChangeList.svelte'),
    learn('changes')
  ])
  return { SeenDays, changeWords, ChangeList }
}
