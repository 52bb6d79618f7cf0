import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import type { Day } from '#contract/day.ts'
import type { CustomershipId, DeviceId, OperationId, UserId } from '#contract/id.ts'
import { contactAt, heldTime, noMark, seenAgain, today } from '#lib/device/clock.ts'
import { DoorDatabase, VaultDatabase, type DoorRow } from '#lib/device/database.ts'
import { Databases } from '#lib/device/databases.ts'
import { isFullDisk } from '#lib/device/full-disk.ts'
import { report } from '#lib/outbox/report.ts'
import { fillDisk } from '#tests/support/full-disk.ts'
import { answerWith, json } from '#tests/support/push-stub.ts'
import { Forgetting, type ForgettingWorld } from './forgetting.ts'
import { destroyStanding, leaseEnd, purgeDue } from './purge.ts'
import type { RoomLine } from './worker-line.ts'

const id = (n: number) => `5f0c2f3e-1111-4222-8333-${String(n).padStart(12, '0')}` as CustomershipId
let devices = 0

let isFull = false
fillDisk(() => isFull)

async function stocked(): Promise<VaultDatabase> {
  devices += 1
  const database = new VaultDatabase(`purge-${devices}` as DeviceId)
  const days: (string | null)[] = ['2026-11-21', '2026-11-22', '2026-11-23', null]
  for (const [n, purgeAfter] of days.entries()) {
    const sealed = new Uint8Array(32).fill(n + 1).buffer
    const row = {
      id: id(n),
      revision: 1,
      view: 'view1',
      purgeAfter: purgeAfter as Day | null,
      sealed
    }
    await database.customerships.put(row)
    await database.faces.put(row)
    const copy = crypto.randomUUID() as OperationId
    await database.copies.put({ id: copy, customership: id(n), sealed })
    await database.outbox.put({
      id: copy,
      seq: n + 1,
      customership: id(n),
      envelope: {
        id: copy,
        seq: n + 1,
        key: '',
        enc: '',
        sealedKey: '',
        nonce: '',
        ciphertext: ''
      },
      line: sealed,
      waiting: 1,
      attempted: false,
      writtenAt: 0,
      restsUntil: 0
    })
  }
  return database
}

const held = async (database: VaultDatabase) => [
  await database.customerships.toCollection().primaryKeys(),
  await database.faces.toCollection().primaryKeys(),
  (await database.copies.toArray()).map(({ customership }) => customership).sort()
]

const standingSlots = (database: VaultDatabase) =>
  database.purges.where('slot').equals('standing').primaryKeys()

test('§7 a tablet that meets nobody forgets on the day it must, and not a day before', async () => {
  const database = await stocked()
  await purgeDue(database, { today: '2026-11-22' as Day, leaseEnded: false })
  const left = [id(1), id(2), id(3)]
  expect(await held(database)).toEqual([left, left, left])
  await purgeDue(database, { today: '2026-11-24' as Day, leaseEnded: false })
  expect(await held(database)).toEqual([[id(3)], [id(3)], [id(3)]])
  expect((await standingSlots(database)).sort()).toEqual([id(0), id(1), id(2)])
})

test('§7 when the lease ended everything goes, and every note that was not sent stays', async () => {
  const database = await stocked()
  await database.faces.delete(id(1))
  await purgeDue(database, { today: '2026-11-20' as Day, leaseEnded: true })
  expect(await held(database)).toEqual([[], [], []])
  expect(await database.outbox.count()).toBe(4)
  expect((await standingSlots(database)).length).toBe(4)
})

test('a row whose other half is lost goes all the same', async () => {
  const database = await stocked()
  await database.faces.delete(id(0))
  await purgeDue(database, { today: '2026-11-22' as Day, leaseEnded: false })
  expect(await database.customerships.get(id(0))).toBeUndefined()
})

test('§7 a full disk forgets all the same, with the keys, and says so when there is room', async () => {
  const database = await stocked()
  isFull = true
  const due = { today: '2026-11-23' as Day, leaseEnded: false }
  const unnoted = await purgeDue(database, due)
  expect(await held(database)).toEqual([
    [id(2), id(3)],
    [id(2), id(3)],
    [id(2), id(3)]
  ])
  const destroyed: CustomershipId[] = []
  const destroy = async (ids: CustomershipId[]) => destroyed.push(...ids)
  await destroyStanding(database, destroy, unnoted)
  expect(destroyed.sort()).toEqual([id(0), id(1)])
  expect(await database.purges.count()).toBe(0)

  isFull = false
  await destroyStanding(database, destroy, unnoted)
  expect(await database.purges.where('slot').equals('destroyed').primaryKeys()).toEqual(unnoted)
})

