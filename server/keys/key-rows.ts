export interface KeyRow {
  readonly name: string
  /** `making` was never used; `destroying` never will be again. */
  readonly state: 'making' | 'ready' | 'destroying'
  /** The name of the key that wraps it; null: the root key. */
  readonly wrappedBy: string | null
  readonly wrapped: Buffer
  readonly publicKey: string | null
  readonly madeAt: number
}

/** One copy of the key store, wherever it lies. It knows rows, not what they are for; each change is one durable commit. */
export interface KeyRows {
  /** Both copies of one store have the same; null in a new one. */
  readonly identity: string | null
  /** Rises with every change, in this copy first and then in the other. */
  readonly changes: number
  begin(identity: string): void
  find(name: string): KeyRow | null
  /** Those whose name begins so, oldest first. */
  list(prefix?: string): KeyRow[]
  /** The names of those that begin so and may be used. */
  names(prefix: string): string[]
  /** Those that a crash left being made or destroyed. */
  unfinished(): KeyRow[]
  /** All of them, or none. */
  put(rows: readonly KeyRow[], changes: number): void
  remove(names: readonly string[], changes: number): void
  /** Makes this copy the same as the other. */
  mirror(other: KeyRows): void
  close(): void
}

/** What makes one copy the same as another: the rows that differ, and the names that are too many. */
export function differenceOf(
  own: KeyRows,
  other: KeyRows
): { readonly changed: readonly KeyRow[]; readonly gone: readonly string[] } {
  const rows = other.list()
  const names = new Set(rows.map(({ name }) => name))
  const mine = new Map(own.list().map((row) => [row.name, row]))
  return {
    changed: rows.filter((row) => !isSame(row, mine.get(row.name))),
    gone: [...mine.keys()].filter((name) => !names.has(name))
  }
}

function isSame(row: KeyRow, other: KeyRow | undefined): boolean {
  return (
    other !== undefined &&
    row.state === other.state &&
    row.wrappedBy === other.wrappedBy &&
    row.wrapped.equals(other.wrapped)
  )
}
