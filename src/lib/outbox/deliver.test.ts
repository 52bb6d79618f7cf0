import 'fake-indexeddb/auto'
import type { DBCore } from 'dexie'
import { expect, test, vi } from 'vitest'
import type { Moment } from '#contract/day.ts'
import type { CustomershipId, DeviceId, OperationId } from '#contract/id.ts'
import { VaultDatabase, type OutboxRow } from '#lib/device/database.ts'
import { isFullDisk } from '#lib/device/full-disk.ts'
import { fillDisk } from '#tests/support/full-disk.ts'
import { answerWith, applied, envelopesIn, json, problem } from '#tests/support/push-stub.ts'
import { deliver } from './deliver.ts'
import { lastNumber, outboxReport, place, placeTogether, stow } from './outbox.ts'
import { deliverAgain, letGo } from './receipts.ts'

const client = (n: number) =>
  `5f0c2f3e-1111-4222-8333-${String(n).padStart(12, '0')}` as CustomershipId
let devices = 0

let isFull = false
fillDisk(() => isFull)

function fresh(): { database: VaultDatabase; device: DeviceId } {
  devices += 1
  const device = `deliver-${devices}` as DeviceId
  return { database: new VaultDatabase(device), device }
}

function row(seq: number, customership: CustomershipId, more: Partial<OutboxRow> = {}): OutboxRow {
  const id = more.id ?? (crypto.randomUUID() as OperationId)
  return {
    id,
    seq,
    customership,
    envelope: { id, seq, key: 'k', enc: 'e', sealedKey: 's', nonce: 'n', ciphertext: 'c' },
    line: new ArrayBuffer(12),
    waiting: 1,
    attempted: false,
    writtenAt: 0,
    restsUntil: 0,
    ...more
  }
}

const copyOf = ({ id, customership }: OutboxRow) => ({
  id,
  customership,
  sealed: new ArrayBuffer(12)
})

async function write(database: VaultDatabase, ...rows: OutboxRow[]): Promise<void> {
  for (const one of rows) {
    expect(await place(database, { row: one, copy: copyOf(one), replaces: false })).toBe(true)
  }
}

const patience = (milliseconds: number) =>
  new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), milliseconds)
  })

const waitingIn = async (database: VaultDatabase) => (await outboxReport(database)).waiting

test('§12 what tells of reading and was damaged on this disk keeps its copy until it is sealed from it once more', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1), { quiet: true }), row(2, client(2), { quiet: true }))
  answerWith((_, body) => {
    const results = envelopesIn(body).map(({ id, seq }) => ({
      ...{ id, at: '2026-11-22T10:00:00.000Z' },
      ...(seq === 1 ? { outcome: 'refused', code: 'cannot-open' } : { outcome: 'applied' })
    }))
    return json({ safeThrough: null, results })
  })
  await deliver(database, device)
  const kept = await database.copies.toArray()
  expect(kept.map(({ customership }) => customership)).toEqual([client(1)])
})

test('§7 what is written of a client who had to go meanwhile waits for the server, and no copy of it stays', async () => {
  const { database } = fresh()
  await database.purges.put({ customership: client(1), slot: 'standing' })
  await write(database, row(1, client(1)), row(2, client(2)))
  const rows = [row(3, client(1)), row(4, client(2))]
  await placeTogether(
    database,
    rows.map((one) => ({ row: one, copy: copyOf(one) }))
  )
  expect(await waitingIn(database)).toEqual([1, 2, 3, 4])
  const kept = await database.copies.toArray()
  expect(kept.map(({ customership }) => customership)).toEqual([client(2), client(2)])
})

test('each number is given once, also when two tabs sealed the same one', async () => {
  const { database } = fresh()
  const [mine, theirs] = [row(1, client(1)), row(1, client(2))]
  const placed = await Promise.all(
    [mine, theirs].map((one) => place(database, { row: one, copy: copyOf(one), replaces: false }))
  )
  expect(placed.filter(Boolean).length).toBe(1)
  expect(await lastNumber(database)).toBe(1)
  expect(await database.copies.count()).toBe(1)
})

