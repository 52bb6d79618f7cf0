import type { Day } from '#contract/day.ts'
import type { EntryData } from '#contract/entry.ts'
import type { EntryKind } from '#contract/entry-kind.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { StoredData } from '#contract/office-entry.ts'
import { sealText, type DataKey } from '#server/keys/data-key.ts'
import { entryAad } from './entry-rows.ts'
import { plainColumns } from './plain-columns.ts'
import type { CustomershipFacts } from './customership-facts.ts'
import type { EntryTable } from './tables.ts'

export type NewEntry = {
  [K in EntryKind]: { readonly kind: K; readonly id: EntryId; readonly data: EntryData<K> }
}[EntryKind]

/** A customership that is to begin, with all that is known of it. */
export interface NewCustomership {
  readonly id: CustomershipId
  readonly startDay: Day
  readonly entries: readonly NewEntry[]
}

/** The same as rows, made before the transaction that writes many of them. */
export interface SealedCustomership {
  readonly facts: CustomershipFacts
  readonly rows: readonly EntryTable[]
}

export function sealCustomership(
  { id, startDay, entries }: NewCustomership,
  key: DataKey,
  by: UserId,
  at: number
): SealedCustomership {
  const ending = { endDay: null, deleteBy: null, endReason: null, restrictedOn: null }
  const facts: CustomershipFacts = { id, revision: 1, state: 'active', startDay, ...ending }
  return { facts, rows: entries.map((entry) => sealedRow(facts, entry, key, by, at)) }
}

function sealedRow<K extends EntryKind>(
  { id: customership, revision }: CustomershipFacts,
  { kind, id, data }: { kind: K; id: EntryId; data: StoredData<K> },
  key: DataKey,
  by: UserId,
  at: number
): EntryTable {
  const name = { customership, id, kind, revision }
  const sealed = sealText(key, entryAad(name), JSON.stringify(data))
  return { ...name, at, by, removed: 0, sealed, ...plainColumns(kind, data) }
}
