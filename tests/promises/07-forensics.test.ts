import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyRecord } from '#contract/closing.ts'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { endingAnswerSchema, endingsAnswerSchema } from '#contract/ending.ts'
import { storedKinds } from '#contract/entry-kind.ts'
import { customershipIdSchema } from '#contract/id.ts'
import { systemClock } from '#server/clock.ts'
import type { User } from '#server/store/users.ts'
import { Canaries } from '#tests/support/canaries.ts'
import { Forensics } from '#tests/support/forensics.ts'
import { newEntryId } from '#tests/support/people.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

/** Sixteen random bytes, sung wherever a field may say anything. */
const song = () => `kanaria ${randomBytes(16).toString('hex')}`
const songs: string[] = []
const sing = (): string => {
  const sung = song()
  songs.push(sung)
  return sung
}

const id = customershipIdSchema.parse(randomUUID())
/** There is nothing of it but an operation that awaits a decision, and its deadline came while the server was off. */
const overdue = customershipIdSchema.parse(randomUUID())
let world: World
let mainUser: User
let office: Client
let server: ServerProcess
let tablet: WireTablet
let forensics: Forensics

/** A canary in every field of every kind, in a page, a part of one, the ending's record and a held operation. */
beforeAll(async () => {
  world = await World.create({ now: systemClock.now() })
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  const worker = await world.user({ role: 'worker' })
  const [decision, visit, document] = [newEntryId(world), newEntryId(world), newEntryId(world)]
  const canaries = new Canaries(
    {
      'assignment.worker': worker.id,
      'assignment.tasks': ['care'],
      'assignment.from': '2026-01-01',
      'assignment.until': undefined,
      'decision.organiser': 'mallikunta',
      'decision.controller': 'organiser',
      'decision.product': 'home-service',
      'visit.worker': worker.id,
      'visit.decision': decision,
      'visit.product': 'home-service',
      'visit.state': 'completed',
      'visit.forkOf': undefined,
      'note.visit': visit,
      'note.template': 'home-service',
      'note.state': 'signed',
      'note.forkOf': undefined,
      'note.amends': undefined,
      'note.mergedInto': undefined,
      'suggestion.field': 'allergies',
      'document.removed': undefined,
      'document.original': [{ state: 'destroyed', by: worker.id, at: toMoment(0), note: sing() }]
    },
    song
  )
  const ids = { decision, visit, document }
  await world.parts.store.register.transact(async (tx) => {
    const change = await tx.create(id, addDays(dayAt(world.clock.now()), -90))
    for (const kind of storedKinds)
      await change.put(
        kind,
        kind in ids ? ids[kind as keyof typeof ids] : newEntryId(world),
        canaries.of(kind),
        worker.id
      )
    const page = { document, page: 1, by: worker.id }
    await change.pages.put({ ...page, mediaType: 'image/png' }, Buffer.from(sing().repeat(50)))
    const part = { document: newEntryId(world), page: 1, part: 1, parts: 2, by: worker.id }
    await change.pages.putPart(part, Buffer.from(sing().repeat(50)))
    const hold = {
      id: newEntryId(world),
      ground: 'other' as const,
      words: sing(),
      by: mainUser.id,
      at: toMoment(0),
      reviewBy: dayAt(0),
      until: dayAt(0),
      reviews: [{ by: mainUser.id, at: toMoment(0), finding: sing(), reviewBy: dayAt(0) }],
      renewals: [],
      asides: []
    }
    await change.writeClosingRecord({ ...emptyRecord, holds: [hold] })
  })
  songs.push(...[...canaries.places.keys()].filter((sung) => sung.startsWith('kanaria ')))
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
  await world.parts.store.register.transact((tx) =>
    tx.create(overdue, addDays(dayAt(world.clock.now()), -200))
  )
  const draft = {
    op: 'note.draft',
    customership: overdue,
    body: {
      note: newEntryId(world),
      visit: newEntryId(world),
      template: 'home-service',
      templateVersion: 1,
      fields: { done: sing() }
    }
  }
  expect(await tablet.do(draft)).toMatchObject({ outcome: 'awaiting-decision' })

  const today = dayAt(world.clock.now())
  await world.parts.store.register.transact((tx) =>
    tx.change(overdue, async (change) => {
      const endDay = addDays(today, -100)
      await change.setEnding({ endDay, deleteBy: addDays(today, -1), reason: 'other' })
      await change.setState('closed')
    })
  )
  forensics = new Forensics(songs.map((sung) => Buffer.from(sung)))
  const port = await freePort()
  mkdirSync(join(world.folder, 'heap'))
  const heap = [`--diagnostic-dir=${join(world.folder, 'heap')}`, '--heapsnapshot-signal=SIGUSR2']
  server = new ServerProcess(port, world.env, heap)
  await world.stop()
  await server.start()
  world.elsewhere = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  await server.stop()
  await world.close()
})

