import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { opfsPlace } from './keyring-place.ts'

/** How each opening in turn is answered; the last stands for all that follow. */
type Opening = 'at-once' | 'never' | 'late' | 'refused'

interface Access {
  readonly number: number
  isOpen: boolean
}

function browserThat(openings: readonly Opening[]): { opened: Access[]; late: () => void } {
  const opened: Access[] = []
  let asked = 0
  let answerLate: () => void = () => undefined
  const access = () => {
    const one: Access = { number: opened.length + 1, isOpen: true }
    opened.push(one)
    return { getSize: () => one.number, flush: () => undefined, close: () => (one.isOpen = false) }
  }
  const createSyncAccessHandle = () => {
    const how = openings[Math.min(asked, openings.length - 1)]
    asked += 1
    if (how === 'at-once') return Promise.resolve(access())
    if (how === 'refused') return Promise.reject(new Error('NoModificationAllowedError'))
    return new Promise((resolve) => {
      if (how === 'late') answerLate = () => resolve(access())
    })
  }
  const getFileHandle = () => Promise.resolve({ createSyncAccessHandle })
  vi.stubGlobal('navigator', {
    storage: { getDirectory: () => Promise.resolve({ getFileHandle }) }
  })
  return { opened, late: () => answerLate() }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('an opening that never answers is asked for again, and stops nobody', async () => {
  const { opened } = browserThat(['never', 'never', 'at-once'])
  const size = opfsPlace('one').use((file) => file.size())
  await vi.advanceTimersByTimeAsync(1600)
  expect(await size).toBe(1)
  expect(opened).toEqual([{ number: 1, isOpen: false }])
})

test('an opening that answers after it was given up does not keep the file', async () => {
  const { opened, late } = browserThat(['late', 'refused', 'at-once'])
  const size = opfsPlace('one').use((file) => file.size())
  await vi.advanceTimersByTimeAsync(600)
  late()
  await vi.advanceTimersByTimeAsync(1100)
  expect(await size).toBe(2)
  expect(opened.map(({ isOpen }) => isOpen)).toEqual([false, false])
})

test('a file that cannot be opened at all is said to be so', async () => {
  browserThat(['refused'])
  const failed = expect(opfsPlace('one').use(() => true)).rejects.toThrow('NoModification')
  await vi.advanceTimersByTimeAsync(40_000)
  await failed
})
