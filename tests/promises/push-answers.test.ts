import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { entrySchema } from '#contract/entry.ts'
import type { EntryId, OperationId } from '#contract/id.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet, type Item } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let worker: User
let family: Family
let tablet: WireTablet
let assignment: EntryId
let planned: EntryId

const day = 86_400_000
const fields = { tasks: ['meals'], done: 'Ruokailu ja ulkoilu' }

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
  assignment = await family.assign(worker.id)
  planned = await family.plan(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const record = (visit = planned) => ({
  op: 'visit.record',
  customership: family.id,
  body: family.visit(visit)
})
const draft = (note: EntryId, visit = planned, written: typeof fields = fields) => ({
  op: 'note.draft',
  customership: family.id,
  body: family.note(note, visit, written)
})
const sign = (note: EntryId, visit = planned) => ({ ...draft(note, visit), op: 'note.sign' })

test('a visit and its signed note are applied, and the office and the tablet read them', async () => {
  const note = newEntryId(world)
  expect(await tablet.do(record())).toMatchObject({ outcome: 'applied' })
  expect(await tablet.do(sign(note))).toMatchObject({ outcome: 'applied' })
  await tablet.pull()
  expect(tablet.entry(family.id, note)?.data).toMatchObject({ state: 'signed', fields })
  expect(tablet.entry(family.id, planned)?.data).toMatchObject({ state: 'completed' })
  const read = await office.ask('GET', `/api/office/customerships/${family.id}?purpose=organising`)
  expect(read.text).toContain('Ruokailu ja ulkoilu')
  expect((await office.ask('GET', '/api/office/notes')).text).toContain('Ruokailu ja ulkoilu')
})

test('a repeat gets the first result again, also when it is signed and sealed anew', async () => {
  const item = tablet.write(record())
  const [first] = (await tablet.deliver([item])).results
  tablet.relock()
  const anew = { ...item, sig: tablet.sign(item.id, item.seq, item.payload) }
  world.clock.advance(60_000)
  expect((await tablet.deliver([anew])).results).toEqual([{ ...first, again: true }])
})

test('two notes that say the same stay two, and the same request sent twice brings no third', async () => {
  const visits = [planned, await family.plan(worker.id)]
  const items = visits.map((visit) => tablet.write(sign(newEntryId(world), visit)))
  const [one, other] = await Promise.all([tablet.deliver(items), tablet.deliver(items)])
  expect(one.results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
  const first = [...one.results, ...other.results].filter(({ again }) => !again)
  expect(first).toHaveLength(2)
  const read = await world.parts.store.register.read(family.id, (reader) =>
    reader.entries({ kinds: ['note'] })
  )
  expect(read?.map(({ data }) => (data as { fields?: unknown }).fields)).toEqual([fields, fields])
})

test('the same id with another payload is refused and changes nothing', async () => {
  const item = tablet.write(record())
  await tablet.deliver([item])
  const payload = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(item.payload, 'base64url').toString()), based: 1 })
  ).toString('base64url')
  const other = { ...item, payload, sig: tablet.sign(item.id, item.seq, payload) }
  const [result] = (await tablet.deliver([other])).results
  expect(result).toMatchObject({ outcome: 'refused', code: 'id-reused' })
  expect((await tablet.deliver([item])).results[0]).toMatchObject({
    outcome: 'applied',
    again: true
  })
})

test('an id that another device has used is refused and tells nothing', async () => {
  const item = tablet.write(record())
  await tablet.deliver([item])
  const second = await WireTablet.enrol(world, worker)
  const copied: Item = { ...item, sig: second.sign(item.id, item.seq, item.payload) }
  const [result] = (await second.deliver([copied])).results
  expect(result).toEqual({
    id: item.id,
    outcome: 'refused',
    code: 'id-reused',
    at: expect.any(String) as string
  })
})

