/** What became of one's own words when somebody else saved first. */
export interface Merged<F> {
  readonly form: F
  /** Fields that were untouched here: the newer value came in. */
  readonly adopted: (keyof F)[]
  /** Fields that both changed: one's own text stays, and the newer one is shown beside it. */
  readonly clashing: (keyof F)[]
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Field by field, from the version that the writing began on. No text of anybody's is lost. */
export function mergeForms<F extends object>(mine: F, begun: F, newer: F): Merged<F> {
  const form = { ...mine }
  const adopted: (keyof F)[] = []
  const clashing: (keyof F)[] = []
  for (const field of Object.keys(mine) as (keyof F)[]) {
    const isChanged = !isSame(begun[field], newer[field])
    if (!isChanged || isSame(mine[field], newer[field])) continue
    if (isSame(mine[field], begun[field])) {
      form[field] = newer[field]
      adopted.push(field)
    } else clashing.push(field)
  }
  return { form, adopted, clashing }
}
