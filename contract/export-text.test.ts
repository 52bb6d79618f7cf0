import Papa from 'papaparse'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Moment } from './day.ts'
import { encodeText } from './encode-text.ts'
import { exportColumns, type ExportProfile } from './export-profile.ts'
import { exportText, hundredths, type ExportLine } from './export-text.ts'
import type { EntryId } from './id.ts'
import type { TransferSettings } from './transfer-terms.ts'

const settings: TransferSettings = {
  terms: [
    { organiser: 'a', settlementDay: 6, purchasedThrough: 'palse', providerUnit: 'Yksikkö 1' }
  ],
  products: [],
  profiles: []
}
const line: ExportLine = {
  visit: '01935b2e-7c00-7000-8000-000000000001' as EntryId,
  organiser: 'a',
  firstName: 'Aino',
  lastName: 'Mäkinen',
  claim: {
    number: 'PS-1001',
    code: 'KOTI',
    start: '2026-11-03T21:30:00Z' as Moment,
    end: '2026-11-03T22:40:00Z' as Moment,
    minutes: 80,
    unit: 'hour',
    priceCents: 4505,
    valueCents: 6007,
    outcome: 'completed'
  }
}
const profile: ExportProfile = {
  id: 'psop',
  name: 'PSOP',
  columns: [
    { column: 'number', heading: 'Setelinumero' },
    { column: 'providerUnit', heading: 'Yksikkö' },
    { column: 'startDay', heading: 'Alku' },
    { column: 'startTime', heading: 'Klo' },
    { column: 'endDay', heading: 'Loppu' },
    { column: 'endTime', heading: 'Klo' },
    { column: 'units', heading: 'Määrä' },
    { column: 'value', heading: 'Arvo' }
  ],
  separator: ';',
  decimal: ',',
  date: 'd.m.yyyy',
  encoding: 'utf-8-mark',
  header: true
}

test('columns, order, separator, decimal sign, dates and header are the profile’s', () => {
  expect(exportText([line], profile, settings)).toBe(
    'Setelinumero;Yksikkö;Alku;Klo;Loppu;Klo;Määrä;Arvo\r\n' +
      'PS-1001;Yksikkö 1;3.11.2026;23:30;4.11.2026;00:40;1,33;60,07\r\n'
  )
  const other: ExportProfile = {
    ...profile,
    columns: [...profile.columns].reverse(),
    separator: ',',
    decimal: '.',
    date: 'yyyy-mm-dd',
    header: false
  }
  expect(exportText([line], other, settings)).toBe(
    '60.07,1.33,00:40,2026-11-04,23:30,2026-11-03,Yksikkö 1,PS-1001\r\n'
  )
})

test('a cell that a spreadsheet would run is text, whatever separates it', () => {
  for (const separator of [';', ',', '\t', '|'] as const)
    for (const begins of ['=', '+', '-', '@', '\t', '\r']) {
      const text = exportText(
        [{ ...line, lastName: `${begins}SUM(A1;A2)` }],
        { ...profile, separator, header: false, columns: [{ column: 'lastName', heading: '' }] },
        settings
      )
      expect(text.replace(/^"/, '').startsWith(`'${begins}`)).toBe(true)
    }
})

test('whatever a cell holds, a reader finds the cell again', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 20 })
  fc.assert(
    fc.property(words, fc.constantFrom(';', ',', '\t', '|'), (lastName, separator) => {
      const columns = exportColumns.map((column) => ({ column, heading: column }))
      const text = exportText([{ ...line, lastName }], { ...profile, columns, separator }, settings)
      const { data } = Papa.parse<string[]>(text, { delimiter: separator, newline: '\r\n' })
      const found = data[1]?.[exportColumns.indexOf('lastName')]
      expect(found === lastName || found === `'${lastName}`).toBe(true)
    })
  )
})

test('units are hours with two decimals, or visits', () => {
  const columns = [{ column: 'units' as const, heading: '' }]
  const unitsOf = (minutes: number, unit: 'hour' | 'visit') =>
    exportText(
      [{ ...line, claim: { ...line.claim, minutes, unit } }],
      { ...profile, columns, header: false },
      settings
    ).trim()
  expect([20, 100, 105, 0].map((minutes) => unitsOf(minutes, 'hour'))).toEqual([
    '0,33',
    '1,67',
    '1,75',
    '0,00'
  ])
  expect([unitsOf(20, 'visit'), unitsOf(0, 'visit')]).toEqual(['1,00', '0,00'])
})

test('money is written from whole cents', () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), (cents) => {
      expect(Number(hundredths(cents, '.').replace('.', ''))).toBe(cents)
    })
  )
  expect([hundredths(5, ','), hundredths(70, ','), hundredths(12345, ',')]).toEqual([
    '0,05',
    '0,70',
    '123,45'
  ])
})

test('in Windows-1252 every letter that it has is read back, and the others are counted', () => {
  const text = 'Åke Söderström €5 – “Š”'
  const { bytes, lost } = encodeText(text, 'windows-1252')
  expect([new TextDecoder('windows-1252').decode(bytes), lost]).toEqual([text, 0])
  const sami = encodeText('Áigi Čuđđi 🙂', 'windows-1252')
  expect([new TextDecoder('windows-1252').decode(sami.bytes), sami.lost]).toEqual([
    'Áigi ?u??i ?',
    4
  ])
  expect([...encodeText('å', 'utf-8-mark').bytes]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa5])
  expect([...encodeText('å', 'utf-8').bytes]).toEqual([0xc3, 0xa5])
})
