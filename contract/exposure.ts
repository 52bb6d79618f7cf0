/** A hidden place of a table whose rows and columns end in their sums: `null` is the row, or the column, of sums. */
export interface Hidden {
  readonly row: string | null
  readonly column: string | null
  /** It may hold less than it does. Any may hold more. */
  readonly mayFall: boolean
}

type Node = `row ${string}` | `column ${string}`

const rowOf = ({ row }: Hidden): Node => `row ${row ?? ''}`
const columnOf = ({ column }: Hidden): Node => `column ${column ?? ''}`

/**
 * Whether what is shown of the table leaves the place no other value. It can hold one more, or one less,
 * exactly when the others can make up for it in turn along a ring of rows and columns (D. Gusfield, A graph
 * theoretic approach to statistical data security, SIAM J. Comput. 17(3), 1988).
 */
export function isExposed(place: Hidden, hidden: readonly Hidden[]): boolean {
  const others = hidden.filter((other) => other !== place)
  const mayRise = leads(columnOf(place), rowOf(place), others)
  const mayFall = place.mayFall && leads(rowOf(place), columnOf(place), others)
  return !mayRise && !mayFall
}

/** From a row one goes by a place that may rise, from a column by one that may fall. */
function leads(from: Node, to: Node, places: readonly Hidden[]): boolean {
  const seen = new Set<Node>([from])
  const ahead: Node[] = [from]
  for (let node = ahead.pop(); node; node = ahead.pop()) {
    if (node === to) return true
    for (const place of places) {
      const next = stepBy(place, node)
      if (!next || seen.has(next)) continue
      seen.add(next)
      ahead.push(next)
    }
  }
  return false
}

function stepBy(place: Hidden, node: Node): Node | null {
  if (node === rowOf(place)) return columnOf(place)
  return place.mayFall && node === columnOf(place) ? rowOf(place) : null
}
