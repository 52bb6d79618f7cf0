import { learn } from '#lib/i18n/language.svelte.ts'

/** Nothing of it is part of the day: it comes, with its words, once the day is drawn. */
export async function loadStorageAlerts() {
  await learn('lost')
  return import('./StorageAlerts.svelte')
}
