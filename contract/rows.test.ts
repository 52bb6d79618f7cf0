import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsOf, textOfRows } from './rows.ts'

const cell = fc.string({ unit: 'grapheme', maxLength: 12 })

test('what is written in rows is read as the rows that were written, blank ones apart', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 })), (rows) => {
      const read = rowsOf(textOfRows(rows))
      const wanted = rows
        .map((row) => row.map((one) => one.replaceAll(/[\t\n\r\u2028\u2029]+/g, ' ')))
        .map((row) => row.slice(0, row.findLastIndex((one) => one !== '') + 1))
        .filter((row) => row.join('').trim() !== '')
      expect(read).toEqual(wanted)
      expect(rowsOf(textOfRows(read))).toEqual(read)
    })
  )
})

test('a text that nobody wrote in rows is read line by line and loses nothing', () => {
  expect(rowsOf('Lapsi tuli 9.05\n\nja lähti 12')).toEqual([['Lapsi tuli 9.05'], ['ja lähti 12']])
})
