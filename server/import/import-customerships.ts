import type { ImportLine } from '#contract/import.ts'
import type { UserId } from '#contract/id.ts'
import type { Clock } from '#server/clock.ts'
import type { NewCustomership, SealedCustomership } from '#server/store/sealed-customership.ts'
import type { Store } from '#server/store/store.ts'

/** How many get their keys, in one write to each disk, and are sealed, before others get their turn. */
const atOnce = 100

const turn = () => new Promise(setImmediate)

/** What stands of these ids already: nothing, this very import, or something that forbids it. */
export async function standingOf(
  store: Store,
  openings: readonly NewCustomership[]
): Promise<'new' | 'imported' | 'conflict'> {
  const used = await store.register.used(openings.map(({ id }) => id))
  if (used.length === 0) return 'new'
  return used.length === openings.length ? 'imported' : 'conflict'
}

/**
 * All of them in one commit, or none: whatever ends this before the commit leaves no row, and keys
 * under which nothing was ever written down. Sealing comes first, so that the commit is short.
 */
export async function importCustomerships(
  { store, clock }: { store: Store; clock: Clock },
  openings: readonly NewCustomership[],
  by: UserId,
  told: (line: ImportLine) => void
): Promise<void> {
  const total = openings.length
  const sealed: SealedCustomership[] = []
  for (let at = 0; at < total; at += atOnce) {
    const some = openings.slice(at, at + atOnce)
    store.register.prepareKeys(some.map(({ id }) => id))
    for (const opening of some) sealed.push(store.register.seal(opening, by))
    told({ step: 'sealing', done: sealed.length, total })
    await turn()
  }
  // Neighbours in the file are neighbours in the table's own order: the commit is the shorter for it.
  sealed.sort((a, b) => (a.facts.id < b.facts.id ? -1 : 1))
  const use = { user: by, device: null, kind: 'write', purpose: 'organising' } as const
  const isWritten = await store.register.transact((tx) =>
    tx.insert(sealed, { ...use, at: clock.now() })
  )
  if (!isWritten) throw new Error('an id was used while it was imported')
  const ids = openings.map(({ id }) => id)
  await store.register.index(ids, (done) => told({ step: 'indexing', done, total }))
}
