import type { FrameOf, WireEntry } from '#contract/pull.ts'

/** What is held with what is newer laid over it, entry by entry; an older one never wins. */
export function merged(
  held: readonly WireEntry[],
  frame: FrameOf<'customership'>
): readonly WireEntry[] {
  if (frame.reset) return frame.entries.filter((entry) => !('removed' in entry))
  const byId = new Map(held.map((entry) => [entry.id, entry]))
  for (const entry of frame.entries) {
    const before = byId.get(entry.id)
    if (before && before.revision > entry.revision) continue
    if ('removed' in entry) byId.delete(entry.id)
    else byId.set(entry.id, entry)
  }
  return [...byId.values()]
}
