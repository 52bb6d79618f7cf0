/** Hardly anybody meets it, and everybody would carry it to their first screen. */
export const loadUnsupported = () => import('./Unsupported.svelte')
