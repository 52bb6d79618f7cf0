import { expect, test } from 'vitest'
import { cellAfter, nearest, placeAfter, type Grid } from './grid-place.ts'

/** Two workers; the first has two visits on the first day and one on the second. */
const grid: Grid = {
  rows: 2,
  columns: 7,
  visitsAt: (row, column) => (row === 0 ? ([2, 1][column] ?? 0) : 0)
}
const at = (row: number, column: number, index = 0) => ({ row, column, index })

test('down goes through the visits of a day and then to the next worker, up the same way back', () => {
  expect(placeAfter(grid, at(0, 0), 'ArrowDown')).toEqual(at(0, 0, 1))
  expect(placeAfter(grid, at(0, 0, 1), 'ArrowDown')).toEqual(at(1, 0))
  expect(placeAfter(grid, at(1, 0), 'ArrowUp')).toEqual(at(0, 0, 1))
  expect(placeAfter(grid, at(1, 0), 'ArrowDown')).toBeNull()
})

test('sideways goes by days, and Home and End to the ends of the week', () => {
  expect(placeAfter(grid, at(0, 0, 1), 'ArrowRight')).toEqual(at(0, 1))
  expect(placeAfter(grid, at(0, 0), 'ArrowLeft')).toBeNull()
  expect(placeAfter(grid, at(0, 3), 'Home')).toEqual(at(0, 0))
  expect(placeAfter(grid, at(0, 3), 'End')).toEqual(at(0, 6))
  expect(placeAfter(grid, at(0, 3), 'End', true)).toEqual(at(1, 6))
})

test('a visit in hand goes by whole cells and not over the edge', () => {
  expect(cellAfter(grid, at(0, 0, 1), 'ArrowDown')).toEqual(at(1, 0))
  expect(cellAfter(grid, at(1, 6), 'ArrowRight')).toEqual(at(1, 6))
  expect(cellAfter(grid, at(1, 6), 'x')).toBeNull()
})

test('who stood on a visit that went stands on what is nearest', () => {
  expect(nearest(grid, at(5, 9, 4))).toEqual(at(1, 6))
  expect(nearest(grid, at(0, 0, 4))).toEqual(at(0, 0, 1))
})