test('two tabs are one writer: what one has in hand the other leaves alone, and each note leaves once', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1)), row(2, client(1)))
  const seen: number[] = []
  const { promise: isHeard, resolve: hear } = Promise.withResolvers<undefined>()
  answerWith(async (_, body) => {
    seen.push(...envelopesIn(body).map(({ seq }) => seq))
    await isHeard
    return applied(body)
  })
  const first = deliver(database, device)
  await vi.waitFor(() => expect(seen).toEqual([1, 2]))
  const second = deliver(new VaultDatabase(device), device)
  // Whoever does not wait for the lock would have asked by then.
  const busy = await Promise.race([second, patience(500)])
  hear(undefined)
  expect(busy).toEqual({ state: 'busy', delivered: 0 })
  expect(await first).toMatchObject({ state: 'empty', delivered: 2 })
  expect(seen).toEqual([1, 2])
})

test('a draft takes its own place until a delivery was tried, and never after', async () => {
  const { database, device } = fresh()
  const draft = row(1, client(1), { restsUntil: 0 })
  await write(database, draft)
  const newer = { ...draft, envelope: { ...draft.envelope, nonce: 'm', ciphertext: 'newer' } }
  const placeNewer = (before: OutboxRow) =>
    place(database, { row: newer, copy: copyOf(newer), replaces: true, before })
  expect(await placeNewer(draft)).toBe(true)
  // Another tab has the draft of before in hand, to write on or to follow.
  expect(await placeNewer(draft)).toBe(false)
  const next = row(2, client(1))
  const following = { row: next, copy: copyOf(next), replaces: false, before: draft }
  expect(await place(database, following)).toBe(false)
  expect(await outboxReport(database)).toEqual({ last: 1, waiting: [1] })
  answerWith(() => Promise.reject(new TypeError('no network')))
  await deliver(database, device)
  expect(await placeNewer(newer)).toBe(false)
  expect((await database.cargo.get(draft.id))?.ciphertext).toBe('newer')
})

test('the attempt is on the disk before a byte leaves, unless nothing could take its place', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1)), row(2, client(2), { final: true }), row(3, client(3)))
  answerWith(async (_, body) => {
    const rows = await database.outbox.orderBy('seq').toArray()
    expect(rows.map(({ attempted }) => attempted)).toEqual([true, false, true])
    return applied(body)
  })
  expect(await deliver(database, device)).toMatchObject({ state: 'empty', delivered: 3 })
})

test('a full disk still hands over what is signed; a draft that it has no room to mark waits', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1)), row(2, client(2), { final: true }))
  const sent: number[][] = []
  answerWith((_, body) => {
    sent.push(envelopesIn(body).map(({ seq }) => seq))
    return applied(body)
  })
  isFull = true
  await expect(deliver(database, device)).rejects.toSatisfy(isFullDisk)
  expect(sent).toEqual([[2]])
  isFull = false
  expect(await deliver(database, device)).toMatchObject({ state: 'empty', delivered: 2 })
})

test('what was made ready behind one that got no final answer is not sent', async () => {
  const { database, device } = fresh()
  const client1 = [50, 250, 380]
  const rows = Array.from({ length: 410 }, (_, index) => {
    const seq = index + 1
    return row(seq, client(client1.includes(seq) ? 1 : seq + 1))
  })
  await write(database, ...rows)
  const seen: number[][] = []
  const untold: number[] = []
  let last: number[] = []
  answerWith((_, body) => {
    const envelopes = envelopesIn(body)
    const { waiting } = (body as { outbox: { waiting: number[] } }).outbox
    last = waiting
    const told = new Set([...seen.flat(), ...envelopes.map(({ seq }) => seq), ...waiting])
    untold.push(...rows.flatMap(({ seq }) => (told.has(seq) ? [] : [seq])))
    seen.push(envelopes.map(({ seq }) => seq))
    const at = '2026-11-22T10:00:00.000Z'
    const outcomeOf = (seq: number) => (seq === 50 ? 'retry' : 'applied')
    const results = envelopes.map(({ id, seq }) => ({ id, outcome: outcomeOf(seq), at }))
    return json({ safeThrough: null, results })
  })
  expect(await deliver(database, device)).toMatchObject({ state: 'later', delivered: 407 })
  expect(seen.flat().filter((seq) => client1.includes(seq))).toEqual([50])
  expect(new Set(seen.flat()).size).toBe(seen.flat().length)
  // Each request tells what waits beside it, and in the end nothing of what was answered before it.
  expect(untold).toEqual([])
  expect(last.filter((seq) => seq <= 400)).toEqual(client1)
  expect(await waitingIn(database)).toEqual(client1)
})

