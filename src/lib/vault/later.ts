/** A device is enrolled once: what that asks of the server comes with it. */
export const loadEnrolling = () => import('./enrolling.ts')
