import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Packing } from './packed.ts'

const like = { name: '', days: ['2000-01-01'], note: null }

test('what was packed opens as it was, whatever JSON holds', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, isAlike) => {
      const packing = new Packing<unknown>(isAlike ? like : null)
      const expected = JSON.parse(JSON.stringify(value)) as unknown
      expect(packing.open(packing.pack(value))).toEqual(expected)
    })
  )
})

test('what its sort repeats is not packed with each', () => {
  const value = { name: 'Ängeslevä', days: ['2026-11-30'], note: null }
  const [alike, alone] = [new Packing<unknown>(like), new Packing<unknown>()]
  expect(alike.pack(value).length).toBeLessThan(alone.pack(value).length)
})