test('what is written while a request is on its way is told of in the next one', async () => {
  const { database, device } = fresh()
  const rows = Array.from({ length: 210 }, (_, index) => row(index + 1, client(index + 1)))
  await write(database, ...rows)
  const told: { last: number; waiting: number[]; sent: number[] }[] = []
  answerWith(async (_, body) => {
    const { outbox } = body as { outbox: { last: number; waiting: number[] } }
    told.push({ ...outbox, sent: envelopesIn(body).map(({ seq }) => seq) })
    if (told.length === 1) await write(database, row(211, client(1)))
    return applied(body)
  })
  expect(await deliver(database, device)).toMatchObject({ state: 'empty', delivered: 211 })
  // Never a higher number than those that are named: the server would take one for lost.
  const isNamed = ({ last, waiting, sent }: (typeof told)[number]) =>
    last === 210 || waiting.includes(211) || sent.includes(211)
  expect(told.filter((one) => !isNamed(one))).toEqual([])
  expect(told.at(-1)?.last).toBe(211)
  expect(await waitingIn(database)).toEqual([])
})

/** Requests that wait for their answers until they are let go, in any order. */
function answersByHand() {
  const requests: {
    readonly seqs: readonly number[]
    readonly answer: (response: Response) => void
  }[] = []
  answerWith((_, body) => {
    const { promise, resolve } = Promise.withResolvers<Response>()
    requests.push({ seqs: envelopesIn(body).map(({ seq }) => seq), answer: resolve })
    return promise
  })
  return requests
}

const inLanes = (count: number, lanes: number, more: Partial<OutboxRow> = {}) =>
  Array.from({ length: count }, (_, index) => row(index + 1, client(index % lanes), more))

test('what fills several requests goes by two at a time, and no client is in both', async () => {
  const { database, device } = fresh()
  const rows = inLanes(250, 5)
  await write(database, ...rows)
  const laneOf = (seq: number) => (seq - 1) % 5
  const onTheirWay = new Set<number>()
  let [most, atOnce] = [0, 0]
  const seen: number[] = []
  answerWith(async (_, body) => {
    const seqs = envelopesIn(body).map(({ seq }) => seq)
    const lanes = new Set(seqs.map(laneOf))
    expect([...lanes].filter((lane) => onTheirWay.has(lane))).toEqual([])
    for (const lane of lanes) onTheirWay.add(lane)
    most = Math.max(most, (atOnce += 1))
    seen.push(...seqs)
    await (most < 2 ? patience(200) : null)
    for (const lane of lanes) onTheirWay.delete(lane)
    atOnce -= 1
    return applied(body)
  })
  expect(await deliver(database, device)).toMatchObject({ state: 'empty', delivered: 250 })
  expect(most).toBe(2)
  for (let lane = 0; lane < 5; lane += 1) {
    const mine = seen.filter((seq) => laneOf(seq) === lane)
    expect(mine).toEqual(rows.flatMap(({ seq }) => (laneOf(seq) === lane ? [seq] : [])))
  }
})

