import type { CustomershipState } from '#contract/customership.ts'
import type { Day } from '#contract/day.ts'
import type { EndReason } from '#contract/ending.ts'
import type { EntryData, EntryKind } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { CustomershipReader } from './customership-reader.ts'

export interface CustomershipChange extends CustomershipReader {
  readonly revision: number
  put<K extends EntryKind>(kind: K, id: EntryId, data: EntryData<K>, by: UserId): Promise<void>
  remove(id: EntryId, by: UserId): Promise<void>
  setEnding(ending: { endDay: Day; deleteBy: Day; reason: EndReason }): Promise<void>
  setState(state: Exclude<CustomershipState, 'deleting'>): Promise<void>
}
