/** While somebody saves, what is not yet part of a document is not swept away. */
export const savingLock = (device: string): string => `kotikaynti-scan-${device}`