test('what fits into one request goes in one, and what is of one client goes after each other', async () => {
  for (const [count, lanes] of [
    [100, 5],
    [150, 1]
  ] as const) {
    const { database, device } = fresh()
    await write(database, ...inLanes(count, lanes))
    const requests = answersByHand()
    const delivery = deliver(database, device)
    await vi.waitFor(() => expect(requests).toHaveLength(1))
    await patience(50)
    expect(requests.map(({ seqs }) => seqs.length)).toEqual([100])
    requests[0]?.answer(json({ safeThrough: null, results: [] }))
    // None of its answers was final: what is behind them waits too.
    expect(await delivery).toMatchObject({ state: 'later', delivered: 0 })
  }
})

test('of two requests on their way one may fail: the other is kept, and nothing is taken for delivered', async () => {
  const { database, device } = fresh()
  await write(database, ...inLanes(252, 6))
  const requests = answersByHand()
  const delivery = deliver(database, device)
  await vi.waitFor(() => expect(requests).toHaveLength(2))
  const [one, other] = requests.splice(0)
  const at = '2026-11-22T10:00:00.000Z'
  const rows = await database.outbox
    .where('seq')
    .anyOf([...(other?.seqs ?? [])])
    .toArray()
  other?.answer(
    json({ safeThrough: null, results: rows.map(({ id }) => ({ id, outcome: 'applied', at })) })
  )
  await vi.waitFor(() => expect(requests).toHaveLength(1))
  one?.answer(problem(503, 'starting'))
  requests[0]?.answer(problem(503, 'starting'))
  expect(await delivery).toMatchObject({ state: 'later', code: 'starting', delivered: 100 })
  const waiting = await waitingIn(database)
  expect(waiting).toHaveLength(152)
  expect(waiting.filter((seq) => other?.seqs.includes(seq))).toEqual([])
})

test('pictures wait until the words of both halves have been answered', async () => {
  const { database, device } = fresh()
  const freight = { freight: true, quiet: true } as const
  await write(
    database,
    row(1, client(0), freight),
    ...inLanes(250, 5).map((one) => ({ ...one, seq: one.seq + 1 }))
  )
  const order: string[] = []
  answerWith(async (_, body) => {
    const seqs = envelopesIn(body).map(({ seq }) => seq)
    order.push(seqs.includes(1) ? 'picture' : 'words')
    // One half is long done before the other.
    await patience(seqs.includes(2) ? 300 : 1)
    order.push('answered')
    return applied(body)
  })
  expect(await deliver(database, device)).toMatchObject({ state: 'empty', delivered: 251 })
  expect(order.slice(-2)).toEqual(['picture', 'answered'])
  const before = order.slice(0, -2)
  expect(before.filter((one) => one === 'words').length).toBe(
    before.filter((one) => one === 'answered').length
  )
})

test('a draft that is written on before its turn comes goes as it then is', async () => {
  const { database, device } = fresh()
  const others = Array.from({ length: 200 }, (_, index) => row(index + 1, client(index + 2)))
  const draft = row(201, client(1), { restsUntil: Date.now() - 1 })
  await write(database, ...others, draft)
  const sent: string[][] = []
  answerWith(async (_, body) => {
    for (const { seq, nonce, ciphertext } of envelopesIn(body))
      if (seq === 201) sent.push([nonce, ciphertext])
    if (sent.length === 0 && envelopesIn(body).some(({ seq }) => seq === 1)) {
      const newer = { ...draft, envelope: { ...draft.envelope, nonce: 'm', ciphertext: 'newer' } }
      const placing = { row: newer, copy: copyOf(newer), replaces: true, before: draft }
      expect(await place(database, placing)).toBe(true)
    }
    return applied(body)
  })
  await deliver(database, device)
  expect(sent).toEqual([['m', 'newer']])
})

