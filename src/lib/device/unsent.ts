import type { VaultDatabase } from './database.ts'

/** What a device has written and not yet handed over: how much, and since when. What it only read does not count. */
export interface Unsent {
  readonly waiting: number
  readonly since: number | null
}

export async function unsentIn({ outbox }: Pick<VaultDatabase, 'outbox'>): Promise<Unsent> {
  const rows = await outbox
    .where('waiting')
    .equals(1)
    .filter((row) => !row.quiet)
    .toArray()
  const since = Math.min(...rows.map(({ writtenAt }) => writtenAt))
  return { waiting: rows.length, since: rows.length > 0 ? since : null }
}
