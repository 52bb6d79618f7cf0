import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxBetween, moved, pixelsOf, resized, turned, type Box } from './box.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const corners = fc.tuple(share, share, share, share)
const boxes = corners.map(([x1, y1, x2, y2]) => boxBetween(x1, y1, x2, y2))
const step = fc.double({ min: -2, max: 2, noNaN: true })

const isOnPage = ({ left, top, width, height }: Box): boolean =>
  left >= 0 && top >= 0 && left + width <= 1 + 1e-9 && top + height <= 1 + 1e-9

test('a box drawn, moved or turned stays on its page', () => {
  fc.assert(
    fc.property(boxes, step, step, (box, right, down) => {
      expect(isOnPage(box)).toBe(true)
      expect(isOnPage(moved(box, right, down))).toBe(true)
      expect(isOnPage(turned(box))).toBe(true)
    })
  )
})

test('a box is resized to no less than can be taken hold of, and never over the edge', () => {
  const box = boxBetween(0.4, 0.4, 0.6, 0.6)
  fc.assert(
    fc.property(step, step, (wider, higher) => {
      const next = resized(box, wider, higher)
      expect(isOnPage(next)).toBe(true)
      expect(Math.min(next.width, next.height)).toBeGreaterThan(0.01)
      expect([next.left, next.top]).toEqual([box.left, box.top])
    })
  )
})

test('four quarter turns bring a box back', () => {
  fc.assert(
    fc.property(boxes, (box) => {
      const back = turned(turned(turned(turned(box))))
      for (const side of ['left', 'top', 'width', 'height'] as const)
        expect(back[side]).toBeCloseTo(box[side])
    })
  )
})

test('§8 what is covered on the screen is covered in the pixels, to the last one at its edges', () => {
  const size = fc.record({
    width: fc.integer({ min: 1, max: 2200 }),
    height: fc.integer({ min: 1, max: 2200 })
  })
  fc.assert(
    fc.property(boxes, size, (box, page) => {
      const pixels = pixelsOf(box, page)
      expect(pixels.x).toBeLessThanOrEqual(box.left * page.width)
      expect(pixels.y).toBeLessThanOrEqual(box.top * page.height)
      expect(pixels.x + pixels.width).toBeGreaterThanOrEqual((box.left + box.width) * page.width)
      expect(pixels.y + pixels.height).toBeGreaterThanOrEqual((box.top + box.height) * page.height)
    })
  )
})
