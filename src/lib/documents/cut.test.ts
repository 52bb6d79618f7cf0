import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentLimits } from '#contract/document.ts'
import { cutsOf } from './cut.ts'

const pages = fc.uint8Array({ minLength: 1, maxLength: 5000 })
const sizes = fc.integer({ min: 1, max: 1200 })

test('parts put together are the page again, whatever its length and in whatever order they come', () => {
  fc.assert(
    fc.property(pages, sizes, fc.infiniteStream(fc.nat()), (page, most, order) => {
      const parts = cutsOf(page.length, most).map((cut) => ({
        ...cut,
        bytes: page.slice(cut.from, cut.to)
      }))
      const arrived = parts
        .map((part) => ({ part, turn: order.next().value ?? 0 }))
        .sort((one, other) => one.turn - other.turn)
        .map(({ part }) => part)
      const joined = arrived
        .toSorted((one, other) => one.part - other.part)
        .flatMap(({ bytes }) => [...bytes])
      expect(joined).toEqual([...page])
      expect(parts.every(({ bytes }) => bytes.length > 0 && bytes.length <= most)).toBe(true)
      expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1))
      expect(new Set(parts.map((each) => each.parts))).toEqual(new Set([parts.length]))
    })
  )
})

test('the largest page fits into as many parts as the wire allows', () => {
  expect(cutsOf(documentLimits.pageBytes).length).toBeLessThanOrEqual(24)
  expect(cutsOf(documentLimits.partBytes)).toHaveLength(1)
  expect(cutsOf(documentLimits.partBytes + 1)).toHaveLength(2)
})
