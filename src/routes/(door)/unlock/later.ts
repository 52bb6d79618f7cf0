/** Only a shared tablet asks who is there. */
export const loadResidents = () => import('./Residents.svelte')
