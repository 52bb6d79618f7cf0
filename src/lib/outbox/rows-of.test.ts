import 'fake-indexeddb/auto'
import type { DBCore } from 'dexie'
import { expect, test } from 'vitest'
import type { Moment } from '#contract/day.ts'
import type { CustomershipId, DeviceId, OperationId } from '#contract/id.ts'
import { VaultDatabase, type OutboxRow } from '#lib/device/database.ts'
import { place } from './outbox.ts'
import { rowsOf } from './rows-of.ts'

let devices = 0
const fresh = () => new VaultDatabase(`rows-of-${(devices += 1)}` as DeviceId)

function row(seq: number, more: Partial<OutboxRow> = {}): OutboxRow {
  const id = crypto.randomUUID() as OperationId
  return {
    ...{ id, seq, customership: 'c' as CustomershipId, line: new ArrayBuffer(12), waiting: 1 },
    envelope: { id, seq, key: 'k', enc: 'e', sealedKey: 's', nonce: 'n', ciphertext: 'c' },
    ...{ attempted: false, writtenAt: 0, restsUntil: 0, ...more }
  }
}

const rows = Array.from({ length: 40 }, (_, index) => row(index + 1))

test.each([
  ['one after another', [3, 1, 2, 5]],
  ['far from each other', [40, 1, 20]],
  ['alone', [7]],
  ['none', []]
])('%s: in the order of what is asked for, and what is gone is told', async (_, numbers) => {
  const database = fresh()
  await database.outbox.bulkAdd(rows.filter(({ seq }) => seq !== 2))
  const asked = numbers.flatMap((seq) => rows[seq - 1] ?? [])
  const found = await rowsOf(database, asked)
  expect(found.map((one) => one?.seq)).toEqual(numbers.map((seq) => (seq === 2 ? undefined : seq)))
})

test('a note that follows a resting draft wakes it, and reads nothing of the month that was delivered', async () => {
  const database = fresh()
  const receipt = { outcome: 'applied' as const, at: '2026-11-22T10:00:00.000Z' as Moment }
  await database.outbox.bulkAdd(
    Array.from({ length: 500 }, (_, index) => row(index + 1, { waiting: 0, receipt }))
  )
  const other = row(501, { customership: 'd' as CustomershipId, restsUntil: 5 })
  const draft = row(502, { restsUntil: 5 })
  await database.outbox.bulkAdd([other, draft])
  await database.writeMeta('numbers', { last: 502 })
  let read = 0
  const counting = (core: DBCore): DBCore => ({
    ...core,
    table(name) {
      const table = core.table(name)
      return {
        ...table,
        async query(request) {
          const answer = await table.query(request)
          if (name === 'outbox') read += answer.result.length
          return answer
        }
      }
    }
  })
  database.use({ stack: 'dbcore', name: 'counting', create: counting })
  database.close({ disableAutoOpen: false })
  const note = row(503)
  const { id, customership } = note
  const copy = { id, customership, sealed: new ArrayBuffer(12) }
  expect(await place(database, { row: note, copy, replaces: false })).toBe(true)
  expect(read).toBeLessThanOrEqual(4)
  const rests = async (one: OutboxRow) => (await database.outbox.get(one.id))?.restsUntil
  expect([await rests(other), await rests(draft)]).toEqual([5, 0])
})
