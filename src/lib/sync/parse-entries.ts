import { entryDataSchemas, type Entry } from '#contract/entry.ts'
import { entryKinds, type EntryKind } from '#contract/entry-kind.ts'
import { parseLenient } from '#contract/lenient.ts'
import type { WireEntry } from '#contract/pull.ts'

const isKnown = (kind: string): kind is EntryKind => entryKinds.some((known) => known === kind)

/** Kinds of a newer server are held but not shown, and so is what does not fit its shape. */
export function parseEntries(entries: readonly WireEntry[]): Entry[] {
  return entries.flatMap((entry) => {
    if ('removed' in entry || !isKnown(entry.kind)) return []
    const parsed = parseLenient(entryDataSchemas[entry.kind], entry.data)
    return parsed.success ? [{ ...entry, data: parsed.data } as Entry] : []
  })
}
