import type { NoteFeed } from '#contract/office.ts'

type Line = NoteFeed['awaiting'][number]

/** What one person wrote of one client is read and decided together. */
export interface HeldGroup {
  readonly key: string
  readonly name: string | null
  readonly customership: Line['customership']
  readonly author: Line['author']
  /** When the first of it came. */
  readonly receivedAt: Line['receivedAt']
  readonly lines: readonly Line[]
}

export function heldGroups(lines: readonly Line[]): HeldGroup[] {
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    const key = `${line.customership ?? line.id} ${line.author ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups].flatMap(([key, [first, ...rest]]) =>
    first
      ? [
          {
            key,
            name: first.name,
            customership: first.customership,
            author: first.author,
            receivedAt: first.receivedAt,
            lines: [first, ...rest]
          }
        ]
      : []
  )
}
