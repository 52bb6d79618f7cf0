import { browser } from '$app/environment'

/**
 * Whether this browser knows passkeys at all. Asked by screens that are drawn before anything of passkeys has come;
 * the build, which draws one for every browser, takes each for one that does.
 */
export const hasPasskeys = (): boolean =>
  !browser || typeof globalThis.PublicKeyCredential === 'function'