/** What lies in the running server's memory after a whole garbage collection, which the snapshot begins with. */
async function heapOfServer(): Promise<Buffer> {
  const folder = join(world.folder, 'heap')
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
  server.signal('SIGUSR2')
  for (;;) {
    await pause(200)
    const [file] = await readdir(folder)
    const bytes = file ? readFileSync(join(folder, file)) : Buffer.alloc(0)
    if (isWhole(bytes)) return bytes
  }
}

const isWhole = (bytes: Buffer): boolean => {
  try {
    JSON.parse(bytes.toString())
    return true
  } catch {
    return false
  }
}

const folders = () => ['data', 'keys', 'keys-copy'].map((folder) => join(world.folder, folder))

const ask = async (method: string, path: string, body?: unknown) => {
  const answer = await office.ask(method, `/api/office/customerships/${id}${path}`, body)
  expect(answer.status).toBeLessThan(300)
  return answer
}

test('§7 the canaries are there to be found: in an answer, in the memory of the server, in a planted file', async () => {
  expect(songs.length).toBeGreaterThan(25)
  const answer = await ask('GET', '?purpose=organising')
  expect(forensics.find(Buffer.from(answer.text)).size).toBeGreaterThan(20)
  await office.ask('GET', '/api/office/situation')
  await office.ask('POST', '/api/office/customerships/search', { query: 'kanaria' })
  expect(forensics.find(await heapOfServer()).size).toBeGreaterThan(0)
  const planted = join(world.folder, 'data', 'planted')
  writeFileSync(planted, Buffer.from(songs[0] ?? '').toString('base64'))
  expect(await forensics.scan(...folders())).toEqual(['planted: 1'])
  rmSync(planted)
})

test('§5 while it is served, no file of the server holds a readable word of it', async () => {
  expect(await forensics.scan(...folders())).toEqual([])
  expect(forensics.find(Buffer.from(server.output)).size).toBe(0)
})

test('§7 after its deletion nothing is left of it: no file, no log, no memory, no answer', async () => {
  const yesterday = addDays(dayAt(world.clock.now()), -1)
  await ask('POST', '/ending', { endDay: yesterday, reason: 'service-completed' })
  await tablet.pull()
  await tablet.pull()
  expect([...tablet.held.keys()]).toEqual([])
  const settle = (act: object) => ask('POST', '/ending/acts', act)
  const answer = await ask('GET', '/ending')
  const { documents } = endingAnswerSchema.parse(answer.body)
  for (const { id: document } of documents)
    await settle({ act: 'document', document, fate: 'returned' })
  for (const item of ['last-summary', 'portal-events'])
    await settle({ act: 'tick', item, how: 'Turvapostilla' })
  const receivedOn = dayAt(world.clock.now())
  await settle({ act: 'receipt', from: 'Kirjaamo', receivedOn, how: 'Turvapostilla' })
  const deleted = await ask('POST', '/deletion')
  expect(forensics.find(Buffer.from(deleted.text)).size).toBe(0)
  // At once: nobody has asked for anything since that could have swept it out.
  expect(forensics.find(await heapOfServer()).size).toBe(0)

  const found = await office.ask('POST', '/api/office/customerships/search', { query: 'kanaria' })
  expect(found.body).toMatchObject({ total: 0 })
  await office.ask('GET', '/api/office/situation')
  expect((await office.ask('GET', `/api/office/customerships/${id}`)).status).toBe(404)
  const listed = await office.ask('GET', '/api/office/endings')
  const { certificates } = endingsAnswerSchema.parse(listed.body)
  expect(certificates.map(({ customership }) => customership).sort()).toEqual([id, overdue].sort())
  expect(await forensics.scan(...folders())).toEqual([])
  expect(forensics.find(Buffer.from(server.output)).size).toBe(0)
})
