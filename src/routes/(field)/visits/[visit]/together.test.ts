import { expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { Face } from '#lib/sync/face.ts'
import type { Sibling } from '#lib/visits/siblings.ts'
import { Together } from './together.svelte.ts'

const sibling = (name: string): Sibling => ({
  face: { id: name as CustomershipId } as Face,
  visit: { id: `${name}’s` as EntryId } as Sibling['visit']
})
const visitOf = (id: CustomershipId) => ({ id: `${id}’s`, kind: 'visit' }) as unknown as Entry

/** A disk that answers, or does not. */
class Disk {
  fails = false

  async open(id: CustomershipId) {
    if (this.fails) throw new Error('the disk does not answer')
    return { id, revision: 1, entries: [visitOf(id)] }
  }
}

const names = ({ siblings }: Together) => siblings.map(({ face }) => face.id)

test('nothing is ready while a sibling cannot be opened, which is said, until it can', async () => {
  const disk = new Disk()
  const together = new Together(disk, false)
  disk.fails = true
  await together.follow([sibling('Eino')])
  expect([together.ready, together.failed, names(together)]).toEqual([false, true, []])
  disk.fails = false
  await together.follow([sibling('Eino')])
  expect([together.ready, together.failed, names(together)]).toEqual([true, false, ['Eino']])
})

test('a failure leaves what stands, and one that was asked before is not told after a success', async () => {
  const disk = new Disk()
  const together = new Together(disk, false)
  await together.follow([sibling('Eino')])
  disk.fails = true
  await together.follow([sibling('Eino'), sibling('Oiva')])
  expect([together.failed, names(together)]).toEqual([true, ['Eino']])
  const late = together.follow([sibling('Oiva')])
  disk.fails = false
  await Promise.all([late, together.follow([sibling('Oiva')])])
  expect([together.failed, names(together)]).toEqual([false, ['Oiva']])
})