test('a disk that takes no receipt ends the delivery, and what has none goes once more', async () => {
  const { database, device } = fresh()
  const rows = Array.from({ length: 250 }, (_, index) => row(index + 1, client(index + 1)))
  await write(database, ...rows.map((one) => ({ ...one, final: true as const })))
  const seen: number[] = []
  answerWith((_, body) => {
    seen.push(...envelopesIn(body).map(({ seq }) => seq))
    return applied(body)
  })
  const full = vi.spyOn(database.outbox, 'bulkPut')
  full.mockImplementation(() => Promise.reject(new Error('the disk is full')) as never)
  await expect(deliver(database, device)).rejects.toThrow('the disk is full')
  expect((await waitingIn(database)).length).toBe(250)
  full.mockRestore()
  expect(await deliver(database, device)).toMatchObject({ state: 'empty', delivered: 250 })
  expect(new Set(seen).size).toBe(250)
})

interface Work {
  outbox: number
  cargo: number
  /** How often it was asked for what envelopes hold. */
  contents: number
  /** How often the browser was asked for rows of the outbox: each question is a way to its other process and back. */
  questions: number
  transactions: number
  requests: number
}

/** What a delivery of so many notes, ten times as many being kept, reads and asks. */
async function workFor(count: number, keptContents = 0): Promise<Work> {
  const { database, device } = fresh()
  const read: Work = {
    outbox: 0,
    cargo: 0,
    contents: 0,
    questions: 0,
    transactions: 0,
    requests: 0
  }
  const counting = (core: DBCore): DBCore => ({
    ...core,
    transaction(...given) {
      read.transactions += 1
      return core.transaction(...given)
    },
    table(name) {
      const table = core.table(name)
      if (name !== 'outbox' && name !== 'cargo') return table
      const add = (rows: readonly unknown[]) => (read[name] += rows.length)
      const ask = (questions: number) => {
        if (name === 'outbox') read.questions += questions
        else read.contents += questions
      }
      return {
        ...table,
        async query(request) {
          ask(1)
          const answer = await table.query(request)
          if (request.values !== false) add(answer.result)
          return answer
        },
        async getMany(request) {
          ask(request.keys.length)
          const rows = (await table.getMany(request)) as unknown[]
          add(rows)
          return rows
        },
        async get(request) {
          ask(1)
          const row = (await table.get(request)) as unknown
          add([row])
          return row
        },
        async openCursor(request) {
          const cursor = await table.openCursor(request)
          if (cursor) {
            const start = cursor.start.bind(cursor)
            cursor.start = (next) =>
              start(() => {
                ask(1)
                add([cursor])
                next()
              })
          }
          return cursor
        }
      }
    }
  })
  database.use({ stack: 'dbcore', name: 'counting', create: counting })
  const receipt = { outcome: 'applied' as const, at: '2026-11-22T10:00:00.000Z' as Moment }
  const kept = Array.from({ length: 10 * count }, (_, index) =>
    row(index + 1, client(index % 60), { waiting: 0, receipt })
  )
  const due = Array.from({ length: count }, (_, index) =>
    row(10 * count + index + 1, client(index % 60), { final: true, cargo: 1 })
  )
  await database.outbox.bulkAdd([...kept, ...due])
  await database.writeMeta('numbers', { last: 11 * count })
  await database.cargo.bulkAdd(due.map(({ id }) => ({ id, ciphertext: 'c' })))
  await database.cargo.bulkAdd(
    kept.slice(0, keptContents).map(({ id }) => ({ id, ciphertext: 'kept' }))
  )
  Object.assign(read, { outbox: 0, cargo: 0, contents: 0, questions: 0, transactions: 0 })
  answerWith((_, body) => {
    read.requests += 1
    const at = '2026-11-22T10:00:00.000Z'
    const results = envelopesIn(body).map(({ id }) => ({ id, outcome: 'applied', at }))
    return json({ safeThrough: 0, missing: [], results })
  })
  await deliver(database, device)
  const worked = { ...read }
  expect(await waitingIn(database)).toEqual([])
  return worked
}

test('a delivery reads each note a few times, however many wait or are kept, and its envelope once', async () => {
  const worked = await workFor(400)
  expect(worked.outbox).toBeLessThanOrEqual(2 * 400)
  expect(worked.cargo).toBe(400)
  expect(worked.contents).toBe(1)
})

