import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { whenDrawn } from './drawn.ts'

let page: EventTarget & { hidden: boolean }
let frames: (() => void)[]

beforeEach(() => {
  vi.useFakeTimers()
  page = Object.assign(new EventTarget(), { hidden: false })
  frames = []
  vi.stubGlobal('document', page)
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Whether it is over once this many milliseconds have passed. */
async function isOver(drawn: Promise<void>, after: number): Promise<boolean> {
  let over = false
  void drawn.then(() => (over = true))
  await vi.advanceTimersByTimeAsync(after)
  return over
}

test('what is to be kept comes behind the frame, and waits for a late one no longer than a moment', async () => {
  const drawn = whenDrawn()
  expect(await isOver(drawn, 200)).toBe(false)
  for (const draw of frames) draw()
  expect(await isOver(drawn, 0)).toBe(true)
  expect(await isOver(whenDrawn(), 299)).toBe(false)
  expect(await isOver(whenDrawn(), 300)).toBe(true)
})

test('a page that is left while it waits keeps at once, and so does one that nobody sees', async () => {
  const drawn = whenDrawn()
  expect(await isOver(drawn, 10)).toBe(false)
  page.hidden = true
  page.dispatchEvent(new Event('visibilitychange'))
  expect(await isOver(drawn, 0)).toBe(true)
  expect(await isOver(whenDrawn(), 0)).toBe(true)
})
