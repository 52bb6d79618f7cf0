import type { VaultDatabase } from './database.ts'

/** What a device has written and not yet handed over: how much, and since when. What it only read does not count. */
export interface Unsent {
  readonly waiting: number
  readonly since: number | null
}

export async function unsentIn({ outbox }: Pick<VaultDatabase, 'outbox'>): Promise<Unsent> {
  const inOrder = () => outbox.orderBy('unsent')
  const [waiting, first] = await Promise.all([inOrder().count(), inOrder().first()])
  return { waiting, since: first?.unsent ?? null }
}
