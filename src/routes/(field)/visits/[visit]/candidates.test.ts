import { expect, test } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { Face } from '#lib/sync/face.ts'
import type { FaceDecision } from '#lib/vault/face.ts'
import { readCandidates, type Asked } from './candidates.ts'

const day = '2026-03-02' as Day
const granted = (id: string, from: string, until: string): FaceDecision => ({
  ...{ id: id as EntryId, product: 'home-service', from: from as Day, until: until as Day }
})
const asked = (id: string, decisions?: FaceDecision[], planned?: string): Asked => ({
  face: { id, ...(decisions ? { decisions } : {}) } as unknown as Face,
  along: planned ? ({ decision: planned } as unknown as Asked['along']) : null
})

async function read(all: readonly Asked[]) {
  const opened: CustomershipId[] = []
  const whole = { kind: 'decision', id: 'whole', data: granted('', '2026-01-01', '2026-12-31') }
  const open = async (id: CustomershipId) => {
    opened.push(id)
    return { id, revision: 1, entries: [whole as unknown as Entry] }
  }
  const found = await readCandidates({ open }, all, day)
  return { opened, found: found.map(({ face, decision }) => [face.id, decision.id]) }
}

test('§6 who has a decision in force that day is a candidate, and nobody is opened to know it', async () => {
  const year = granted('year', '2026-01-01', '2026-12-31')
  const spring = granted('spring', '2026-03-02', '2026-05-31')
  const over = granted('over', '2025-01-01', '2026-03-01')
  const { found, opened } = await read([
    asked('Aino', [year, spring, over]),
    asked('Eino', [over]),
    asked('Oiva', []),
    asked('Onni', [year, spring], 'year')
  ])
  expect(found).toEqual([
    ['Aino', 'spring'],
    ['Aino', 'year'],
    ['Onni', 'year']
  ])
  expect(opened).toEqual([])
})

test('of a face from before it told of decisions its customership is opened, and of no other', async () => {
  const { found, opened } = await read([asked('Aino'), asked('Eino', [])])
  expect(found).toEqual([['Aino', 'whole']])
  expect(opened).toEqual(['Aino'])
})
