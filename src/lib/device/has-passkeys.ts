/** Whether this browser knows passkeys at all. Asked by screens that are drawn before anything of passkeys has come. */
export const hasPasskeys = (): boolean => typeof globalThis.PublicKeyCredential === 'function'
