import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { pushLimits } from '#contract/push.ts'
import { rescueFileBytes } from '#contract/rescue-format.ts'
import { rescueFileSchema } from '#contract/rescue.ts'
import { type OutboxRow, VaultDatabase } from '#lib/device/database.ts'
import { deviceIdSchema } from '#contract/id.ts'
import { rescueFiles } from './file.ts'
import { batchesOf, requestLimits } from './send.ts'
import { readOutbox, residents, takeOutbox, type Outbox, type Waiting } from './stored.ts'

const device = '01935b2e-7c00-7000-8000-000000000001'

function waiting(count: number, bytes = 100, kind: Waiting['kind'] = 'word'): Waiting[] {
  return Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    customership: crypto.randomUUID(),
    envelope: { id: crypto.randomUUID(), seq: index + 1, ciphertext: 'A'.repeat(bytes) },
    writtenAt: null,
    kind
  }))
}

const outbox = (all: readonly Waiting[]): Outbox => ({ device, last: all.length, waiting: all })

test('no request is more than the server takes, and no word travels with a picture', () => {
  expect(requestLimits.envelopes).toBeLessThanOrEqual(pushLimits.envelopes)
  expect(requestLimits.bytes + 64 * 1024).toBeLessThanOrEqual(pushLimits.bytes)
  const all = [...waiting(250), ...waiting(9, 300_000, 'freight')]
  const batches = batchesOf(all)
  expect(batches.flat()).toEqual(all)
  expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50, 2, 2, 2, 2, 1])
})

test('a large outbox becomes several files, each of which the office takes, with every envelope once', () => {
  const all = waiting(40, 1_000_000)
  const texts = rescueFiles([outbox(all), outbox(waiting(0))])
  expect(texts.length).toBeGreaterThan(1)
  for (const text of texts) expect(text.length).toBeLessThan(rescueFileBytes)
  const files = texts.map((text) => rescueFileSchema.parse(JSON.parse(text)))
  const ids = files.flatMap(({ devices }) => devices.flatMap(({ envelopes }) => envelopes))
  expect(ids.map(({ id }) => id)).toEqual(all.map(({ envelope }) => envelope.id))
  for (const { devices } of files) expect(devices[0]?.outbox.waiting).toHaveLength(40)
})

test('looking changes nothing; what leaves is marked, so that no later draft takes its place', async () => {
  const database = new VaultDatabase(deviceIdSchema.parse(device))
  const row = (seq: number, more: object): unknown => ({
    id: crypto.randomUUID(),
    seq,
    customership: crypto.randomUUID(),
    envelope: { seq, ciphertext: 'A' },
    waiting: 1,
    attempted: false,
    writtenAt: seq,
    ...more
  })
  const rows = [
    row(1, { freight: true, cargo: 5, envelope: { seq: 1, ciphertext: '' } }),
    row(2, {}),
    row(3, { waiting: 0 })
  ] as OutboxRow[]
  await database.outbox.bulkPut(rows)
  const written = await database.outbox.orderBy('seq').toArray()
  await database.cargo.put({ id: rows[0]?.id as OutboxRow['id'], ciphertext: 'CARGO' })
  await database.writeMeta('numbers', { last: 7 })

  expect((await residents()).map((one) => one.device)).toEqual([device])
  const { last, waiting: found } = await readOutbox(device)
  expect(last).toBe(7)
  expect(found.map(({ seq, kind, envelope }) => [seq, kind, envelope['ciphertext']])).toEqual([
    [2, 'word', 'A'],
    [1, 'freight', 'CARGO']
  ])
  expect(await database.outbox.orderBy('seq').toArray()).toEqual(written)

  await takeOutbox(device)
  expect(await database.outbox.orderBy('seq').toArray()).toEqual(
    written.map((one) => (one.waiting === 1 ? { ...one, attempted: true } : one))
  )
})

test('an upgrade that throws half-way leaves an outbox that this page reads and marks as before', async () => {
  const other = deviceIdSchema.parse('01935b2e-7c00-7000-8000-000000000002')
  const database = new VaultDatabase(other)
  const written = {
    id: crypto.randomUUID(),
    seq: 1,
    customership: crypto.randomUUID(),
    envelope: { seq: 1, ciphertext: 'A' },
    waiting: 1,
    attempted: false,
    writtenAt: 1
  } as unknown as OutboxRow
  await database.outbox.put(written)
  const before = await readOutbox(other)
  database.close()

  const next = new VaultDatabase(other)
  const reached: string[] = []
  next
    .version(4)
    .stores({ outbox: 'id, &seq, waiting, customership, writtenAt', newer: 'id' })
    .upgrade(async (change) => {
      await change
        .table('outbox')
        .toCollection()
        .modify((row: { envelope?: unknown }) => {
          delete row.envelope
        })
      reached.push('rewritten')
      throw new Error('it fails')
    })
  await expect(next.open()).rejects.toThrow()
  expect(reached).toEqual(['rewritten'])
  expect(before.waiting).toHaveLength(1)
  expect(await readOutbox(other)).toEqual(before)
  expect(await takeOutbox(other)).toEqual(before)
  expect(await new VaultDatabase(other).outbox.toArray()).toMatchObject([
    { ...written, attempted: true }
  ])
})
