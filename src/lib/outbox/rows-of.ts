import type { OutboxRow, VaultDatabase } from '#lib/device/database.ts'

type Named = Pick<OutboxRow, 'id' | 'seq'>

/** Of as many numbers at least every second is asked for: then what lies between costs less than asking one by one. */
const densest = 2

/**
 * What lies on the disk now, in the order of what is asked for. Rows that were written one after
 * another lie beside each other by number, and come as one answer: a hundred questions take the
 * browser longer than the server takes for a hundred notes.
 */
export async function rowsOf(
  { outbox }: Pick<VaultDatabase, 'outbox'>,
  named: readonly Named[]
): Promise<(OutboxRow | undefined)[]> {
  const numbers = named.map(({ seq }) => seq)
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)]
  if (named.length < 2 || last - first >= densest * named.length)
    return outbox.bulkGet(named.map(({ id }) => id))
  const rows = await outbox.where('seq').between(first, last, true, true).toArray()
  const rowById = new Map(rows.map((row) => [row.id, row]))
  return named.map(({ id }) => rowById.get(id))
}
