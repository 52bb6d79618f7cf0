import type { CustomershipId } from '#contract/id.ts'
import type { VaultDatabase } from './database.ts'

/** All that purging may touch. The outbox is not in it, and no purging code can reach it. */
export type Purgeable = Pick<
  VaultDatabase,
  'customerships' | 'faces' | 'copies' | 'pages' | 'purges' | 'transaction'
>

/** Every customership of which anything lies here. The outbox stays. */
export async function dropEverything(database: Purgeable): Promise<CustomershipId[]> {
  const held = new Set<CustomershipId>()
  for (const table of [database.customerships, database.faces]) {
    for (const id of await table.toCollection().primaryKeys()) held.add(id)
  }
  for (const table of [database.copies, database.pages]) {
    for (const id of await table.orderBy('customership').uniqueKeys()) {
      held.add(id as CustomershipId)
    }
  }
  await dropCustomerships(database, [...held])
  return [...held]
}

/**
 * Takes customerships out, whole, and leaves a note that their key slots must be destroyed: only a
 * page's worker can, and a crash in between is finished from the note.
 */
export async function dropCustomerships(
  database: Purgeable,
  ids: readonly CustomershipId[]
): Promise<void> {
  if (ids.length === 0) return
  const { customerships, faces, copies, pages, purges } = database
  await database.transaction('rw', [customerships, faces, copies, pages, purges], async () => {
    await customerships.bulkDelete([...ids])
    await faces.bulkDelete([...ids])
    for (const table of [copies, pages]) {
      await table
        .where('customership')
        .anyOf([...ids])
        .delete()
    }
    await purges.bulkPut(ids.map((customership) => ({ customership, slot: 'standing' })))
  })
}
