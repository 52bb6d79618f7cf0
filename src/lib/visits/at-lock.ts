import { learn } from '#lib/i18n/language.svelte.ts'

/** Few locks have a visit running behind them: what ends it there comes only then, from the app's own cache. */
export async function loadVisitEnd() {
  const [{ default: VisitEnd }] = await Promise.all([import('./VisitEnd.svelte'), learn('locking')])
  return VisitEnd
}

export async function loadVisitEndApplied() {
  const loading = [import('./VisitEndApplied.svelte'), learn('locking')] as const
  const [{ default: VisitEndApplied }] = await Promise.all(loading)
  return VisitEndApplied
}