test('what is not sealed to this device, or was changed on the way, cannot be opened and is not remembered', async () => {
  const item = tablet.write(record())
  const whole = await tablet.seal(item)
  const flipped = Buffer.from(whole.ciphertext, 'base64url')
  flipped[3] = (flipped[3] ?? 0) ^ 1
  const broken = [
    { ...whole, ciphertext: flipped.toString('base64url') },
    { ...whole, seq: whole.seq + 1 },
    { id: whole.id, seq: whole.seq },
    { ...whole, enc: randomBytes(65).toString('base64url') }
  ]
  for (const envelope of broken) {
    const answer = await tablet.ask([envelope])
    expect(answer.body).toMatchObject({
      results: [{ id: item.id, outcome: 'refused', code: 'cannot-open' }]
    })
  }
  expect((await tablet.deliver([item])).results[0]).toMatchObject({ outcome: 'applied' })
  expect((await tablet.deliver([item])).results[0]).toMatchObject({ again: true })
})

test('an envelope sealed to an unknown key is to be sealed again; a newer envelope still delivers', async () => {
  const whole = await tablet.seal(tablet.write(record()))
  const other = await tablet.ask([{ ...whole, key: 'unknown' }])
  expect(other.body).toMatchObject({ results: [{ outcome: 'retry', code: 'unknown-key' }] })
  const newer = await tablet.ask([{ ...whole, from: 'a newer tablet' }])
  expect(newer.body).toMatchObject({ results: [{ outcome: 'applied' }] })
})

test('only an unreadable id or number, or too many or none, fails the request', async () => {
  const whole = await tablet.seal(tablet.write(record()))
  expect((await tablet.ask([{ ...whole, id: 'x' }])).status).toBe(400)
  expect((await tablet.ask([{ ...whole, seq: '1' }])).status).toBe(400)
  expect((await tablet.ask([])).status).toBe(422)
  expect((await tablet.ask(Array.from({ length: 101 }, () => whole))).status).toBe(422)
  const large = await tablet.ask([{ ...whole, padding: 'x'.repeat(900 * 1024) }])
  expect([large.status, codeOf(large)]).toEqual([413, 'too-large'])
})

test('an unsigned operation awaits a decision; one under another name is refused', async () => {
  const item = tablet.write(record())
  const unsigned = { ...item, sig: randomBytes(64).toString('base64url') }
  expect((await tablet.deliver([unsigned])).results[0]).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'unsigned'
  })
  const other = await world.user({ role: 'worker' })
  expect(await tablet.do({ ...record(), payload: { author: other.id } })).toMatchObject({
    outcome: 'refused',
    code: 'not-author'
  })
})

test('what a newer tablet says is to be sent again, and after seven days a person decides', async () => {
  for (const doing of [
    { ...record(), op: 'visit.photograph' },
    { ...record(), payload: { mood: 'good' } },
    { ...record(), body: { ...family.visit(planned), mood: 'good' } }
  ]) {
    const item = tablet.write(doing)
    const newer = { outcome: 'retry', code: 'newer-than-server' }
    expect((await tablet.deliver([item])).results[0]).toMatchObject(newer)
    world.clock.advance(7 * day - 1)
    expect((await tablet.deliver([item])).results[0]).toMatchObject(newer)
    world.clock.advance(1)
    expect((await tablet.deliver([item])).results[0]).toMatchObject({
      outcome: 'awaiting-decision',
      code: 'newer-than-server'
    })
  }
})

test('a wrong type, a missing property, another id, an unknown template or field awaits a decision as invalid', async () => {
  const { startedAt: _, ...incomplete } = family.visit(planned)
  const note = newEntryId(world)
  for (const doing of [
    { ...record(), body: incomplete },
    { ...record(), body: { ...family.visit(planned), kilometres: 'many' } },
    { ...record(), payload: { id: randomUUID() } },
    { ...record(), payload: { customership: 7 } },
    { ...record(), body: { ...family.visit(planned), decision: newEntryId(world) } },
    { ...draft(note), body: { ...family.note(note, planned, fields), template: 'no-such' } },
    { ...draft(note), body: family.note(note, planned, { 'no-such': 'x' }) },
    { ...draft(note), body: family.note(note, planned, { tasks: 'meals' }) },
    { ...sign(note), body: family.note(note, planned, { done: 'Vain tämä' }) }
  ])
    expect(await tablet.do(doing)).toMatchObject({ outcome: 'awaiting-decision', code: 'invalid' })
})

