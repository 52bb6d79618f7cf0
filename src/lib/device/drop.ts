import type { CustomershipId } from '#contract/id.ts'
import type { VaultDatabase } from './database.ts'
import { unlessFullDisk } from './full-disk.ts'

/** All that purging may touch. The outbox is not in it, and no purging code can reach it. */
export type Purgeable = Pick<
  VaultDatabase,
  'customerships' | 'faces' | 'copies' | 'pages' | 'purges' | 'transaction'
>

/** Every customership of which anything lies here. The outbox stays. Answers those whose key slots no note names. */
export async function dropEverything(database: Purgeable): Promise<readonly CustomershipId[]> {
  const held = new Set<CustomershipId>()
  for (const table of [database.customerships, database.faces]) {
    for (const id of await table.toCollection().primaryKeys()) held.add(id)
  }
  for (const table of [database.copies, database.pages]) {
    for (const id of await table.orderBy('customership').uniqueKeys()) {
      held.add(id as CustomershipId)
    }
  }
  return dropCustomerships(database, [...held])
}

/**
 * Takes customerships out, whole, and leaves a note that their key slots must be destroyed: only a
 * page's worker can, and a crash in between is finished from the note. A full disk has no room for the note and
 * must forget all the same: answers those that no note names. The server asks for them again until it is told.
 */
export async function dropCustomerships(
  database: Purgeable,
  ids: readonly CustomershipId[]
): Promise<readonly CustomershipId[]> {
  if (ids.length === 0) return []
  const { purges } = database
  try {
    await takeOut(database, ids, () =>
      purges.bulkPut(ids.map((customership) => ({ customership, slot: 'standing' })))
    )
    return []
  } catch (error) {
    unlessFullDisk(error)
    await takeOut(database, ids)
    return ids
  }
}

async function takeOut(
  database: Purgeable,
  ids: readonly CustomershipId[],
  leaveNote?: () => Promise<unknown>
): Promise<void> {
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
    await leaveNote?.()
  })
}
