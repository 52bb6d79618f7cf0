import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('no cell of an exported table is run as a formula', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r'])
    expect(csvOf([[`${start}SUM(A1)`, '12,5 h']])).toBe(`\ufeff"'${start}SUM(A1)";"12,5 h"\r\n`)
  expect(csvOf([['a"b', '<5']])).toBe('\ufeff"a""b";"<5"\r\n')
})