test('of many envelopes that are kept only those are read that leave', async () => {
  const worked = await workFor(100, 1000)
  expect(worked.cargo).toBe(100)
})

test('a full request takes the disk two transactions and a handful of questions, however many notes are in it', async () => {
  const { requests, transactions, questions } = await workFor(1000)
  expect(requests).toBe(10)
  expect(transactions).toBeLessThanOrEqual(2 * requests + 6)
  expect(questions).toBeLessThanOrEqual(2 * requests)
})

test.each<[string, () => Response]>([
  ['a network that is gone', () => Response.error()],
  [
    'a captive portal',
    () => new Response('<html>Welcome</html>', { headers: { 'Content-Type': 'text/html' } })
  ],
  ['a portal that says JSON', () => json({ hello: 'guest' })],
  ['a server in trouble', () => problem(503, 'store-unavailable')],
  ['a gateway in trouble', () => new Response('Bad gateway', { status: 502 })],
  ['a session that ended', () => problem(401, 'not-signed-in')],
  ['a lost cookie', () => problem(404, 'not-found')],
  ['too many at once', () => problem(429, 'too-many', { 'Retry-After': '7' })],
  ['an envelope refused as malformed', () => problem(400, 'malformed')],
  ['a conflict', () => problem(409, 'conflict')],
  ['something that is said to be gone', () => problem(410, 'gone')],
  ['a rule that nobody here knows', () => problem(422, 'invalid')],
  ['a server that failed', () => problem(500, 'internal')],
  ...[200, 401, 403, 404, 409, 410, 422, 429, 500, 503].map((status): [string, () => Response] => [
    `somebody's login page that says ${status}`,
    () => new Response('<form>', { status, headers: { 'Content-Type': 'text/html' } })
  ])
])('%s discards nothing', async (_, answer) => {
  const { database, device } = fresh()
  await write(database, row(1, client(1)), row(2, client(2)))
  answerWith(() => {
    const response = answer()
    if (response.type === 'error') throw new TypeError('no network')
    return response
  })
  const { state, retryAfterSeconds } = await deliver(database, device)
  expect(state).toBe('later')
  expect(await waitingIn(database)).toEqual([1, 2])
  if (answer().headers.has('Retry-After')) expect(retryAfterSeconds).toBe(7)
  // Whoever stands in between says nothing of a note, whatever its page says.
  const isOurs = answer().headers.get('Content-Type')?.startsWith('application/problem+json')
  const troubled = (await database.outbox.toArray()).filter(({ trouble }) => trouble !== undefined)
  if (!isOurs) expect(troubled).toEqual([])
  answerWith((__, body) => applied(body))
  expect((await deliver(database, device)).state).toBe('empty')
})

test('order is kept per customership, and one that must wait holds up nobody else', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1)), row(2, client(2)), row(3, client(1)), row(4, client(2)))
  const seen: number[][] = []
  answerWith((_, body) => {
    const envelopes = envelopesIn(body)
    seen.push(envelopes.map(({ seq }) => seq))
    return json({
      safeThrough: null,
      results: envelopes.map(({ id, seq }) => ({
        id,
        outcome: seq % 2 === 1 ? 'retry' : 'applied',
        at: '2026-11-22T10:00:00.000Z'
      }))
    })
  })
  expect((await deliver(database, device)).state).toBe('later')
  expect(seen).toEqual([[1, 2, 3, 4]])
  expect(await waitingIn(database)).toEqual([1, 3])
})

test('one envelope that the server cannot take does not hold up the others', async () => {
  const { database, device } = fresh()
  const poisoned = 7
  await write(
    database,
    ...Array.from({ length: 20 }, (_, index) => row(index + 1, client(index + 1)))
  )
  answerWith((_, body) =>
    envelopesIn(body).some(({ seq }) => seq === poisoned)
      ? problem(413, 'too-large')
      : applied(body)
  )
  await deliver(database, device)
  expect(await waitingIn(database)).toEqual([poisoned])
  expect((await database.outbox.where('waiting').equals(1).first())?.trouble).toBe('too-large')
})