test('§8 a personal identity code that reaches the server awaits a decision and is never shown', async () => {
  const note = newEntryId(world)
  const coded = draft(note, planned, { ...fields, done: 'Tunnus 010594Y9032 kirjattiin' })
  expect(await tablet.do(coded)).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'identity-code'
  })
  const feed = await office.ask('GET', '/api/office/notes')
  expect(feed.body).toMatchObject({ notes: [], awaiting: [{ code: 'identity-code' }] })
  expect(feed.text).not.toContain('010594Y9032')
  await tablet.pull()
  expect(tablet.entry(family.id, note)).toBeUndefined()
})

test('after a retry the later ones of that customership wait, and no other does', async () => {
  const other = await Family.open(world, office, 'Lehtinen')
  await other.assign(worker.id)
  const items = [
    tablet.write({ ...record(), op: 'visit.photograph' }),
    tablet.write(record()),
    tablet.write({
      op: 'visit.record',
      customership: other.id,
      body: other.visit(newEntryId(world))
    })
  ]
  const { results } = await tablet.deliver(items)
  expect(results.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['retry', 'newer-than-server'],
    ['retry', 'waits-for'],
    ['applied', undefined]
  ])
})

test('a note whose visit is still to come waits, is applied when it comes, and the pull tells', async () => {
  const visit = newEntryId(world)
  const note = newEntryId(world)
  const first = await tablet.do(draft(note, visit))
  const second = await tablet.do({ ...sign(note, visit), after: first.id })
  for (const result of [first, second])
    expect(result).toMatchObject({ outcome: 'awaiting-decision', code: 'waits-for' })
  await tablet.do(record(visit))
  const frames = await tablet.pull()
  const outcomes = frames.filter(({ frame }) => frame === 'outcome')
  expect(outcomes).toMatchObject([
    { id: first.id, outcome: 'applied' },
    { id: second.id, outcome: 'applied' }
  ])
  expect(tablet.entry(family.id, note)?.data).toMatchObject({ state: 'signed' })
})

test('where nothing waits, nothing that waits is looked for one customership after another', async () => {
  const others = [await Family.open(world, office, 'Lehtinen'), await Family.open(world, office)]
  for (const other of others) await other.assign(worker.id)
  const opened = vi.spyOn(world.parts.store.operations, 'held')
  const items = [family, ...others].map((one) =>
    tablet.write({
      op: 'visit.record',
      customership: one.id,
      body: one.visit(newEntryId(world))
    })
  )
  const { results } = await tablet.deliver(items)
  expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied'])
  expect(opened).not.toHaveBeenCalled()
})

test('what waits is applied in the order of what it waits for, whichever tablet it came from', async () => {
  const visit = newEntryId(world)
  const note = newEntryId(world)
  world.clock.advance(1000)
  const second = await WireTablet.enrol(world, worker)
  const first = await second.do(draft(note, visit))
  const last = await tablet.do({ ...sign(note, visit), after: first.id })
  await second.do(record(visit))
  await tablet.pull()
  expect(tablet.outcomes.get(last.id)).toMatchObject({ outcome: 'applied', code: undefined })
})

test('a text that its author had not seen the newest version of stands beside it', async () => {
  const note = newEntryId(world)
  const first = await tablet.do(draft(note))
  const second = await WireTablet.enrol(world, worker)
  await second.pull()
  const said = { ...fields, done: 'Toisella laitteella' }
  expect(await second.do({ ...draft(note, planned, said), based: first.revision ?? 0 })).toEqual(
    expect.not.objectContaining({ code: 'forked' })
  )
  const forked = await tablet.do({ ...draft(note), after: first.id })
  expect(forked).toMatchObject({ outcome: 'applied', code: 'forked' })
  const again = await tablet.do({ ...draft(note), after: forked.id })
  expect(again).toMatchObject({ outcome: 'applied', code: 'forked' })
  await tablet.pull()
  const fork = (id: OperationId) => tablet.entry(family.id, id as string as EntryId)
  expect(tablet.entry(family.id, note)?.data).toMatchObject({ fields: said })
  expect(fork(forked.id)).toBeUndefined()
  expect(fork(again.id)?.data).toMatchObject({ forkOf: note, fields })
})

