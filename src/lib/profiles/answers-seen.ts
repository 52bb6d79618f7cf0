import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { VaultDatabase } from '#lib/device/database.ts'

/** Which answers of the office this tablet has shown: random ids, kept while their customership is held. */
export async function seenAnswers(
  database: VaultDatabase,
  customership: CustomershipId
): Promise<ReadonlySet<EntryId>> {
  const seen = await database.readMeta('answersSeen')
  return new Set(seen?.of[customership])
}

export async function rememberSeen(
  database: VaultDatabase,
  customership: CustomershipId,
  answers: readonly EntryId[]
): Promise<void> {
  const { customerships, meta } = database
  await database.transaction('rw', [customerships, meta], async () => {
    const seen = (await database.readMeta('answersSeen'))?.of ?? {}
    const held = new Set(await customerships.toCollection().primaryKeys())
    const kept = Object.entries(seen).filter(([id]) => held.has(id as CustomershipId))
    const now = [...new Set([...(seen[customership] ?? []), ...answers])]
    await database.writeMeta('answersSeen', {
      of: { ...Object.fromEntries(kept), [customership]: now }
    })
  })
}
