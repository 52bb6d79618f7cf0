import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import type { DeviceId, UserId } from '#contract/id.ts'
import { forgetRegisterNames } from '#lib/vault/residents.ts'
import { DoorDatabase, type DoorRow } from './database.ts'
import { dropVisitEnd, keepVisitEnd, readVisitEnd } from './visit-end.ts'

const device = '019a9b2c-0000-7000-8000-0000000000d1' as DeviceId
const door = new DoorDatabase()
const row: DoorRow = {
  device,
  user: '019a9b2c-0000-7000-8000-00000000000a' as UserId,
  userName: 'Aino',
  storage: 'opfs',
  enrolledAt: 1,
  usedAt: 1,
  policy: { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 },
  state: 'ready',
  visitRuns: true
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  await door.vaults.put(row)
})

test('pressed twice, the first time is kept, until it is taken back', async () => {
  vi.setSystemTime(1000)
  await keepVisitEnd(door, device)
  vi.setSystemTime(61_000)
  await keepVisitEnd(door, device)
  expect(await readVisitEnd(door, device)).toBe(1000)
  await dropVisitEnd(door, device)
  await keepVisitEnd(door, device)
  expect(await readVisitEnd(door, device)).toBe(61_000)
})

test('where no visit runs, no time is kept', async () => {
  await door.vaults.put({ ...row, visitRuns: false })
  await keepVisitEnd(door, device)
  expect(await readVisitEnd(door, device)).toBe(null)
})

test('a tablet of an earlier version forgets the register’s name and the device’s at the door', async () => {
  const earlier = { ...row, userName: 'Aino Virtanen', label: 'Tabletti, Aino' }
  await door.vaults.put(earlier)
  await forgetRegisterNames(door)
  expect(await door.vaults.get(device)).toEqual(row)
  await door.vaults.update(device, { userName: 'Aino V' })
  await forgetRegisterNames(door)
  expect((await door.vaults.get(device))?.userName).toBe('Aino V')
})
