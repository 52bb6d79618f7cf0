/** Says what is wrong with the folders, the database or the root key; there is nothing secret in it. */
export class KeyStoreError extends Error {
  override readonly name = 'KeyStoreError'
}

/** Its database does not answer now: nothing was made or destroyed, and it may be asked again. */
export class KeysUnavailable extends KeyStoreError {}
