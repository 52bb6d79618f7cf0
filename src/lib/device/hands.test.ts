import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Hands } from './hands.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function watched(): { page: EventTarget; hands: Hands } {
  const page = new EventTarget()
  return { page, hands: new Hands(page, () => Date.now()) }
}

/** Milliseconds until it is over, looked at each ten. */
async function until(over: Promise<void>, meanwhile: (at: number) => void = () => undefined) {
  let isOver = false
  void over.then(() => (isOver = true))
  for (let at = 0; at < 20_000; at += 10) {
    await vi.advanceTimersByTimeAsync(0)
    if (isOver) return at
    meanwhile(at)
    await vi.advanceTimersByTimeAsync(10)
  }
  return Infinity
}

test('hands that lie still are waited for by nobody', async () => {
  expect(await until(watched().hands.rest())).toBe(0)
})

test('what was typed is over at a pause, and a press sooner', async () => {
  const { page, hands } = watched()
  page.dispatchEvent(new Event('input'))
  expect(await until(hands.rest())).toBe(500)
  page.dispatchEvent(new Event('pointerup'))
  expect(await until(hands.rest())).toBe(120)
})

test('each letter begins the pause anew, and whoever never pauses is waited for no longer than five seconds', async () => {
  const { page, hands } = watched()
  page.dispatchEvent(new Event('input'))
  const type = (last: number) => (at: number) => {
    if (at <= last && at % 100 === 0) page.dispatchEvent(new Event('input'))
  }
  expect(await until(hands.rest(), type(1000))).toBe(1500)
  page.dispatchEvent(new Event('input'))
  expect(await until(hands.rest(), type(Infinity))).toBe(5000)
})

test('on another screen they are on nothing yet: what waits for them waits no longer', async () => {
  const { page, hands } = watched()
  page.dispatchEvent(new Event('input'))
  const leave = (at: number) => {
    if (at === 40) hands.lift()
  }
  expect(await until(hands.rest(), leave)).toBe(50)
  page.dispatchEvent(new Event('pointerup'))
  expect(await until(hands.rest())).toBe(120)
})
