/** Hardly anybody meets these, and everybody would carry them to their first screen. */
export const loadUnsupported = () => import('./Unsupported.svelte')
export const loadNewVersion = () => import('./NewVersion.svelte')
