import type { Entry } from '#contract/entry.ts'
import { partBytes, type FrameOf } from '#contract/pull.ts'
import type { View } from '#contract/view.ts'
import { throughView } from '#server/access/access.ts'
import type { AppliedOperation } from '#server/store/applied-operations.ts'
import type { RemovedEntry } from '#server/store/customership-reader.ts'
import type { InScope } from './scope.ts'

export type Line = string

export const line = (
  frame: FrameOf<'purge' | 'scope' | 'organisation' | 'outcome' | 'end'>
): Line => `${JSON.stringify(frame)}\n`

export function outcomeLine({ id, decided }: AppliedOperation): Line {
  if (!decided) return ''
  const { outcome, code, revision, reason } = decided
  return line({
    frame: 'outcome',
    id,
    outcome,
    ...(code ? { code } : {}),
    ...(revision === null ? {} : { revision }),
    ...(reason === undefined ? {} : { reason })
  })
}

/** The entries as JSON, gathered so that no part is larger than the wire allows unless one entry alone is. */
function gather(entries: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  let bytes = 0
  for (const entry of entries) {
    const length = Buffer.byteLength(entry) + 1
    if (bytes + length > partBytes && bytes > 0) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(entry)
    bytes += length
  }
  return parts
}

/** A document that was added by mistake is kept for the office alone: from a tablet it is gone. */
function shownOnTablet(view: View, entry: Entry): Entry | RemovedEntry | null {
  const seen = throughView(view, entry)
  if (seen?.kind !== 'document' || !seen.data.removed) return seen
  return { id: seen.id, revision: seen.revision, removed: true }
}

/** One frame, or several parts of one snapshot that take effect at the last. */
export function customershipLines(
  { id, revision, view, viewName, purgeAfter }: InScope,
  reset: boolean,
  entries: readonly (Entry | RemovedEntry)[]
): Line[] {
  const shown = entries.flatMap((entry) => {
    const seen = 'removed' in entry ? entry : shownOnTablet(view, entry)
    return seen ? [JSON.stringify(seen)] : []
  })
  const { restrictedOn } = view
  const restriction = restrictedOn === undefined ? {} : { restrictedOn }
  const head = {
    ...{ frame: 'customership', id, revision, view: viewName, reset, purgeAfter },
    ...restriction
  }
  const parts = gather(shown)
  return parts.map((part, index) => {
    const numbered =
      parts.length === 1
        ? head
        : { ...head, part: index + 1, ...(index + 1 === parts.length ? { last: true } : {}) }
    return `${JSON.stringify(numbered).slice(0, -1)},"entries":[${part.join(',')}]}\n`
  })
}
