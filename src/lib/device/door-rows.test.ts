import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test } from 'vitest'
import type { DeviceId, UserId } from '#contract/id.ts'
import { DoorDatabase, doorName, doorVersion, type DoorRow } from './database.ts'
import { readDoorRows } from './door-rows.ts'

const row: DoorRow = {
  device: '019a0000-0000-7000-8000-000000000002' as DeviceId,
  user: '019a0000-0000-7000-8000-000000000001' as UserId,
  userName: 'Aino',
  storage: 'opfs',
  enrolledAt: 1,
  usedAt: 1,
  policy: { autoLockMinutes: 5, offlineDays: 7, wrongPassphraseLimit: 10 },
  state: 'ready'
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

test('whoever lives here is read past the gateway, which opens and goes behind it as ever', async () => {
  const door = new DoorDatabase()
  await door.vaults.put(row)
  expect(await readDoorRows()).toEqual([row])
  await door.delete()
  expect(await indexedDB.databases()).toEqual([])
})

test('where nobody has been, looking leaves nothing behind', async () => {
  expect(await readDoorRows()).toEqual([])
  expect(await indexedDB.databases()).toEqual([])
})

test('what a newer version has made its own is not taken for what this one knows', async () => {
  await new Promise((resolve) => {
    const opening = indexedDB.open(doorName, (doorVersion + 1) * 10)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('vaults', { keyPath: 'device' }).put(row)
    }
    opening.onsuccess = () => {
      opening.result.close()
      resolve(null)
    }
  })
  expect(await readDoorRows()).toEqual([])
})

test('where storage is forbidden nobody is here', async () => {
  globalThis.indexedDB = undefined as unknown as IDBFactory
  expect(await readDoorRows()).toEqual([])
})
