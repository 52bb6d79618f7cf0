import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { CustomershipId, DeviceId, OperationId, UserId } from '#contract/id.ts'
import { DoorDatabase, VaultDatabase, type OutboxRow } from '#lib/device/database.ts'
import { answerWith, applied, envelopesIn, json, problem } from '#tests/support/push-stub.ts'
import { Courier } from './courier.ts'
import { untriedIn } from './resting.ts'

const device = '019a9b2c-0000-7000-8000-0000000000d1' as DeviceId
const day = 86_400_000

const page = new EventTarget()
Object.assign(globalThis, {
  document: Object.assign(page, { visibilityState: 'visible' }),
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page)
})

function draft(seq: number, restsUntil: number): OutboxRow {
  const id = crypto.randomUUID() as OperationId
  const customership = `5f0c2f3e-1111-4222-8333-${String(seq).padStart(12, '0')}` as CustomershipId
  return {
    ...{ id, seq, customership, line: new ArrayBuffer(12), waiting: 1 as const },
    envelope: { id, seq, key: 'k', enc: 'e', sealedKey: 's', nonce: 'n', ciphertext: 'c' },
    ...{ attempted: false, writtenAt: restsUntil - 10_000, restsUntil }
  }
}

test('a draft goes by itself after its rest, and at once when the clock was set back since', async () => {
  const policy = { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 }
  await new DoorDatabase().vaults.put({
    ...{ device, user: 'u' as UserId, userName: 'Helmi', storage: 'opfs', enrolledAt: 0 },
    ...{ usedAt: 0, policy, state: 'ready' }
  })
  const database = new VaultDatabase(device)
  const sent: number[] = []
  let isAwake = false
  answerWith((path, body) => {
    isAwake = true
    if (path !== '/api/sync/push') return json({ status: 404, code: 'not-found' }, 404)
    sent.push(...envelopesIn(body).map(({ seq }) => seq))
    return applied(body)
  })
  const courier = new Courier()
  courier.start()
  // Its first round is over, and it watches.
  await expect.poll(() => isAwake).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await database.outbox.add(draft(1, Date.now() + day))
  await expect.poll(() => sent, { timeout: 2000 }).toEqual([1])
  const rested = Date.now() + 1000
  await database.outbox.add(draft(2, rested))
  await expect.poll(() => sent, { timeout: 10_000 }).toEqual([1, 2])
  expect(Date.now()).toBeGreaterThanOrEqual(rested)
  courier.stop()
})

test('what the server would not take is not offered again at once, whatever was written of it here', async () => {
  const other = '019a9b2c-0000-7000-8000-0000000000d2' as DeviceId
  const policy = { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 }
  const door = new DoorDatabase()
  await door.vaults.clear()
  await door.vaults.put({
    ...{ device: other, user: 'u' as UserId, userName: 'Helmi', storage: 'opfs', enrolledAt: 0 },
    ...{ usedAt: 0, policy, state: 'ready' }
  })
  const database = new VaultDatabase(other)
  const refusals: (() => Response)[] = [
    () => problem(413, 'too-large'),
    () =>
      json({ safeThrough: null, results: [{ id, outcome: 'retry', at: '2026-11-22T10:00:00Z' }] })
  ]
  const row = { ...draft(1, 0), final: true as const }
  const { id } = row
  for (const [index, refuse] of refusals.entries()) {
    let pushes = 0
    answerWith((path) => {
      if (path !== '/api/sync/push') return json({ status: 404, code: 'not-found' }, 404)
      pushes += 1
      return refuse()
    })
    const courier = new Courier()
    await database.outbox.put({ ...row, seq: index + 1 })
    courier.start()
    await expect.poll(() => pushes).toBe(1)
    // A burst is gathered for a quarter of a second; the first rest after a failure is longer.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(pushes).toBe(1)
    // Nor is it taken for new when something else is written.
    expect((await untriedIn(database, Date.now())).isDue).toBe(false)
    courier.stop()
  }
})
