/** What this browser remembers in cookies that scripts may read; nothing where the build draws a page beforehand. */
export const ownCookies = (): string => (typeof document === 'undefined' ? '' : document.cookie)
