import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'
import { DoorDatabase, VaultDatabase, type DoorRow } from '#lib/device/database.ts'
import { Vault } from './vault.svelte.ts'
import type { Question } from './worker.ts'

const device = '019a9b2c-0000-7000-8000-0000000000d1' as DeviceId
const customership = '5f0c2f3e-1111-4222-8333-000000000001' as CustomershipId
const row: DoorRow = {
  device,
  user: '019a9b2c-0000-7000-8000-00000000000a' as UserId,
  userName: 'Helmi',
  storage: 'opfs',
  enrolledAt: Date.parse('2199-01-01T00:00:00Z'),
  usedAt: 1,
  policy: { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 },
  state: 'ready'
}

/** How many families lay here when the room was asked to open, and what it was asked before. */
let asked: { name: string; held: number }[] = []

/** Opens nothing. */
class ClosedRoom {
  onmessage: ((message: { data: unknown }) => void) | null = null
  onerror = null
  terminate(): void {}
  postMessage({ call, name }: Question): void {
    void new VaultDatabase(device).customerships.count().then((held) => {
      asked.push({ name, held })
      this.onmessage?.({ data: { call, value: { result: 'wrong', left: 9 } } })
    })
  }
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
  asked = []
  vi.stubGlobal('Worker', ClosedRoom)
  vi.resetModules()
})
afterEach(() => vi.unstubAllGlobals())

/** As a page does that has just come. */
const look = async () => (await import('./first-look.ts')).lookFirst()

test('§7 the lock stands at once, and nobody is let in before what is due is forgotten', async () => {
  await new DoorDatabase().vaults.put(row)
  await new VaultDatabase(device).customerships.put({
    ...{ id: customership, revision: 1, view: 'v', purgeAfter: '2020-01-01' as never },
    sealed: new ArrayBuffer(16)
  })
  const vault = new Vault(() => undefined, await look())
  expect(vault.state).toBe('locked')
  expect(vault.vaults).toEqual([row])
  expect(await vault.unlock({ passphrase: 'väärä' })).toBe('wrong')
  expect(asked).toEqual([
    { name: 'destroySlots', held: 0 },
    { name: 'unlock', held: 0 }
  ])
})

test.for<Partial<DoorRow> & { label?: string }>([
  { state: 'wiping' },
  { state: 'wiped' },
  { state: 'spent' },
  { label: 'Helmin tabletti' }
])(
  'a door at which something is still to change is drawn by nobody but the vault: %o',
  async (one) => {
    await new DoorDatabase().vaults.put({ ...row, ...one })
    expect(await look()).toEqual([])
  }
)

test('without a first look the vault begins as one that has not looked', async () => {
  expect(await look()).toEqual([])
  expect(new Vault(() => undefined, []).state).toBe('starting')
})