test('at most 100 envelopes and 900 KiB leave at once', async () => {
  const { database, device } = fresh()
  const ciphertext = 'c'.repeat(200_000)
  const rows = Array.from({ length: 108 }, (_, index) => row(index + 1, client(index % 9)))
  await write(
    database,
    ...rows.map((one, index) =>
      index < 8 ? { ...one, envelope: { ...one.envelope, ciphertext } } : one
    )
  )
  const sizes: number[] = []
  answerWith((_, body) => {
    expect(JSON.stringify(body).length).toBeLessThanOrEqual(900 * 1024)
    sizes.push(envelopesIn(body).length)
    return applied(body)
  })
  expect((await deliver(database, device)).state).toBe('empty')
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100)
})

test('a resting draft waits with what follows it, until something else of its client is written', async () => {
  const { database, device } = fresh()
  const soon = Date.now() + 10_000
  await write(database, row(1, client(1), { restsUntil: soon }), row(2, client(2)))
  answerWith((_, body) => applied(body))
  await deliver(database, device)
  expect(await waitingIn(database)).toEqual([1])
  await write(database, row(3, client(1)))
  await deliver(database, device)
  expect(await waitingIn(database)).toEqual([])
})

test('a clock that was set back does not make a draft rest for ever', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1), { restsUntil: Date.now() + 86_400_000 }))
  answerWith((_, body) => applied(body))
  expect((await deliver(database, device)).state).toBe('empty')
})

test('what the server has no key for waits to be sealed anew, and is not sent as it is', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1)))
  let requests = 0
  answerWith((_, body) => {
    requests += 1
    return json({
      safeThrough: null,
      results: envelopesIn(body).map(({ id }) => ({
        id,
        outcome: 'retry',
        code: 'unknown-key',
        at: '2026-11-22T10:00:00.000Z'
      }))
    })
  })
  await deliver(database, device)
  await deliver(database, device)
  expect(requests).toBe(1)
  expect((await database.outbox.toArray())[0]).toMatchObject({ waiting: 1, sealAnew: true })
})

test('delivered envelopes stay until a backup holds them, and go again to a restored server', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1)), row(2, client(2)), row(3, client(3)))
  answerWith((_, body) => applied(body))
  await deliver(database, device)
  const received = Date.parse('2026-11-22T10:00:00.000Z')
  await letGo(database, 1, received)
  expect((await database.outbox.toArray()).map(({ seq }) => seq).sort()).toEqual([2, 3])
  await deliverAgain(database, { after: 1 })
  expect(await waitingIn(database)).toEqual([2, 3])
  expect((await database.outbox.toArray()).some(({ receipt }) => receipt)).toBe(false)
  await deliver(database, device)
  await letGo(database, null, received + 31 * 86_400_000)
  expect(await database.outbox.count()).toBe(0)
})

test('§12 what only tells of reading goes after every word, waits for no draft and holds up nobody', async () => {
  const { database, device } = fresh()
  const quiet = { quiet: true } as const
  const soon = Date.now() + 10_000
  await write(
    database,
    row(1, client(1), quiet),
    row(2, client(2), { restsUntil: soon }),
    row(3, client(2), quiet),
    row(4, client(1))
  )
  const seen: number[] = []
  answerWith((_, body) => {
    const envelopes = envelopesIn(body)
    seen.push(...envelopes.map(({ seq }) => seq))
    return json({
      safeThrough: null,
      results: envelopes.map(({ id, seq }) => ({
        id,
        outcome: seq === 1 ? 'retry' : 'applied',
        at: '2026-11-22T10:00:00.000Z'
      }))
    })
  })
  await deliver(database, device)
  expect(seen).toEqual([4, 1, 3])
  await write(database, row(5, client(1)))
  await deliver(database, device)
  expect(seen.slice(3)).toEqual([5, 1])
  expect(await waitingIn(database)).toEqual([1, 2])
})

