import type { Entry, EntryKind } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import type { AssignmentFacts, CustomershipFacts } from './register.ts'

export interface RemovedEntry {
  readonly id: EntryId
  readonly revision: number
  readonly removed: true
}

export interface CustomershipReader {
  readonly facts: CustomershipFacts
  entry<K extends EntryKind>(kind: K, id: EntryId): Promise<Entry<K> | null>
  /** By revision. With `since`, what is newer than it, removed ones included. */
  entries(options?: { kinds?: readonly EntryKind[] }): Promise<Entry[]>
  entries(options: {
    kinds?: readonly EntryKind[]
    since: number
  }): Promise<(Entry | RemovedEntry)[]>
  assignments(): Promise<AssignmentFacts[]>
  mac(text: string): Buffer
}
