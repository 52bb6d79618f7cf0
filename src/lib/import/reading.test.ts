import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { columnName, tableOf, UnreadableFile, type FileFault } from './table.ts'
import { encodingOf, looksGarbled, readTextTable } from './text-table.ts'
import { openFile } from './read-file.ts'
import { readWorkbook } from './workbook.ts'

const named = (bytes: Uint8Array<ArrayBuffer> | string, name = 'asiakkaat.csv') =>
  Object.assign(new Blob([bytes]), { name })

/** Windows-1252 agrees with Latin 1 in every letter that Finnish and Swedish use. */
const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const utf8 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf8'))

async function faultOf(work: () => unknown): Promise<FileFault | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof UnreadableFile) return error.fault
    throw error
  }
}

const sheet = (rows: string) =>
  `<?xml version="1.0"?><worksheet xmlns="x"><sheetData>${rows}</sheetData></worksheet>`

function workbook(o: { sheet?: string; strings?: string; styles?: string; book?: string } = {}) {
  return Uint8Array.from(
    zipSync({
      'xl/workbook.xml': strToU8(
        o.book ??
          '<workbook xmlns:r="r"><sheets><sheet name="Asiakkaat &amp; muut" r:id="rId1"/></sheets></workbook>'
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
      ),
      'xl/sharedStrings.xml': strToU8(
        o.strings ??
          '<sst><si><t>Etunimi</t></si><si><t>Syntymäaika</t></si><si><r><t>Ai</t></r><r><t>no</t></r><rPh><t>x</t></rPh></si></sst>'
      ),
      'xl/styles.xml': strToU8(
        o.styles ??
          '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-40B]d\\.m\\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>'
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        o.sheet ??
          sheet(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Tunnit</t></is></c></row>' +
              '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="2"><v>32996</v></c><c r="C3"><f>1+1</f><v>12.300000000000001</v></c></row>'
          )
      )
    })
  )
}

test('UTF-8 with and without its mark, Windows-1252 and UTF-16 are told apart', () => {
  const text = 'Etunimi;Sukunimi\nPäivi;Åström\n'
  expect(encodingOf(utf8(text))).toBe('utf-8')
  expect(encodingOf(utf8(`\ufeff${text}`))).toBe('utf-8')
  expect(encodingOf(latin(text))).toBe('windows-1252')
  const wide = Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'))
  expect(encodingOf(wide)).toBe('utf-16le')
  for (const bytes of [utf8(text), utf8(`\ufeff${text}`), latin(text), wide]) {
    const { headings, rows } = readTextTable(bytes, encodingOf(bytes))
    expect([headings, rows]).toEqual([
      ['Etunimi', 'Sukunimi'],
      [{ line: 2, cells: ['Päivi', 'Åström'] }]
    ])
  }
})

test('a table read in a wrong encoding is told of, and read right when another is chosen', () => {
  const text = 'Etunimi;Sukunimi\nPäivi;Äyrämö\n'
  expect(looksGarbled(readTextTable(utf8(text), 'windows-1252'))).toBe(true)
  expect(looksGarbled(readTextTable(latin(text), 'utf-8'))).toBe(true)
  expect(looksGarbled(readTextTable(utf8(text), 'utf-8'))).toBe(false)
})

test.each([';', ',', '\t'])('columns are told apart by %j', (mark) => {
  const text = [`Etunimi${mark}Muut`, `Aino${mark}"a${mark} ""b""\nc"`].join('\r\n')
  expect(readTextTable(utf8(text), 'utf-8').rows[0]?.cells).toEqual(['Aino', `a${mark} "b"\nc`])
})

test('what any table says comes back cell by cell, whatever is in it', () => {
  const cell = fc
    .string({
      unit: fc.constantFrom('a', 'Ä', 'ö', '1', ';', ',', '"', '\n', '\t', '=', '+', '-', '@', ' '),
      maxLength: 12
    })
    .map((text) => text.trim())
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 8
  })
  fc.assert(
    fc.property(rows, fc.constantFrom(';', ',', '\t'), (cells, delimiter) => {
      const data = cells.map(([first = '', ...rest]) => [`k${first}`, ...rest])
      const text = Papa.unparse([['Nimi', 'Kaksi', 'Kolme'], ...data], { delimiter, quotes: true })
      const read = readTextTable(utf8(text), 'utf-8').rows.map((row) => row.cells)
      expect(read).toEqual(data.map((row) => row.map((each) => each.trim())))
    })
  )
})

