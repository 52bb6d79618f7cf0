/** Held by whoever enrols here, and by whoever has the whole browser let go of what it keeps. */
export const siteLock = 'kotikaynti-site'

/** Shared by every tab in which the vault is open, until what was typed there is sealed. */
export const openLock = (device: string): string => `kotikaynti-open-${device}`
