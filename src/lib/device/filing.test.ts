import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Moment } from '#contract/day.ts'
import type { CustomershipId, DeviceId, OperationId } from '#contract/id.ts'
import { untriedIn } from '#lib/outbox/resting.ts'
import { databaseName, VaultDatabase, type OutboxRow } from './database.ts'
import { unsentIn } from './unsent.ts'

const customership = '5f0c2f3e-1111-4222-8333-000000000001' as CustomershipId
const at = '2026-11-22T10:00:00.000Z' as Moment
const longestRest = 60_000

function row(seq: number, more: Partial<OutboxRow> = {}): OutboxRow {
  const id = crypto.randomUUID() as OperationId
  return {
    ...{ id, seq, customership, line: new ArrayBuffer(12), waiting: 1 as const },
    envelope: { id, seq, key: 'k', enc: 'e', sealedKey: 's', nonce: 'n', ciphertext: 'c' },
    ...{ attempted: false, writtenAt: seq, restsUntil: 0, ...more }
  }
}

/** What was, and what becomes of it: any row may turn into any other. */
const anyFacts = fc.record({
  waiting: fc.constantFrom<0 | 1>(0, 1),
  attempted: fc.boolean(),
  writtenAt: fc.integer({ min: 1, max: 1000 }),
  restsUntil: fc.constantFrom(0, 40_000, 50_000, 100_000, 100_001),
  quiet: fc.option(fc.constant(true as const), { nil: undefined }),
  sealAnew: fc.option(fc.constant(true as const), { nil: undefined }),
  renewed: fc.option(fc.constant(true as const), { nil: undefined }),
  code: fc.constantFrom(undefined, 'cannot-open', 'late')
})
type Facts = typeof anyFacts extends fc.Arbitrary<infer F> ? F : never

function rowOf(seq: number, { code, ...facts }: Facts): OutboxRow {
  const kept = Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined)
  ) as Partial<OutboxRow>
  const receipt = { outcome: 'refused' as const, at, ...(code === undefined ? {} : { code }) }
  return row(seq, { ...kept, ...(facts.waiting === 0 ? { receipt } : {}) })
}

test('what is counted by keys is what reading every row would count, however the rows came to be so', async () => {
  const database = new VaultDatabase('filing' as DeviceId)
  const now = 40_000
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(anyFacts, anyFacts, fc.constantFrom('put', 'modify', 'update')), {
        maxLength: 8
      }),
      async (lives) => {
        await database.outbox.clear()
        const rows = lives.map(([before], index) => rowOf(index + 1, before))
        await database.outbox.bulkAdd(rows)
        for (const [index, [, after, how]] of lives.entries()) {
          const { id } = rows[index]!
          const next = { ...rowOf(index + 1, after), id }
          if (how === 'put') await database.outbox.put(next)
          else if (how === 'update')
            await database.outbox.update(id, { waiting: after.waiting, attempted: after.attempted })
          else
            await database.outbox
              .where('id')
              .equals(id)
              .modify((_, held) => {
                held.value = next
              })
        }
        const all = await database.outbox.toArray()
        const unsent = all.filter(
          ({ quiet, waiting, receipt, renewed }) =>
            !quiet && (waiting === 1 || (receipt?.code === 'cannot-open' && !renewed))
        )
        expect(await unsentIn(database)).toEqual({
          waiting: unsent.length,
          since: unsent.length > 0 ? Math.min(...unsent.map(({ writtenAt }) => writtenAt)) : null
        })
        const untried = all.filter((one) => one.waiting === 1 && !one.attempted && !one.sealAnew)
        const resting = untried.filter(
          ({ restsUntil }) => restsUntil > now && restsUntil - now <= longestRest
        )
        expect(await untriedIn(database, now)).toEqual({
          isDue: untried.length > resting.length,
          restsUntil:
            resting.length > 0 ? Math.min(...resting.map(({ restsUntil }) => restsUntil)) : null
        })
      }
    ),
    { numRuns: 60 }
  )
})

test('an outbox that an older version wrote is light after the upgrade, whole, and counted', async () => {
  const device = 'filing-older' as DeviceId
  const older = new Dexie(databaseName(device))
  older.version(1).stores({
    customerships: 'id, purgeAfter',
    faces: 'id, purgeAfter',
    copies: 'id, customership',
    outbox: 'id, &seq, waiting, customership',
    purges: 'customership, slot',
    meta: 'key'
  })
  older.version(2).stores({ cargo: 'id', pages: '[document+page], customership' })
  const receipt = { outcome: 'applied' as const, at }
  const heavy = { freight: true, quiet: true, cargo: 5 } as const
  const [first, part, kept] = [row(1), row(2, heavy), row(3, { waiting: 0, receipt })]
  const apart = { ...part, envelope: { ...part.envelope, ciphertext: '' } }
  await older.table('outbox').bulkAdd([first, apart, kept])
  await older.table('cargo').put({ id: part.id, ciphertext: 'PIECE' })
  older.close()

  const database = new VaultDatabase(device)
  const rows = await database.outbox.orderBy('seq').toArray()
  expect(rows.map(({ envelope, cargo }) => [envelope.ciphertext, cargo])).toEqual([
    ['', 1],
    ['', 5],
    ['', 1]
  ])
  expect(rows).toMatchObject(
    [first, apart, kept].map(({ envelope: { ciphertext: _moved, ...head }, ...rest }) => ({
      ...rest,
      envelope: head
    }))
  )
  const cargo = new Map((await database.cargo.toArray()).map((one) => [one.id, one.ciphertext]))
  expect([first, part, kept].map(({ id }) => cargo.get(id))).toEqual(['c', 'PIECE', 'c'])
  expect(await unsentIn(database)).toEqual({ waiting: 1, since: 1 })
})
