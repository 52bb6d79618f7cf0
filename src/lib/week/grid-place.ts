/** Where the focus is in the week: a cell, or a visit in it. An empty cell has only itself. */
export interface Place {
  readonly row: number
  readonly column: number
  readonly index: number
}

export interface Grid {
  readonly rows: number
  readonly columns: number
  visitsAt(row: number, column: number): number
}

const last = (count: number): number => Math.max(0, count - 1)

/** The nearest place that is there: visits come and go while somebody stands on them. */
export function nearest(grid: Grid, { row, column, index }: Place): Place {
  const within = {
    row: Math.min(Math.max(row, 0), last(grid.rows)),
    column: Math.min(Math.max(column, 0), last(grid.columns))
  }
  const visits = grid.rows === 0 ? 0 : grid.visitsAt(within.row, within.column)
  return { ...within, index: Math.min(Math.max(index, 0), last(visits)) }
}

/** Where a key leads; null when it leads nowhere. Sideways by days, up and down by visits and then by workers. */
export function placeAfter(grid: Grid, from: Place, key: string, isWide = false): Place | null {
  const { row, column, index } = from
  const to = (place: Partial<Place>) => nearest(grid, { row, column, index: 0, ...place })
  switch (key) {
    case 'ArrowLeft':
      return column === 0 ? null : to({ column: column - 1 })
    case 'ArrowRight':
      return column === last(grid.columns) ? null : to({ column: column + 1 })
    case 'ArrowDown':
      if (index < last(grid.visitsAt(row, column))) return to({ index: index + 1 })
      return row === last(grid.rows) ? null : to({ row: row + 1 })
    case 'ArrowUp':
      if (index > 0) return to({ index: index - 1 })
      return row === 0 ? null : to({ row: row - 1, index: Number.MAX_SAFE_INTEGER })
    case 'Home':
      return to(isWide ? { row: 0, column: 0 } : { column: 0 })
    case 'End':
      return to(isWide ? { row: last(grid.rows), column: last(grid.columns) } : { column: 6 })
    default:
      return null
  }
}

/** The cell that a visit in hand is taken to: arrows go by whole cells. */
export function cellAfter(grid: Grid, { row, column }: Place, key: string): Place | null {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key]
  if (!step) return null
  const [down = 0, right = 0] = step
  const place = nearest(grid, { row: row + down, column: column + right, index: 0 })
  return { ...place, index: 0 }
}
