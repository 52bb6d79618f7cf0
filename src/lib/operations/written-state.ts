import type { Moment } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import type { OutboxLine } from '#lib/sync/outbox-line.ts'

/** UI.md: one word for each state of what a worker writes. */
export interface Written {
  readonly state: OutboxLine['state']
  readonly deliveredAt?: Moment
}

/** What of the outbox the tablet still has to hand over. */
export function isWaiting(line: Pick<OutboxLine, 'state'>): boolean {
  return line.state === 'draft' || line.state === 'waiting'
}

interface NoteHeld {
  readonly id: EntryId
  readonly at: Moment
  readonly data: { readonly state: 'draft' | 'signed' }
}

/**
 * A note's own state: what its latest operation met on the way; without one, it came from the
 * server and is there since the server stamped it.
 */
export function writtenStateOf(
  note: NoteHeld,
  lines: readonly Pick<OutboxLine, 'seq' | 'state' | 'entry' | 'deliveredAt'>[]
): Written {
  const latest = lines
    .filter((line) => line.entry === note.id)
    .reduce<(typeof lines)[number] | null>(
      (last, line) => (last === null || line.seq > last.seq ? line : last),
      null
    )
  if (latest?.state === 'awaiting-decision' || latest?.state === 'needs-attention') {
    return { state: latest.state }
  }
  if (note.data.state === 'draft') return { state: 'draft' }
  if (latest && isWaiting(latest)) return { state: 'waiting' }
  return { state: 'delivered', deliveredAt: latest?.deliveredAt ?? note.at }
}
