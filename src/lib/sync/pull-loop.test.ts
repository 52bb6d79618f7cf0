import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import type { DeviceId, UserId } from '#contract/id.ts'
import { DoorDatabase, VaultDatabase } from '#lib/device/database.ts'
import { OpenVault } from '#lib/vault/open-vault.ts'
import { answerWith } from '#tests/support/push-stub.ts'
import { lineTo, RoomHouse } from '#tests/support/vault-room.ts'
import { PullLoop, type PullStatus } from './pull-loop.ts'

const page = new EventTarget()
Object.assign(globalThis, {
  document: Object.assign(page, { visibilityState: 'visible' }),
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page)
})

afterEach(() => vi.restoreAllMocks())

async function opened(): Promise<OpenVault> {
  const user = '019a9b2c-0000-7000-8000-00000000000a' as UserId
  const device = '019a9b2c-0000-7000-8000-0000000000c1' as DeviceId
  const resident = { user, device, storage: 'opfs' as const }
  const room = new RoomHouse().room()
  await room.prepare()
  await room.create({ resident, passphrase: 'kuusi harmaata varista katolla', leaseKey: 'AA' })
  const database = new VaultDatabase(device)
  return new OpenVault({ resident, database, door: new DoorDatabase(), room: lineTo(room) })
}

test('a network that comes back is tried soon again, however long it was gone', async () => {
  const told: PullStatus[] = []
  answerWith(() => {
    throw new TypeError('no network')
  })
  const planned = vi.spyOn(globalThis, 'setTimeout')
  const loop = new PullLoop(
    await opened(),
    { enter: () => undefined },
    { status: (status) => told.push(status), progress: () => undefined }
  )
  const failed = () => told.filter((status) => status === 'offline').length
  const waits: number[] = []
  for (let tries = 1; tries <= 8; tries += 1) {
    if (tries === 1) loop.start()
    else page.dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(failed()).toBe(tries))
    waits.push(planned.mock.lastCall?.[1] ?? 0)
  }
  loop.stop()
  // Without a chance in between the eighth failure in a row would rest for a minute.
  expect(Math.max(...waits)).toBeLessThanOrEqual(2500)
})