test('a cell that begins like a formula is only text', () => {
  const text = 'Nimi;Arvo\nA;=1+1\nB;"=CMD(""a"")"\nC;@SUM(A1)\n'
  expect(readTextTable(utf8(text), 'utf-8').rows.map(({ cells }) => cells[1])).toEqual([
    '=1+1',
    '=CMD("a")',
    '@SUM(A1)'
  ])
})

test('§8 a personal identity code is masked as it is read, and its place is told', () => {
  const table = readTextTable(utf8('Nimi;Tunnus\nAino;010594Y9032\n'), 'utf-8')
  expect(JSON.stringify(table.rows)).not.toContain('9032')
  expect([...table.codes]).toEqual(['2/1'])
})

test('a workbook gives texts, numbers and days as they are shown, with its own line numbers', async () => {
  const opened = await openFile(named(workbook(), 'x.xlsx'))
  if (opened.kind !== 'workbook') throw new Error('not a workbook')
  expect(opened.book.sheets).toEqual(['Asiakkaat & muut'])
  const { headings, rows } = opened.book.read(0)
  expect(headings).toEqual(['Etunimi', 'Syntymäaika', 'Tunnit'])
  expect(rows).toEqual([{ line: 3, cells: ['Aino', '1990-05-03', '12.3'] }])
})

test('a packed file that would fill the memory stops at the bound', async () => {
  const bomb = workbook({
    sheet: sheet(`<row r="1"><c t="str"><v>${' '.repeat(210 * 1024 * 1024)}</v></c></row>`)
  })
  expect(bomb.length).toBeLessThan(1024 * 1024)
  expect(await faultOf(() => readWorkbook(bomb))).toBe('unpacks-too-large')
})

test('broken and hostile files are refused with what is wrong', async () => {
  const cut = workbook().subarray(0, 400)
  expect(await faultOf(() => readWorkbook(cut).read(0))).toMatch(/broken|not-a-table/)
  const bits = workbook()
  for (let at = 60; at < bits.length - 200; at += 37) bits[at] = (bits[at] ?? 0) ^ 0x55
  expect(await faultOf(() => readWorkbook(bits).read(0))).not.toBeNull()
  const entity = sheet('<row r="1"><c t="str"><v>&a;</v></c></row>')
  const laughs = `<!DOCTYPE x [<!ENTITY a "aaaa">]>${entity}`
  expect(await faultOf(() => readWorkbook(workbook({ sheet: laughs })).read(0))).toBe('broken')
  const zip = Uint8Array.from(zipSync({ 'a.txt': strToU8('a') }))
  expect(await faultOf(() => openFile(named(zip, 'x.xlsx')))).toBe('not-a-table')
  const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0)
  expect(await faultOf(() => openFile(named(ole, 'x.xlsx')))).toBe('locked')
  expect(await faultOf(() => openFile(named(ole, 'x.xls')))).toBe('old-excel')
  expect(await faultOf(() => openFile(named('%PDF-1.7')))).toBe('not-a-table')
  expect(await faultOf(() => openFile(named('')))).toBe('empty')
  const large = Object.assign(new Blob([new Uint8Array(25 * 1024 * 1024 + 1)]), { name: 'x.csv' })
  expect(await faultOf(() => openFile(large))).toBe('too-large')
})

test('a table without headings, without rows or with too many is refused', async () => {
  const read = (text: string) => faultOf(() => readTextTable(utf8(text), 'utf-8'))
  expect(await read('Aino;Malli;3.5.1990\nEero;Malli;4.5.1991\n')).toBe('no-headings')
  expect(await read('Etunimi;Sukunimi\n')).toBe('empty')
  expect(await read(' \n\n')).toBe('empty')
  expect(await read('Etunimi;"Sukunimi\nAino;Malli\n')).toBe('quotes')
  const rows = Array.from({ length: 20_001 }, (_, index) => ({ line: index + 2, cells: ['a'] }))
  expect(await faultOf(() => tableOf([{ line: 1, cells: ['Nimi'] }, ...rows]))).toBe(
    'too-many-rows'
  )
  const wide = Array.from({ length: 201 }, () => 'a')
  expect(await faultOf(() => tableOf([{ line: 1, cells: wide }]))).toBe('too-many-columns')
})

test('empty and repeated headings get names of their own', () => {
  expect(readTextTable(utf8('Nimi;;Nimi\na;b;c\n'), 'utf-8').headings).toEqual([
    'Nimi',
    'B',
    'Nimi (2)'
  ])
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
})
