import { expect, test } from 'vitest'
import type { CustomershipId } from '#contract/id.ts'
import type { HeldCustomership } from '#lib/sync/held.ts'
import { OpenedCustomership } from './opened.svelte.ts'

const id = '6f0d0f2e-7a51-4a6e-9a5f-0c9a3f1b2c3d' as CustomershipId
const held = (revision: number): HeldCustomership => ({ id, revision, entries: [] })

test('the latest opening wins, whatever the order of the answers', async () => {
  const answers: ((held: HeldCustomership | null) => void)[] = []
  const opened = new OpenedCustomership(
    { open: () => new Promise((resolve) => answers.push(resolve)) },
    id
  )
  const first = opened.refresh()
  const second = opened.refresh()
  answers[1]?.(held(2))
  answers[0]?.(held(1))
  await Promise.all([first, second])
  expect(opened.held?.revision).toBe(2)
})

test('one that has left the tablet is absent', async () => {
  const opened = new OpenedCustomership({ open: async () => null }, id)
  expect(opened.state).toBe('opening')
  await opened.refresh()
  expect(opened.state).toBe('absent')
})
