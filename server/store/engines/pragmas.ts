/** SECURITY 12: what SQLite must keep to on every connection; several of these are off, or weaker, by default. */
export const pragmas = [
  ['synchronous', 2],
  ['secure_delete', 1],
  ['foreign_keys', 1],
  ['temp_store', 2],
  ['trusted_schema', 0]
] as const

/** The same for a file: a log is its own, and lasts. */
export const filePragmas = [['journal_mode', 'wal'], ...pragmas] as const

/** KiB. The engine's own would be 16 MiB for each connection, of pages that the system has in memory already. */
export const cacheKibibytes = 4096
