import type { OutboxRow, VaultDatabase } from './database.ts'

/** What a device has written and not yet handed over: how much, and since when. What it only read does not count. */
export interface Unsent {
  readonly waiting: number
  readonly since: number | null
}

export async function unsentIn({ outbox }: Pick<VaultDatabase, 'outbox'>): Promise<Unsent> {
  const rows = (await outbox.toArray()).filter((row) => !row.quiet && isUnsent(row))
  const since = Math.min(...rows.map(({ writtenAt }) => writtenAt))
  return { waiting: rows.length, since: rows.length > 0 ? since : null }
}

/** Neither handed over nor beyond help: what was damaged here goes once it is unlocked. */
const isUnsent = ({ waiting, receipt, renewed }: OutboxRow): boolean =>
  waiting === 1 || (receipt?.code === 'cannot-open' && !renewed)
