import { expect, test } from 'vitest'
import { StoreWorld } from '#tests/support/open-store.ts'
import { Attempts } from './attempts.ts'
import { Throttle } from './throttle.ts'

const minute = 60_000

test('each failure past the free ones doubles the wait, up to the longest', async () => {
  const { guesses } = (await StoreWorld.open()).store
  const throttle = new Throttle(guesses, 'test', { free: 3, longestSeconds: 60 })
  const waits: number[] = []
  let now = 0
  for (let attempt = 0; attempt < 12; attempt += 1) {
    waits.push(await throttle.waitSeconds('a', now))
    now += (await throttle.waitSeconds('a', now)) * 1000
    await throttle.count('a', now)
  }
  expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60])
})

test('failures are forgotten after an hour without one', async () => {
  const { guesses } = (await StoreWorld.open()).store
  const throttle = new Throttle(guesses, 'test', { free: 1, longestSeconds: 60 })
  for (let attempt = 0; attempt < 5; attempt += 1) await throttle.count('a', 0)
  expect(await throttle.waitSeconds('a', 1)).toBeGreaterThan(0)
  expect(await throttle.waitSeconds('a', 61 * minute)).toBe(0)
})

test('a clock that is set back makes nobody wait until it is there again', async () => {
  const { guesses } = (await StoreWorld.open()).store
  const throttle = new Throttle(guesses, 'test', { free: 1, longestSeconds: 60 })
  for (let attempt = 0; attempt < 20; attempt += 1) await throttle.count('a', 24 * 60 * minute)
  expect(await throttle.waitSeconds('a', 0)).toBe(60)
  await throttle.count('a', 0)
  expect(await throttle.waitSeconds('a', minute)).toBe(0)
})

test('a flood of made-up names does not grow without bound', async () => {
  const { guesses } = (await StoreWorld.open()).store
  const throttle = new Throttle(guesses, 'test', { free: 1, longestSeconds: 60 })
  await throttle.count('first', 0)
  await throttle.count('first', 0)
  await guesses.inTurn(async () => {
    for (let name = 0; name < 20_100; name += 1) await throttle.count(`made-up-${name}`, 1)
  })
  expect(await throttle.waitSeconds('first', 1)).toBe(0)
})

test('who hammers at an account from outside does not lock its owner out', async () => {
  const { guesses } = (await StoreWorld.open()).store
  const attempts = new Attempts(guesses)
  const outside = { account: 'aino', address: '203.0.113.7', known: null }
  for (let attempt = 0; attempt < 20; attempt += 1) await attempts.begin(outside, 0)
  expect(await attempts.begin(outside, 0)).toBeGreaterThan(0)
  expect(await attempts.begin({ ...outside, address: '198.51.100.2' }, 0)).toBeGreaterThan(0)
  expect(await attempts.begin({ ...outside, known: 'her own browser' }, 0)).toBe(0)
})

test('spraying one password over many accounts is slowed by address', async () => {
  const { guesses } = (await StoreWorld.open()).store
  const attempts = new Attempts(guesses)
  let slowed = 0
  for (let account = 0; account < 60; account += 1) {
    const attempt = { account: `user-${account}`, address: '203.0.113.7', known: null }
    if ((await attempts.begin(attempt, 0)) > 0) slowed += 1
  }
  expect(slowed).toBeGreaterThan(20)
})
