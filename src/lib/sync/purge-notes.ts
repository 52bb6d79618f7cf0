import type { CustomershipId } from '#contract/id.ts'
import type { VaultDatabase } from '#lib/device/database.ts'
import { unlessFullDisk } from '#lib/device/full-disk.ts'

/**
 * §7: the notes that `ids` were destroyed leave with the request that tells so, before its answer makes the key of
 * one anew. Cut off there, a note that stayed would say of the new key that it was destroyed. Whatever the server
 * was not told, it asks for again.
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
