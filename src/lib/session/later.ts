/** What is asked of the server about who is here, with the shapes of its answers: no lock waits for it. */
export const loadAsking = () => import('./asking.ts')
/** What a touch takes: no form waits for it. */
export const loadPasskeySignIn = () => import('./passkey-sign-in.ts')
