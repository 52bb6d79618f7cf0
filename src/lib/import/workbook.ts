import { tableOf, UnreadableFile, type Row, type Table } from './table.ts'
import { unzip } from './unzip.ts'
import { readXml } from './xml.ts'

export interface Workbook {
  readonly sheets: readonly string[]
  read(sheet: number): Table
}

const wanted =
  /^xl\/(workbook\.xml|sharedStrings\.xml|styles\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/

/**
 * A spreadsheet of Office Open XML (ECMA-376), as far as a table needs it: the text, number or day
 * that each cell shows. Of a formula only the value that was saved with it is read; none is evaluated.
 */
export function readWorkbook(bytes: Uint8Array): Workbook {
  const files = unzip(bytes, (name) => wanted.test(name))
  const book = files.get('xl/workbook.xml')
  if (book === undefined) throw new UnreadableFile('not-a-table')
  const { sheets, isFrom1904 } = sheetsOf(book)
  const paths = pathsOf(files.get('xl/_rels/workbook.xml.rels') ?? '<none/>')
  const strings = stringsOf(files.get('xl/sharedStrings.xml') ?? '<sst/>')
  const dateStyles = dateStylesOf(files.get('xl/styles.xml') ?? '<styleSheet/>')
  return {
    sheets: sheets.map(({ name }) => name),
    read(index) {
      const xml = files.get(paths.get(sheets[index]?.id ?? '') ?? '')
      if (xml === undefined) throw new UnreadableFile('broken')
      return tableOf(rowsOf(xml, strings, dateStyles, isFrom1904))
    }
  }
}

function sheetsOf(xml: string): { sheets: { name: string; id: string }[]; isFrom1904: boolean } {
  const sheets: { name: string; id: string }[] = []
  let isFrom1904 = false
  readXml(xml, {
    open(name, attribute) {
      if (name === 'workbookPr') isFrom1904 = /^(1|true)$/.test(attribute('date1904') ?? '')
      if (name === 'sheet' && attribute('state') === undefined)
        sheets.push({ name: attribute('name') ?? '', id: attribute('r:id') ?? '' })
    }
  })
  if (sheets.length === 0) throw new UnreadableFile('empty')
  return { sheets, isFrom1904 }
}

function pathsOf(xml: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>()
  readXml(xml, {
    open(name, attribute) {
      if (name !== 'Relationship') return
      const target = attribute('Target') ?? ''
      paths.set(
        attribute('Id') ?? '',
        target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
      )
    }
  })
  return paths
}

/** The readings of kanji (`rPh`) are no part of a text. */
function stringsOf(xml: string): string[] {
  const strings: string[] = []
  let isText = false
  let isReading = false
  readXml(xml, {
    open(name) {
      if (name === 'si') strings.push('')
      if (name === 'rPh') isReading = true
      isText = name === 't' && !isReading
    },
    close(name) {
      if (name === 'rPh') isReading = false
      if (name === 't') isText = false
    },
    text(text) {
      if (isText) strings.push((strings.pop() ?? '') + text)
    }
  })
  return strings
}

/** ECMA-376 § 18.8.30: the formats of days that every spreadsheet knows by number. */
const isDateNumber = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

const isDateFormat = (format: string): boolean =>
  /[dy]/i.test(format.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))

/** Which of the cells' styles show a number as a day. */
function dateStylesOf(xml: string): readonly boolean[] {
  const formats = new Map<number, string>()
  const styles: boolean[] = []
  let isCell = false
  readXml(xml, {
    open(name, attribute) {
      if (name === 'cellXfs') isCell = true
      if (name === 'numFmt')
        formats.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '')
      if (name === 'xf' && isCell) {
        const id = Number(attribute('numFmtId') ?? 0)
        const own = formats.get(id)
        styles.push(own === undefined ? isDateNumber(id) : isDateFormat(own))
      }
    },
    close(name) {
      if (name === 'cellXfs') isCell = false
    }
  })
  return styles
}

interface Cell {
  readonly type: string
  readonly isDay: boolean
}

const dayMilliseconds = 86_400_000

/** Day 60 of a spreadsheet is 29 February 1900, which never was; no client was born before it. */
function dayText(serial: number, isFrom1904: boolean): string {
  const epoch = isFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const date = new Date(epoch + Math.round(serial * dayMilliseconds))
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 10)
}

/** 0.1 + 0.2 is written as 0.30000000000000004: a spreadsheet shows fifteen digits of it. */
function numberText(text: string): string {
  const number = Number(text)
  return text === '' || !Number.isFinite(number) ? text : String(Number(number.toPrecision(15)))
}

function cellText(
  { type, isDay }: Cell,
  value: string,
  strings: readonly string[],
  isFrom1904: boolean
): string {
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'e') return ''
  if (type === 'b') return value === '1' ? 'x' : ''
  if (type === 'n' || type === '') {
    if (isDay && value !== '') return dayText(Number(value), isFrom1904)
    return numberText(value)
  }
  return value
}

/** `C7` → 2. Null: the cell does not say, and follows the one before it. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

const mostColumns = 16_384

function rowsOf(
  xml: string,
  strings: readonly string[],
  dateStyles: readonly boolean[],
  isFrom1904: boolean
): Row[] {
  const rows: Row[] = []
  let line = 0
  let cells: string[] = []
  let cell: Cell | null = null
  let column = -1
  let value = ''
  let isValue = false
  readXml(xml, {
    open(name, attribute) {
      if (name === 'row') {
        line = Number(attribute('r') ?? line + 1)
        cells = []
        column = -1
      } else if (name === 'c') {
        column = Math.min(columnOf(attribute('r')) ?? column + 1, mostColumns)
        cell = {
          type: attribute('t') ?? '',
          isDay: dateStyles[Number(attribute('s') ?? -1)] ?? false
        }
        value = ''
      } else isValue = cell !== null && (name === 'v' || name === 't')
    },
    text(text) {
      if (isValue) value += text
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false
      if (name === 'c' && cell) {
        const text = cellText(cell, value, strings, isFrom1904)
        if (text !== '') {
          while (cells.length < column) cells.push('')
          cells[column] = text
        }
        cell = null
      }
      if (name === 'row' && cells.length > 0) rows.push({ line, cells })
    }
  })
  return rows
}
