import { learn } from '#lib/i18n/language.svelte.ts'

/** Few locks have a visit running behind them: what ends it there comes only then, from the app's own cache. */
export async function loadVisitEnd() {
  const [{ visitEndAtLock, visitEndApplied }] = await Promise.all([
    import('./visit-end-screens.ts'),
    learn('locking')
  ])
  return { visitEndAtLock, visitEndApplied }
}
