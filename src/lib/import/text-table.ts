import Papa from 'papaparse'
import { tableOf, UnreadableFile, type Row, type Table } from './table.ts'

export const encodings = ['utf-8', 'windows-1252', 'utf-16le'] as const
export type Encoding = (typeof encodings)[number]

function isText(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** By its mark, else UTF-8 when every byte agrees, else what Windows has written in Finland for decades. */
export function encodingOf(bytes: Uint8Array<ArrayBuffer>): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return isText(bytes, 'utf-8') ? 'utf-8' : 'windows-1252'
}

/** `PÃ¤ivi` or `P�ivi`: letters that were read in another encoding than they were written in. */
export function looksGarbled(table: Table): boolean {
  const wrong = /\ufffd|Ã[¤¶¥„–…€]|Ã\u00a0/
  return (
    table.headings.some((heading) => wrong.test(heading)) ||
    table.rows.some(({ cells }) => cells.some((cell) => wrong.test(cell)))
  )
}

const marks = [';', '\t', ',', '|'] as const

/** What stands most often between the headings. */
function markOf(text: string): string {
  const first = /\S.*/.exec(text.replaceAll(/"(?:[^"]|"")*"/g, 'x'))?.[0] ?? ''
  const count = (mark: string) => first.split(mark).length
  return marks.reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

/** Comma, semicolon or tab, whichever the file uses. Nothing in a cell is evaluated, whatever it begins with. */
export function readTextTable(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): Table {
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.includes('\u0000')) throw new UnreadableFile('not-a-table')
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: markOf(text) })
  if (errors.some(({ type }) => type === 'Quotes')) throw new UnreadableFile('quotes')
  const lines = data.map((cells, index): Row => ({ line: index + 1, cells }))
  return tableOf(lines)
}
