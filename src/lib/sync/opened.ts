/** Values once opened, as long as what they were opened from stays the same. */
export class OpenedValues {
  readonly #values = new Map<string, { readonly mark: string; readonly value: unknown }>()

  /** Opens what is new, and answers in the order of the rows; null for what does not open. */
  async of<R extends { readonly id: string }>(
    rows: readonly R[],
    sealedOf: (row: R) => ArrayBuffer,
    open: (rows: readonly R[]) => Promise<unknown[]>
  ): Promise<unknown[]> {
    const unread = rows.filter((row) => this.#values.get(row.id)?.mark !== markOf(sealedOf(row)))
    const values = await open(unread)
    const fresh = new Map(unread.map((row, index) => [row.id, values[index] ?? null]))
    for (const row of unread) {
      const value = fresh.get(row.id) ?? null
      // What did not open may open at the next look.
      if (value !== null) this.#values.set(row.id, { mark: markOf(sealedOf(row)), value })
    }
    return rows.map((row) =>
      fresh.has(row.id) ? fresh.get(row.id) : this.#values.get(row.id)?.value
    )
  }

  keepOnly(rows: readonly { readonly id: string }[]): void {
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of this.#values.keys()) if (!ids.has(id)) this.#values.delete(id)
  }
}

/** A nonce is never used twice, so it names what it sealed. */
function markOf(sealed: ArrayBuffer): string {
  return new Uint8Array(sealed, 0, 12).join('.')
}
