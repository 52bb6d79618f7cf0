import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import type { CustomershipId, DeviceId, OperationId } from '#contract/id.ts'
import { VaultDatabase, type OutboxRow } from './database.ts'
import { follow } from './follow.ts'

const rest = 60
const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

const patience = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

function row(seq: number): OutboxRow {
  const id = crypto.randomUUID() as OperationId
  return {
    ...{ id, seq, customership: 'c' as CustomershipId, line: new ArrayBuffer(12), waiting: 1 },
    envelope: { id, seq, key: 'k', enc: 'e', sealedKey: 's', nonce: 'n', ciphertext: 'c' },
    ...{ attempted: false, writtenAt: 0, restsUntil: 0 }
  }
}

/** One that is made anew is told of as if everything in it were written. */
async function opened(name: string): Promise<VaultDatabase> {
  const database = new VaultDatabase(name as DeviceId)
  await database.outbox.count()
  await patience(0)
  return database
}

function counted(database: VaultDatabase): { looks: number; seen: number[] } {
  const counts = { looks: 0, seen: [] as number[] }
  const stop = follow({
    tables: ['outbox'],
    rest,
    look: () => {
      counts.looks += 1
      return database.outbox.count()
    },
    tell: (count) => counts.seen.push(count)
  })
  stops.push(stop)
  return counts
}

test('fifty commits in a row are looked at a few times, and the last of them always', async () => {
  const database = await opened('follow-1')
  const counts = counted(database)
  await expect.poll(() => counts.seen).toEqual([0])
  const begun = performance.now()
  for (let seq = 1; seq <= 50; seq += 1) await database.outbox.add(row(seq))
  const longest = (performance.now() - begun) / rest
  await expect.poll(() => counts.seen.at(-1)).toBe(50)
  expect(counts.looks).toBeLessThanOrEqual(Math.ceil(longest) + 3)
})

test('what another connection writes is seen, and what concerns nobody is not looked at', async () => {
  const name = 'follow-2' as DeviceId
  const database = await opened(name)
  const counts = counted(database)
  await expect.poll(() => counts.seen).toEqual([0])
  await database.purges.put({ customership: 'c' as CustomershipId, slot: 'standing' })
  await patience(3 * rest)
  expect(counts.looks).toBe(1)
  await new VaultDatabase(name).outbox.add(row(1))
  await expect.poll(() => counts.seen).toEqual([0, 1])
})

test('a look that fails is followed by another as soon as something is written', async () => {
  const database = await opened('follow-3')
  const seen: number[] = []
  let tries = 0
  const stop = follow({
    tables: ['outbox'],
    rest,
    look: async () => {
      tries += 1
      if (tries === 1) throw new Error('the disk would not')
      return database.outbox.count()
    },
    tell: (count) => seen.push(count)
  })
  stops.push(stop)
  await database.outbox.add(row(1))
  await expect.poll(() => seen).toEqual([1])
})

test('no look but the first comes before its time, and what was written meanwhile is seen together', async () => {
  const database = await opened('follow-5')
  const seen: number[] = []
  let go: () => void = () => undefined
  const time = new Promise<void>((resolve) => {
    go = resolve
  })
  const stop = follow({
    tables: ['outbox'],
    rest,
    wait: () => time,
    look: () => database.outbox.count(),
    tell: (count) => seen.push(count)
  })
  stops.push(stop)
  await expect.poll(() => seen).toEqual([0])
  await database.outbox.add(row(1))
  await database.outbox.add(row(2))
  await patience(3 * rest)
  expect(seen).toEqual([0])
  go()
  await expect.poll(() => seen).toEqual([0, 2])
})

test('who stopped is told nothing more', async () => {
  const database = await opened('follow-4')
  const counts = counted(database)
  await expect.poll(() => counts.seen).toEqual([0])
  stops.splice(0).forEach((stop) => stop())
  await database.outbox.add(row(1))
  await patience(3 * rest)
  expect(counts.seen).toEqual([0])
})
