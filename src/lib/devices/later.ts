/** Nothing of it is part of the day: it comes once the day is drawn. */
export const loadStorageAlerts = () => import('./StorageAlerts.svelte')