test('the copy of what only tells of reading goes with its receipt', async () => {
  const { database, device } = fresh()
  await write(database, row(1, client(1), { quiet: true }), row(2, client(1)))
  answerWith((_, body) => applied(body))
  await deliver(database, device)
  const [kept, ...others] = await database.copies.toArray()
  expect([others.length, (await database.outbox.get(kept!.id))?.seq]).toEqual([0, 2])
})

test('text goes before document parts, whosever they are, and never in the same request', async () => {
  const { database, device } = fresh()
  const freight = { freight: true, quiet: true } as const
  await write(
    database,
    row(1, client(1), freight),
    row(2, client(1), { freight: true }),
    row(3, client(2)),
    row(4, client(1))
  )
  const requests: number[][] = []
  answerWith(async (_, body) => {
    requests.push(envelopesIn(body).map(({ seq }) => seq))
    // A word that is written while a picture is on its way goes next.
    if (requests.length === 2) await write(database, row(5, client(3)), row(6, client(2), freight))
    return applied(body)
  })
  expect(await deliver(database, device)).toMatchObject({ state: 'empty', delivered: 6 })
  expect(requests).toEqual([[3, 4], [1, 2], [5], [6]])
})

test('a word that is written while words are on their way goes before the documents that wait', async () => {
  const { database, device } = fresh()
  const freight = { freight: true, quiet: true, final: true } as const
  await write(database, row(1, client(1), freight), row(2, client(2)))
  const requests: number[][] = []
  answerWith(async (_, body) => {
    requests.push(envelopesIn(body).map(({ seq }) => seq))
    if (requests.length === 1) {
      // By now the next request is made ready.
      await new Promise((resolve) => setTimeout(resolve, 100))
      await write(database, row(3, client(3)))
    }
    return applied(body)
  })
  expect(await deliver(database, device)).toMatchObject({ state: 'empty', delivered: 3 })
  expect(requests).toEqual([[2], [3], [1]])
})

test('a part that must wait holds up the rest of its document, and no word of its client', async () => {
  const { database, device } = fresh()
  const freight = { freight: true, quiet: true } as const
  await write(
    database,
    row(1, client(1), freight),
    row(2, client(1), { freight: true }),
    row(3, client(2), freight)
  )
  const seen: number[] = []
  answerWith(async (_, body) => {
    const envelopes = envelopesIn(body)
    seen.push(...envelopes.map(({ seq }) => seq))
    if (seen.length === 3) await write(database, row(4, client(1)))
    const outcomeOf = (seq: number) => (seq < 3 ? 'retry' : 'applied')
    const at = '2026-11-22T10:00:00.000Z'
    const results = envelopes.map(({ id, seq }) => ({ id, outcome: outcomeOf(seq), at }))
    return json({ safeThrough: null, results })
  })
  await deliver(database, device)
  expect(seen).toEqual([1, 2, 3, 4])
  expect(await waitingIn(database)).toEqual([1, 2])
})

test('a picture lies beside the outbox, travels in its envelope, and goes with it', async () => {
  const { database, device } = fresh()
  const heavy = row(1, client(1), { freight: true, quiet: true })
  const light = await stow(database, { ...heavy, envelope: { ...heavy.envelope, ciphertext: 'x' } })
  await write(database, light)
  answerWith((_, body) => {
    expect(envelopesIn(body).map(({ ciphertext }) => ciphertext)).toEqual(['x'])
    return applied(body)
  })
  await deliver(database, device)
  expect((await database.outbox.get(heavy.id))?.envelope.ciphertext).toBe('')
  await letGo(database, null, Date.now())
  expect(await database.cargo.count()).toBe(1)
  await letGo(database, 1, Date.now())
  expect([await database.cargo.count(), await database.outbox.count()]).toEqual([0, 0])
})