test('a full disk keeps nobody out: what is due is looked after, and the mark of time is kept when there is room', async () => {
  const door = new DoorDatabase()
  const before = await door.timeMark()
  const forgetting = new Forgetting({
    ...{ door, databases: new Databases() },
    withRoom: () => Promise.reject(new Error('nothing is due')),
    ...{ close: async () => undefined, changed: async () => undefined }
  })
  isFull = true
  await forgetting.whatIsDue()
  expect(await door.timeMark()).toEqual(before)
  isFull = false
  await forgetting.whatIsDue()
  expect((await door.timeMark()).highest).toBeGreaterThan(before.highest)
})

test('an order to wipe takes what lies on a full disk, though there is no room for the order', async () => {
  const database = await stocked()
  const door = new DoorDatabase()
  answerWith(() =>
    json({
      ...{ serverTime: '2026-11-22T10:00:00.000Z', command: 'wipe', purge: [], safeThrough: null },
      sealingKey: { id: 'k1', publicKey: 'p' }
    })
  )
  isFull = true
  const told = report(database, door, `purge-${devices}` as DeviceId)
  await expect(told).rejects.toSatisfy(isFullDisk)
  isFull = false
  expect(await held(database)).toEqual([[], [], []])
  expect(await database.outbox.count()).toBe(4)
})

async function resident(state: DoorRow['state']): Promise<{ row: DoorRow; door: DoorDatabase }> {
  const device = `purge-${devices}` as DeviceId
  const row: DoorRow = {
    ...{ device, user: device as string as UserId, userName: 'Aino', storage: 'opfs', state },
    ...{ enrolledAt: Date.now(), usedAt: Date.now() },
    policy: { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 }
  }
  const door = new DoorDatabase()
  await door.vaults.put(row)
  return { row, door }
}

function forgettingAt(door: DoorDatabase) {
  const asked: string[] = []
  const withRoom: ForgettingWorld['withRoom'] = (use) =>
    use({ ask: async (name: string) => asked.push(name) } as unknown as RoomLine)
  const world = { door, databases: new Databases(), withRoom }
  const nothing = async () => undefined
  return { asked, forgetting: new Forgetting({ ...world, close: nothing, changed: nothing }) }
}

test('a wipe on a full disk takes the keys and all but the outbox, and is noted when there is room', async () => {
  vi.stubGlobal('document', { cookie: '' })
  const database = await stocked()
  const { row, door } = await resident('wiping')
  const { asked, forgetting } = forgettingAt(door)
  isFull = true
  await forgetting.whatIsDue()
  expect(asked).toContain('destroyKeyring')
  expect(await held(database)).toEqual([[], [], []])
  expect((await door.vaults.get(row.device))?.state).toBe('wiping')

  isFull = false
  await forgetting.whatIsDue()
  expect((await door.vaults.get(row.device))?.state).toBe('wiped')
  expect(await database.outbox.count()).toBe(4)
  await door.vaults.delete(row.device)
  vi.unstubAllGlobals()
})

test('too many wrong passphrases on a full disk: the keys are gone all the same, and nobody is told of a fault', async () => {
  const database = await stocked()
  const { row, door } = await resident('ready')
  const { asked, forgetting } = forgettingAt(door)
  isFull = true
  await forgetting.spend(row)
  isFull = false
  expect(asked).toEqual(['destroyKeyring'])
  expect(await held(database)).toEqual([[], [], []])
  expect(await database.outbox.count()).toBe(4)
  await door.vaults.delete(row.device)
})

test('a clock set back does not lengthen anything; one jump forward does not end it for ever', () => {
  const hour = 3_600_000
  const noon = Date.parse('2026-11-22T10:00:00Z')
  let mark = seenAgain(noMark, noon)
  mark = seenAgain(mark, noon - 48 * hour)
  expect(today(mark, noon - 48 * hour)).toBe('2026-11-22')
  mark = seenAgain(mark, noon + 400 * 24 * hour)
  expect(today(mark, noon)).not.toBe('2026-11-22')
  mark = contactAt(new Date(noon).toISOString() as Parameters<typeof contactAt>[0], noon + 9 * hour)
  expect(heldTime(mark, noon + 10 * hour)).toBe(noon + hour)
})

test('before the first lease, its length counts from the enrolment', () => {
  const policy = { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 }
  expect(leaseEnd(undefined, { enrolledAt: 1000, policy })).toBe(1000 + 7 * 86_400_000)
})
