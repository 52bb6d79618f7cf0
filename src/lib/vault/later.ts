/** A device is enrolled once: what that asks of the server comes with it. */
export const loadEnrolling = () => import('./enrolling.ts')

/** Asked by whoever finds no lock here: the form to sign in with does not wait for it. */
export const loadEvicted = () => import('./evicted.ts')
