import type { CustomershipId } from '#contract/id.ts'
import type { VaultDatabase } from './database.ts'
import { unlessFullDisk } from './full-disk.ts'

/**
 * §7: the notes that the keys of `ids` were destroyed go when the server is told. Of a request whose answer makes keys
 * they go before it: cut off there, one that stayed would say of a new key that it was destroyed. What the server was
 * not told it asks for again.
 */
export async function takeNotes(
  { purges }: VaultDatabase,
  ids: readonly CustomershipId[]
): Promise<void> {
  if (ids.length === 0) return
  const told = new Set(ids)
  await purges
    .where('slot')
    .equals('destroyed')
    .filter(({ customership }) => told.has(customership))
    .delete()
}

/** Nobody answered: nothing came, and what was to be told still holds. */
export async function putNotesBack(
  database: VaultDatabase,
  ids: readonly CustomershipId[]
): Promise<void> {
  if (ids.length === 0) return
  const { purges } = database
  const back = database.transaction('rw', purges, async () => {
    const noted = new Set(await purges.toCollection().primaryKeys())
    await purges.bulkPut(
      ids
        .filter((id) => !noted.has(id))
        .map((customership) => ({ customership, slot: 'destroyed' as const }))
    )
  })
  await back.catch(unlessFullDisk)
}
