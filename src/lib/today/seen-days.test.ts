import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, toMoment, type Moment } from '#contract/day.ts'
import type { DeviceId, EntryId, UserId } from '#contract/id.ts'
import { now } from '#lib/device/clock.ts'
import { DoorDatabase, VaultDatabase } from '#lib/device/database.ts'
import type { Face } from '#lib/sync/face.ts'
import { OpenVault } from '#lib/vault/open-vault.ts'
import type { Resident } from '#lib/vault/room.ts'
import { lineTo, RoomHouse } from '#tests/support/vault-room.ts'
import type { FaceVisit } from './agenda.ts'
import { SeenDays } from './seen-days.svelte.ts'

const me = '019a9b2c-0000-7000-8000-00000000000a' as UserId
const office = '019a9b2c-0000-7000-8000-00000000000b' as UserId
const passphrase = 'kuusi harmaata varista katolla'
const today = dayAt(now())
const written = toMoment(now() - 3_600_000)
const looked = toMoment(now())
const moved = 'moved' as EntryId
const later = toMoment(now() + 60_000)

let devices = 0x10
let resident: Resident
let house: RoomHouse
let database: VaultDatabase

beforeEach(async () => {
  devices += 1
  const device = `019a9b2c-0000-7000-8000-0000000000${devices.toString(16)}` as DeviceId
  resident = { user: me, device, storage: 'opfs' }
  house = new RoomHouse()
  database = new VaultDatabase(device)
  const room = house.room()
  await room.prepare()
  await room.create({ resident, passphrase, leaseKey: 'x' })
})

/** As after every unlocking: another room, the same files. */
async function unlocked(): Promise<SeenDays> {
  const room = house.room()
  await room.unlock({ resident, by: { passphrase }, limit: 10, time: now() })
  const door = new DoorDatabase()
  return new SeenDays(new OpenVault({ resident, database, door, room: lineTo(room) }))
}

const visit = (id: string, more: Partial<FaceVisit> = {}, day = today, hour = 9) =>
  ({
    ...{ id, worker: me, state: 'planned', note: null, at: written, by: office },
    plannedStart: toMoment(instantOf(day, hour)),
    plannedEnd: toMoment(instantOf(day, hour + 1)),
    ...more
  }) as unknown as FaceVisit
const shown = (
  visits: readonly FaceVisit[],
  more: Partial<Face> = {},
  freshAt: Moment = looked
) => ({
  faces: [
    { id: 'aino', firstName: 'Aino', placeAt: written, visits, ...more }
  ] as unknown as Face[],
  freshAt
})
const told = ({ changes }: SeenDays) => changes.map(({ kind, at, visit: { id } }) => [id, kind, at])
const news = { at: later, by: office }

/** What a second look tells, after a first that knew the visits as they were. */
async function toldOf(before: FaceVisit[], after: FaceVisit[], more: Partial<Face> = {}) {
  const days = await unlocked()
  await days.look(shown(before))
  expect(told(days)).toEqual([])
  await days.look(shown(after, more, later))
  return told(days)
}

describe('what changed since the day was last looked at', () => {
  test('is a visit at another time, of another worker, cancelled, or new', async () => {
    const before = [visit('moved'), visit('away'), visit('off'), visit('same')]
    const after = [
      visit('moved', news, today, 14),
      visit('away', { ...news, worker: office }),
      visit('off', { ...news, state: 'cancelled-by-provider' }),
      visit('same', { at: later }),
      visit('new', news)
    ]
    const found = await toldOf(before, after)
    expect(new Map(found.map(([id, kind]) => [id, kind]))).toEqual(
      new Map([
        ['moved', 'moved'],
        ['away', 'away'],
        ['off', 'cancelled'],
        ['new', 'new']
      ])
    )
    expect(found.every(([, , at]) => at === later)).toBe(true)
  })

  test('is another address, told with every visit that is still to come', async () => {
    const two = [visit('today'), visit('tomorrow', {}, addDays(today, 1))]
    const past = visit('past', {}, addDays(today, -1))
    expect(await toldOf([past, ...two], [past, ...two], { placeAt: later })).toEqual([
      ['today', 'place', later],
      ['tomorrow', 'place', later]
    ])
  })

  test('is nothing that one did oneself, nothing of a colleague’s, and nothing that is over', async () => {
    const yesterday = addDays(today, -1)
    const before = [visit('own'), visit('begun'), visit('past', {}, yesterday)]
    const after = [
      visit('own', { at: later, by: me, state: 'cancelled-late' }),
      visit('begun', { at: later, by: me, state: 'started', startedAt: looked }),
      visit('past', news, yesterday, 15),
      visit('theirs', { ...news, worker: office })
    ]
    expect(await toldOf(before, after)).toEqual([])
  })

  test('is no visit that was planned long ago and only now comes into sight', async () => {
    const after = [visit('known'), visit('old', {}, addDays(today, 20))]
    expect(await toldOf([visit('known')], after)).toEqual([])
  })

  test('stays news over every lock, until it was seen; what changes again is news again', async () => {
    await (await unlocked()).look(shown([visit('moved'), visit('away')]))
    const after = shown([
      visit('moved', news, today, 14),
      visit('away', { ...news, worker: office })
    ])
    await (await unlocked()).look(after)
    const days = await unlocked()
    await days.look(after)
    expect(told(days).map(([id]) => id)).toEqual(['away', 'moved'])
    await days.saw(after, [moved])
    expect(told(days).map(([id]) => id)).toEqual(['away'])
    await days.saw(after, 'all')
    const anew = await unlocked()
    await anew.look(after)
    expect(told(anew)).toEqual([])
    await anew.look(shown([visit('moved', news, today, 16)]))
    expect(told(anew)).toEqual([['moved', 'moved', later]])
  })

  test('a new visit is news until it was seen, however often the days are looked at', async () => {
    const days = await unlocked()
    await days.look(shown([]))
    const after = shown([visit('new', news)], {}, later)
    await days.look(after)
    await (await unlocked()).look(after)
    const again = await unlocked()
    await again.look(after)
    expect(told(again)).toEqual([['new', 'new', later]])
  })

  test('is remembered sealed, and no time of a visit is in what is sealed', async () => {
    const days = await unlocked()
    await days.look(shown([visit('moved')]))
    const kept = await database.readMeta('daysSeen')
    const text = new TextDecoder('latin1').decode(kept?.sealed)
    expect(text).not.toContain('moved')
    const room = house.room()
    await room.unlock({ resident, by: { passphrase }, limit: 10, time: now() })
    const opened = await room.openOwn({ item: 'days-seen', revision: 0, sealed: kept!.sealed })
    const { visits } = opened as { visits: Record<string, string> }
    expect(Object.keys(visits)).toEqual([moved])
    expect(visits['moved']).toMatch(/^[0-9a-z]{1,7}$/)
    await days.look(shown([]))
    const after = await database.readMeta('daysSeen')
    const emptied = await room.openOwn({ item: 'days-seen', revision: 0, sealed: after!.sealed })
    expect(emptied).toMatchObject({ visits: {} })
  })
})