test('a signed note is immutable: what comes after it stands beside it', async () => {
  const note = newEntryId(world)
  const signed = await tablet.do(sign(note))
  expect(await tablet.do({ ...draft(note), after: signed.id })).toMatchObject({ code: 'forked' })
  expect(await tablet.do({ ...sign(note), based: signed.revision ?? 0 })).toMatchObject({
    code: 'forked'
  })
})

test('two tablets that recorded one visit differently leave both records', async () => {
  const first = await tablet.do(record())
  const second = await WireTablet.enrol(world, worker)
  const other = await second.do({ ...record(), body: { ...record().body, state: 'not-at-home' } })
  expect(other).toMatchObject({ outcome: 'applied', code: 'forked' })
  await tablet.pull()
  expect(tablet.entry(family.id, planned)).toMatchObject({ revision: first.revision })
})

test('work done while assigned is applied when it comes in time, from a tablet that held the family', async () => {
  const today = dayAt(world.clock.now())
  await family.assign(worker.id, { id: assignment, until: today })
  const unheld = await WireTablet.enrol(world, worker)
  const [inTime, late, foreign] = [
    tablet.write(record(newEntryId(world))),
    tablet.write(record(newEntryId(world))),
    unheld.write(record(newEntryId(world)))
  ]
  world.clock.advance(7 * day)
  expect((await tablet.deliver([inTime])).results[0]).toMatchObject({ outcome: 'applied' })
  expect((await unheld.deliver([foreign])).results[0]).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'outside-assignment'
  })
  expect(await tablet.do(record(newEntryId(world)))).toMatchObject({ code: 'outside-assignment' })
  world.clock.advance(day)
  expect((await tablet.deliver([late])).results[0]).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'late'
  })
})

test('a clock that runs ahead admits nobody to what is theirs only then', async () => {
  const today = dayAt(world.clock.now())
  await family.assign(worker.id, { id: assignment, until: today })
  await family.assign(worker.id, { from: addDays(today, 60) })
  world.clock.advance(20 * day)
  const at = toMoment(world.clock.now() + 60 * day)
  expect(await tablet.do({ ...record(newEntryId(world)), payload: { at } })).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'outside-assignment'
  })
})

test('who is not assigned changes nothing, and what never existed is told in the same words', async () => {
  const stranger = await WireTablet.enrol(world, await world.user({ role: 'worker' }))
  const outside = { outcome: 'awaiting-decision', code: 'outside-assignment' }
  expect(await stranger.do(record())).toMatchObject(outside)
  const nowhere = { ...record(), customership: randomUUID() as typeof family.id }
  expect(await stranger.do(nowhere)).toMatchObject(outside)
})

test('a task limits what may be done', async () => {
  const reporter = await world.user({ role: 'worker', tasks: ['reporting'] })
  await family.assign(reporter.id, { tasks: ['reporting'] })
  const other = await WireTablet.enrol(world, reporter)
  expect(await other.do(record())).toMatchObject({ code: 'outside-assignment' })
})

test('a revoked tablet still delivers: a person decides, and it is told to wipe itself', async () => {
  const item = tablet.write(record())
  await office.ask('DELETE', `/api/devices/${tablet.device}`)
  const answer = await tablet.deliver([item])
  expect(answer).toMatchObject({
    command: 'wipe',
    results: [{ outcome: 'awaiting-decision', code: 'device-revoked' }]
  })
})

