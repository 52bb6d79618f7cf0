import type { Moment } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'

/** One word for each state of what a worker writes: what UI.md names, and nothing between. */
export type WrittenState =
  'draft' | 'waiting' | 'delivered' | 'awaiting-decision' | 'needs-attention'

export interface Written {
  readonly state: WrittenState
  readonly deliveredAt?: Moment
}

/** What this device has yet to hand over. */
export function isWaiting({ state }: Written): boolean {
  return state === 'draft' || state === 'waiting'
}

interface Line extends Written {
  readonly seq: number
  readonly entry: EntryId | null
}

interface NoteHeld {
  readonly id: EntryId
  readonly at: Moment
  readonly data: { readonly state: 'draft' | 'signed' }
}

/**
 * A note's own state: what its latest operation met on the way. Without one it came from the
 * server, and is there since the server stamped it.
 */
export function writtenStateOf(note: NoteHeld, lines: readonly Line[]): Written {
  const latest = lines
    .filter(({ entry }) => entry === note.id)
    .sort((one, other) => other.seq - one.seq)[0]
  if (latest?.state === 'awaiting-decision' || latest?.state === 'needs-attention') {
    return { state: latest.state }
  }
  if (note.data.state === 'draft') return { state: 'draft' }
  if (latest && isWaiting(latest)) return { state: 'waiting' }
  return { state: 'delivered', deliveredAt: latest?.deliveredAt ?? note.at }
}
