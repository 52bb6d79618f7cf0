/** Values once opened, as long as what they were opened from stays the same. */
export class OpenedValues {
  readonly #values = new Map<string, { readonly mark: Mark; readonly value: unknown }>()

  /** Opens what is new, and answers in the order of the rows; null for what does not open. */
  async of<R extends { readonly id: string }>(
    rows: readonly R[],
    sealedOf: (row: R) => ArrayBuffer,
    open: (rows: readonly R[]) => Promise<unknown[]>
  ): Promise<unknown[]> {
    const unread = rows.filter((row) => !this.has(row.id, sealedOf(row)))
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

  has(id: string, sealed: ArrayBuffer): boolean {
    const known = this.#values.get(id)
    return known !== undefined && isMarkOf(known.mark, sealed)
  }

  keepOnly(rows: readonly { readonly id: string }[]): void {
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of this.#values.keys()) if (!ids.has(id)) this.#values.delete(id)
  }
}

/** A nonce is never used twice, so it names what it sealed. */
type Mark = Uint32Array

const nonceWords = 3

const markOf = (sealed: ArrayBuffer): Mark => new Uint32Array(sealed, 0, nonceWords).slice()

/** Asked of every row at every drawing, so no text is made of it. */
function isMarkOf(mark: Mark, sealed: ArrayBuffer): boolean {
  const words = new Uint32Array(sealed, 0, nonceWords)
  return words[0] === mark[0] && words[1] === mark[1] && words[2] === mark[2]
}
