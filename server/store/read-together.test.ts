import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Moment } from '#contract/day.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import { day, newEntry, StoreWorld } from '#tests/support/open-store.ts'
import type { CustomershipChange } from './customership-change.ts'
import type { CustomershipReader } from './customership-reader.ts'

interface Made {
  readonly kind: 'visit' | 'note' | 'assignment'
  readonly on: string
  readonly isRemoved: boolean
}

const days = fc.constantFrom('2026-11-02', '2026-11-03', '2026-11-04')
const history = fc.array(
  fc.record({
    kind: fc.constantFrom('visit' as const, 'note' as const, 'assignment' as const),
    on: days,
    isRemoved: fc.boolean()
  }),
  { maxLength: 8 }
)
const span = fc.record({ fromDay: days.map(day), untilDay: days.map(day) })

async function put(world: StoreWorld, change: CustomershipChange, id: EntryId, made: Made) {
  const { by } = world
  if (made.kind === 'note') return change.put('note', id, world.note('Rauhallinen'), by)
  if (made.kind === 'assignment')
    return change.put('assignment', id, { worker: by, from: day(made.on), tasks: ['care'] }, by)
  const plannedStart = `${made.on}T10:00:00+02:00` as Moment
  const visit = { decision: id, product: 'perhetyo', worker: by, plannedStart } as const
  return change.put('visit', id, { ...visit, state: 'planned' }, by)
}

/** Each entry under a revision of its own, an hour after the one before. */
async function write(world: StoreWorld, entries: readonly Made[]): Promise<CustomershipId> {
  const customership = await world.openCustomership()
  const change = (use: (change: CustomershipChange) => Promise<void>) =>
    world.store.register.transact((tx) => tx.change(customership, use))
  for (const made of entries) {
    const id = newEntry()
    world.clock.time += 3_600_000
    await change((one) => put(world, one, id, made))
    if (made.isRemoved) await change((one) => one.remove(id, world.by))
  }
  return customership
}

/** All that a reader may be asked. */
async function answersOf(reader: CustomershipReader, at: number, asked: Span) {
  const all = await reader.entries({ since: 0 })
  return {
    ...{ facts: reader.facts, all, newer: await reader.entries({ since: 3 }) },
    visits: await reader.ofKind('visit', asked),
    notes: await reader.ofKind('note', { since: at }),
    some: await reader.entries({ kinds: ['note', 'profile'] }),
    assignments: await reader.assignments(),
    each: await Promise.all(all.map(({ id }) => reader.entry('note', id))),
    named: await Promise.all(
      [newEntry(), ...all.map(({ id }) => id)].map((id) => reader.isNamed(id))
    )
  }
}
type Span = NonNullable<Parameters<CustomershipReader['ofKind']>[1]>

test('a reader of rows that were read together answers as one that asks for each', async () => {
  const world = await StoreWorld.open()
  const { register } = world.store
  await fc.assert(
    fc.asyncProperty(
      fc.array(history, { minLength: 1, maxLength: 3 }),
      span,
      async (all, asked) => {
        const began = world.clock.time
        const ids: CustomershipId[] = []
        for (const entries of all) ids.push(await write(world, entries))
        const answers = (reader: CustomershipReader) =>
          answersOf(reader, began + 2 * 3_600_000, asked)
        const together = new Map<CustomershipId, unknown>()
        await register.readTogether(ids, async (reader) => {
          together.set(reader.facts.id, await answers(reader))
        })
        for (const id of ids) expect(together.get(id)).toEqual(await register.read(id, answers))
      }
    ),
    { numRuns: 25 }
  )
})

test('what is read together is opened once, and what is being deleted is not there', async () => {
  const world = await StoreWorld.open()
  const { register } = world.store
  const going = await world.openCustomership()
  const staying = await world.openCustomership()
  await register.transact(({ deletions }) =>
    deletions.plan(going, { cause: 'asked', by: world.by, plannedAt: 1, devices: [] })
  )
  const seen: CustomershipId[] = []
  await register.readTogether([going, staying], async (reader) => {
    seen.push(reader.facts.id)
    const [first] = await reader.ofKind('profile')
    const [second] = await reader.entries({ kinds: ['profile'] })
    expect(first).toBe(second)
  })
  expect(seen).toEqual([staying])
})