test('every final outcome counts as received, and what never came is named', async () => {
  const items = [record(), record(newEntryId(world)), record(newEntryId(world))].map((doing) =>
    tablet.write(doing)
  )
  tablet.outbox = []
  const [first, , third] = items
  if (!first || !third) throw new Error('three were written')
  expect(await tablet.deliver([first])).toMatchObject({ missing: [2, 3] })
  const broken = { ...(await tablet.seal(third)), ciphertext: 'AAAA' }
  expect((await tablet.ask([broken])).body).toMatchObject({ missing: [2], safeThrough: null })
})

test('an envelope without padding is opened like any other', async () => {
  const item = tablet.write(record())
  const answer = await tablet.ask([await tablet.seal(item, 1)])
  expect(answer.body).toMatchObject({ results: [{ outcome: 'applied' }], missing: [] })
})

test('a clock without sense stops nothing, and makes no time that a tablet could not read', async () => {
  const note = newEntryId(world)
  for (const clockOffset of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
    expect(
      await tablet.do({ ...draft(newEntryId(world)), payload: { clockOffset } })
    ).toMatchObject({ outcome: 'applied' })
  await tablet.do({ ...draft(note), payload: { at: '0001-01-01T00:00:00+14:00' } })
  await tablet.pull()
  const { data } = entrySchema.parse(tablet.entry(family.id, note))
  expect(data).toMatchObject({ writtenAt: '1970-01-01T00:00:00.000Z' })
})

test('what hides in a payload is no property of anything: deep, or by the name of a prototype', async () => {
  const hidden = (text: string) => {
    const item = tablet.write(record())
    const said = Buffer.from(item.payload, 'base64url').toString()
    const payload = Buffer.from(`${text}${said.slice(1)}`).toString('base64url')
    return { ...item, payload, sig: tablet.sign(item.id, item.seq, payload) }
  }
  const deep = '['.repeat(50_000) + ']'.repeat(50_000)
  for (const text of ['{"__proto__":{"op":"note.sign"},', '{"constructor":1,', `{"x":${deep},`])
    expect((await tablet.deliver([hidden(text)])).results[0]).toMatchObject({
      outcome: 'retry',
      code: 'newer-than-server'
    })
  const payload = Buffer.from(deep).toString('base64url')
  const item = tablet.write(record())
  const nothing = { ...item, payload, sig: tablet.sign(item.id, item.seq, payload) }
  expect((await tablet.deliver([nothing])).results[0]).toMatchObject({ code: 'invalid' })
})

test('an operation that the server stumbles over comes again, leaves nothing of itself and takes no other with it', async () => {
  const other = await Family.open(world, office, 'Lehtinen')
  await other.assign(worker.id)
  const note = newEntryId(world)
  const elsewhere = {
    op: 'visit.record',
    customership: other.id,
    body: other.visit(newEntryId(world))
  }
  const items = [draft(note), record(), elsewhere].map((one) => tablet.write(one))
  const [poisoned] = items
  const { operations } = world.parts.store
  const recordIt = operations.record.bind(operations)
  operations.record = (operation, payload) =>
    operation.id === poisoned?.id
      ? Promise.reject(new TypeError('Ruokailu'))
      : recordIt(operation, payload)
  const told = async () =>
    (await tablet.deliver(items)).results.map(({ outcome, code, again }) =>
      [outcome, code, again && 'again'].filter(Boolean).join(' ')
    )
  expect(await told()).toEqual(['retry try-again', 'retry waits-for', 'applied'])
  await tablet.pull()
  // It was written before it could not be recorded; that was undone with it.
  expect(tablet.entry(family.id, note)).toBeUndefined()
  expect(world.logLines.join()).not.toContain('Ruokailu')

  operations.record = recordIt
  expect(await told()).toEqual(['applied', 'applied', 'applied again'])
  await tablet.pull()
  expect(tablet.entry(family.id, note)?.data).toMatchObject({ fields })
})

test('a request is written together, and yet what the store itself refuses of it is answered alone', async () => {
  const other = await Family.open(world, office, 'Lehtinen')
  await other.assign(worker.id)
  const [good, bad] = [newEntryId(world), newEntryId(world)]
  const elsewhere = {
    op: 'visit.record',
    customership: other.id,
    body: other.visit(newEntryId(world))
  }
  const items = [draft(good), draft(bad), record(), elsewhere].map((one) => tablet.write(one))
  const { sql: db } = world.parts.store.files.register
  // Two notes of these ids are one too many.
  await sql`create unique index refusing on entries (kind)
    where id in (${sql.lit(good)}, ${sql.lit(bad)})`.execute(db)
  const told = async () =>
    (await tablet.deliver(items)).results.map(({ outcome, code, again }) =>
      [outcome, code, again && 'again'].filter(Boolean).join(' ')
    )
  expect(await told()).toEqual(['applied', 'retry try-again', 'retry waits-for', 'applied'])
  await tablet.pull()
  expect(tablet.entry(family.id, good)?.data).toMatchObject({ fields })
  expect(tablet.entry(family.id, bad)).toBeUndefined()

  await sql`drop index refusing`.execute(db)
  expect(await told()).toEqual(['applied again', 'applied', 'applied', 'applied again'])
  await tablet.pull()
  expect(tablet.entry(family.id, bad)?.data).toMatchObject({ fields })
})

test('a waiting operation that cannot be done takes no other with it', async () => {
  const visit = newEntryId(world)
  const first = await tablet.do(draft(newEntryId(world), visit))
  const second = await tablet.do(draft(newEntryId(world), visit))
  const { operations } = world.parts.store
  const decide = operations.decide.bind(operations)
  operations.decide = (id, decided) =>
    id === first.id ? Promise.reject(new TypeError('Ruokailu')) : decide(id, decided)
  expect(await tablet.do(record(visit))).toMatchObject({ outcome: 'applied' })
  await tablet.pull()
  expect(tablet.outcomes.get(first.id)).toMatchObject({ outcome: 'awaiting-decision' })
  expect(tablet.outcomes.get(second.id)).toMatchObject({ outcome: 'applied' })
  expect(world.logLines.join()).toContain(first.id)
  expect(world.logLines.join()).not.toContain('Ruokailu')

  operations.decide = decide
  await tablet.do(record(newEntryId(world)))
  await tablet.pull()
  expect(tablet.outcomes.get(first.id)).toMatchObject({ outcome: 'applied' })
})

test('what a person decided later is told by pull; a repeat still gets the first result', async () => {
  const visit = newEntryId(world)
  const item = tablet.write(draft(newEntryId(world), visit))
  const [first] = (await tablet.deliver([item])).results
  await tablet.do(record(visit))
  expect((await tablet.deliver([item])).results).toEqual([{ ...first, again: true }])
})

test('§12 what is pending closes client data, and never the way out for what was written', async () => {
  await world.parts.store.users.change(worker.id, { pledgedAt: null })
  const pull = await tablet.askPull()
  expect([pull.status, codeOf(pull)]).toEqual([403, 'pending'])
  expect(await tablet.do(record())).toMatchObject({ outcome: 'applied' })
  const state = await tablet.client.ask('POST', `/api/devices/${tablet.device}/state`, {
    have: [family.id],
    purged: [],
    outbox: { last: 1, waiting: [] }
  })
  expect(state.body).toMatchObject({ purge: [], missing: [] })
})

test('a push needs the cookie of its own device', async () => {
  const envelope = await tablet.seal(tablet.write(record()))
  const other = await WireTablet.enrol(world, await world.user({ role: 'worker' }))
  const body = { device: tablet.device, outbox: { last: 1, waiting: [] }, envelopes: [envelope] }
  expect((await other.client.ask('POST', '/api/sync/push', body)).status).toBe(404)
})

test('what was received waits no longer, whatever the report that came with it says', async () => {
  const item = tablet.write({
    op: 'visit.record',
    customership: family.id,
    body: family.visit(newEntryId(world))
  })
  await tablet.deliver([item])
  const [device] = await world.parts.store.devices.list({ user: tablet.user.id })
  expect(device?.outboxWaiting).toEqual([])
  expect(device?.outboxLast).toBe(item.seq)
})
