import { readSpace } from '#lib/device/space.ts'
import { learn } from '#lib/i18n/language.svelte.ts'

/** Nothing of it is part of the day: it comes, with its words, once the day is drawn. */
export async function loadStorageAlerts() {
  const [{ default: StorageAlerts }, space] = await Promise.all([
    import('./StorageAlerts.svelte'),
    readSpace(),
    learn('lost')
  ])
  return { StorageAlerts, space }
}
