import { inks, page, styles } from './look.ts'
import type { Column, Table } from './paper.ts'
import type { Element, Sheet } from './sheet.ts'

const inset = 5
const tallest = page.bottom - page.top - 40

interface Place extends Column {
  readonly x: number
  readonly wide: number
}

/** A row is parted only when no page holds it; the head stands again on every page. */
export function drawTable(sheet: Sheet, { columns, rows }: Table): void {
  const places = placesOf(columns)
  const heads = places.map(({ title, wide }) => sheet.lines(title, styles.cellHead, wide))
  const headHeight = Math.max(...heads.map((lines) => lines.length)) * styles.cellHead.leading + 8
  const firstRow = rows[0] ? cellLines(sheet, places, rows[0]) : []
  sheet.require(headHeight + Math.min(rowHeight(firstRow), tallest))
  const table = sheet.element('Table')
  const head = sheet.element('TR', sheet.element('THead', table))
  drawHead(sheet, places, heads, headHeight, head)
  sheet.onTurn = () => {
    drawHead(sheet, places, heads, headHeight, null)
  }
  const body = sheet.element('TBody', table)
  for (const row of rows) drawRow(sheet, places, cellLines(sheet, places, row), body)
  sheet.onTurn = null
  table.end()
  sheet.y += 12
}

function placesOf(columns: readonly Column[]): Place[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  let x: number = page.left
  return columns.map((column) => {
    const whole = (page.width * column.share) / shares
    const place = { ...column, x: x + inset, wide: whole - 2 * inset }
    x += whole
    return place
  })
}

const cellLines = (sheet: Sheet, places: readonly Place[], row: readonly string[]) =>
  places.map(({ wide }, index) => sheet.lines(row[index] ?? '', styles.cell, wide))

const rowHeight = (cells: readonly (readonly string[])[]) =>
  Math.max(1, ...cells.map((lines) => lines.length)) * styles.cell.leading + 7

/** `row` is null where the head is only repeated: a screen reader has heard it. */
function drawHead(
  sheet: Sheet,
  places: readonly Place[],
  heads: readonly (readonly string[])[],
  height: number,
  row: Element | null
): void {
  const top = sheet.y
  sheet.beside(() => {
    sheet.doc.rect(page.left, top, page.width, height).fill(inks.band)
  })
  for (const [index, place] of places.entries()) {
    const lines = heads[index] ?? []
    const cell = row && sheet.element('TH', row, { scope: 'Column' })
    for (const [line, text] of lines.entries()) {
      const x = xOf(sheet, place, text, styles.cellHead)
      const y = top + 4 + line * styles.cellHead.leading
      if (cell) sheet.write(cell, [text], styles.cellHead, x, y)
      else sheet.writeBeside(text, styles.cellHead, x, y)
    }
  }
  sheet.y = top + height
}

function drawRow(
  sheet: Sheet,
  places: readonly Place[],
  cells: readonly (readonly string[])[],
  body: Element
): void {
  if (rowHeight(cells) <= tallest) sheet.require(rowHeight(cells))
  const row = sheet.element('TR', body)
  const elements = places.map(() => sheet.element('TD', row))
  let waiting = cells
  do {
    const room = Math.max(1, Math.floor((sheet.left - 7) / styles.cell.leading))
    const top = sheet.y
    for (const [index, place] of places.entries()) {
      const element = elements[index]
      const lines = (waiting[index] ?? []).slice(0, room)
      for (const [line, text] of lines.entries())
        if (element && text !== '')
          sheet.write(
            element,
            [text],
            styles.cell,
            xOf(sheet, place, text, styles.cell),
            top + 3.5 + line * styles.cell.leading
          )
    }
    sheet.y = top + rowHeight(waiting.map((lines) => lines.slice(0, room)))
    sheet.rule(sheet.y)
    waiting = waiting.map((lines) => lines.slice(room))
    if (waiting.some((lines) => lines.length > 0)) sheet.turn()
    else return
  } while (waiting.length > 0)
}

function xOf(
  sheet: Sheet,
  { x, wide, isNumber }: Place,
  text: string,
  style: { readonly weight: 'regular' | 'bold'; readonly size: number }
): number {
  return isNumber ? x + wide - sheet.type.width(text, style.weight, style.size) : x
}
