/** SQLite and PostgreSQL take no more values in one statement than some tens of thousands. */
const namedAtOnce = 500

/** Some at a time, as many as one statement may name. */
export function* inSlices<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += namedAtOnce) yield all.slice(at, at + namedAtOnce)
}
