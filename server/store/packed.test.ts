import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Packed } from './packed.ts'

const like = Buffer.from(JSON.stringify({ name: '', days: ['2000-01-01'], note: null }))

test('what was packed opens as it was, whatever JSON holds', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, isAlike) => {
      const dictionary = isAlike ? like : undefined
      const expected = JSON.parse(JSON.stringify(value)) as unknown
      expect(new Packed(value, dictionary).open(dictionary)).toEqual(expected)
    })
  )
})

test('what its sort repeats is not packed with each', () => {
  const value = { name: 'Ängeslevä', days: ['2026-11-30'], note: null }
  const lengthOf = (packed: Packed<unknown>) => packed.length
  expect(lengthOf(new Packed(value, like))).toBeLessThan(lengthOf(new Packed(value)))
})
