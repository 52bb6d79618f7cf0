/** The disk is full, failing or read-only, or the database does not answer. Nothing was half applied; the caller may try again later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}
