import { maskIdentityCodes } from '#contract/identity-code.ts'
import { importLimits } from '#contract/import.ts'

/** One line of a table, numbered as a spreadsheet numbers it. */
export interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** A table of another system: every cell is text, and none is a formula. */
export interface Table {
  readonly headings: readonly string[]
  readonly rows: readonly Row[]
  /** §8: where a personal identity code stood, as `line/column`. The cell itself is masked already. */
  readonly codes: ReadonlySet<string>
}

/** Why a file cannot be read: told with what to do about it. */
export type FileFault =
  | 'too-large'
  | 'not-a-table'
  | 'broken'
  | 'old-excel'
  | 'locked'
  | 'empty'
  | 'no-headings'
  | 'quotes'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'unpacks-too-large'

export class UnreadableFile extends Error {
  readonly fault: FileFault

  constructor(fault: FileFault) {
    super(fault)
    this.fault = fault
  }
}

const mostColumns = 200
const longestCell = 4000

/** `3.5.1990`, a phone number, an address of e-mail: no heading says such a thing, a client's row does. */
const looksLikeData = (cell: string): boolean =>
  /^\d{1,2}\.\s?\d{1,2}\.\s?\d{4}$|^\d{4}-\d{2}-\d{2}|^\+?[\d\s().-]{7,}$|\S@\S+\.\S/.test(cell) ||
  maskIdentityCodes(cell).found

const clean = (cell: string): string =>
  cell.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim()

/** A, B, … Z, AA: what a spreadsheet calls the column. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last
}

function headingsOf(cells: readonly string[], width: number): string[] {
  const met = new Map<string, number>()
  return Array.from({ length: width }, (_, index) => {
    const heading = clean(cells[index] ?? '') || columnName(index)
    const times = (met.get(heading) ?? 0) + 1
    met.set(heading, times)
    return times === 1 ? heading : `${heading} (${times})`
  })
}

/** The first row that says anything names the columns; empty rows are nobody. */
export function tableOf(lines: Iterable<Row>): Table {
  let first: Row | null = null
  const rows: Row[] = []
  const codes = new Set<string>()
  let width = 0
  for (const { line, cells } of lines) {
    if (cells.every((cell) => cell.trim() === '')) continue
    if (cells.length > mostColumns && cells.slice(mostColumns).some((cell) => cell !== ''))
      throw new UnreadableFile('too-many-columns')
    if (!first) {
      first = { line, cells }
      width = cells.length
      continue
    }
    if (rows.length >= importLimits.rows) throw new UnreadableFile('too-many-rows')
    width = Math.max(width, cells.length)
    rows.push({ line, cells: cells.map((cell, column) => kept(cell, line, column, codes)) })
  }
  if (!first) throw new UnreadableFile('empty')
  if (first.cells.some((cell) => looksLikeData(cell.trim())))
    throw new UnreadableFile('no-headings')
  if (rows.length === 0) throw new UnreadableFile('empty')
  return { headings: headingsOf(first.cells, width), rows, codes }
}

/** A cell that is too long stays too long, so that it is told; no more of it is kept than that takes. */
function kept(cell: string, line: number, column: number, codes: Set<string>): string {
  const text = clean(cell).slice(0, longestCell)
  if (text.length < 11) return text
  const masked = maskIdentityCodes(text)
  if (masked.found) codes.add(`${line}/${column}`)
  return masked.text
}
