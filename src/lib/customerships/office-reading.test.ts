import { expect, test } from 'vitest'
import type { Answer } from '#lib/http/api.ts'
import { Reading } from './office-reading.svelte.ts'

test('whoever waits for a reading that is overtaken sees what the later one read', async () => {
  const answers: ((answer: Answer<string>) => void)[] = []
  const reading = new Reading<string>(() => new Promise((resolve) => answers.push(resolve)))
  const seen: (string | null)[] = []
  const first = reading.load().then(() => seen.push(reading.value))
  const second = reading.load().then(() => seen.push(reading.value))
  answers[0]?.({ ok: true, data: 'before' })
  await new Promise((resolve) => setImmediate(resolve))
  expect([reading.value, seen]).toEqual([null, []])
  answers[1]?.({ ok: true, data: 'after' })
  await Promise.all([first, second])
  expect(seen).toEqual(['after', 'after'])
})
