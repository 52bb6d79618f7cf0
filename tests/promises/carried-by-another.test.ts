import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EntryId } from '#contract/id.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet, type Item } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

/** Two people share one browser: its cookies carry both devices, and each can read the other's sealed rows. */
let world: World
let office: Client
let worker: User
let family: Family
let own: WireTablet
let colleagues: WireTablet
let note: EntryId
let planned: EntryId

const words = 'Leivoimme ja ulkoilimme'
const forged = 'Tätä ei kukaan kirjoittanut'

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  planned = await family.plan(worker.id)
  own = await WireTablet.enrol(world, worker)
  colleagues = await WireTablet.enrol(world, await world.user({ role: 'worker' }))
  await own.pull()
  await own.do({ op: 'visit.record', customership: family.id, body: family.visit(planned) })
  note = newEntryId(world)
})
afterEach(() => world.close())

const sign = (done: string) => ({
  op: 'note.sign',
  customership: family.id,
  body: family.note(note, planned, { tasks: ['meals'], done })
})

/** Another text under the same id and number, signed by the colleague's own key in the author's name. */
function forge(item: Item, change: Record<string, unknown> = {}): Item {
  const said = JSON.parse(Buffer.from(item.payload, 'base64url').toString()) as object
  const value = { ...said, body: sign(forged).body, ...change }
  const payload = Buffer.from(JSON.stringify(value)).toString('base64url')
  return { ...item, payload, sig: colleagues.sign(item.id, item.seq, payload) }
}

const read = async () =>
  (await office.ask('GET', `/api/office/customerships/${family.id}?purpose=organising`)).text

const awaiting = () => world.parts.store.operations.held()

/** What the author wrote stands once, and nothing that anybody else did. */
async function expectOnlyTheirs(): Promise<void> {
  const record = await read()
  expect([record.split(words).length - 1, record.includes(forged)]).toEqual([1, false])
}

test('a colleague carries what another wrote: it is its author’s, as if they had sent it', async () => {
  const item = own.write(sign(words))
  const envelope = await own.seal(item)
  // The cookies of a browser are everybody's who uses it.
  for (const [name, value] of own.client.cookies)
    if (name !== 'session') colleagues.client.cookies.set(name, value)
  const body = { device: own.device, outbox: { last: item.seq, waiting: [] } }
  const answer = await colleagues.client.ask('POST', '/api/sync/push', {
    ...body,
    envelopes: [envelope]
  })
  expect(answer.body).toMatchObject({ results: [{ id: item.id, outcome: 'applied' }] })
  expect((await world.parts.store.operations.find(item.id))?.author).toBe(worker.id)
  await own.pull()
  expect(own.entry(family.id, note)).toMatchObject({ by: worker.id })
  await expectOnlyTheirs()
})

test('what a colleague signs in another’s name is never applied, and takes no place from what its author signed', async () => {
  const item = own.write(sign(words))
  const [first] = (await own.deliver([forge(item)])).results
  expect(first).toMatchObject({ outcome: 'awaiting-decision', code: 'unsigned' })
  expect(
    (await own.deliver([forge(item, { at: '2026-11-22T10:00:00.000Z' })])).results
  ).toMatchObject([{ outcome: 'refused', code: 'id-reused' }])
  expect((await own.deliver([item])).results[0]).toMatchObject({ outcome: 'applied' })
  expect((await own.deliver([item])).results[0]).toMatchObject({ outcome: 'applied', again: true })
  await expectOnlyTheirs()

  // The office still sees that somebody tried, and cannot take it into the record.
  const [held, ...others] = await awaiting()
  if (!held) throw new Error('it is kept')
  expect([held.code, held.seq, held.id === item.id, others]).toEqual([
    'unsigned',
    item.seq,
    false,
    []
  ])
  const shown = await office.ask('GET', `/api/office/awaiting/${held.id}`)
  expect(shown.body).toMatchObject({ mayAccept: false })
  const accepting = { ids: [held.id], decision: 'accept' }
  expect((await office.ask('POST', '/api/office/awaiting', accepting)).body).toMatchObject({
    results: [{ outcome: 'awaiting-decision', code: 'unsigned' }]
  })
  await expectOnlyTheirs()
})

test('also when the office has turned the forged one down before, or it named the colleague as its author', async () => {
  const declined = own.write(sign(words))
  await own.deliver([forge(declined)])
  const decision = { ids: [declined.id], decision: 'decline', reason: 'Ei meidän' }
  expect((await office.ask('POST', '/api/office/awaiting', decision)).status).toBe(200)
  expect((await own.deliver([declined])).results[0]).toMatchObject({ outcome: 'applied' })

  const named = own.write({
    op: 'visit.record',
    customership: family.id,
    body: family.visit(newEntryId(world))
  })
  const [refused] = (await own.deliver([forge(named, { author: colleagues.user.id })])).results
  expect(refused).toMatchObject({ outcome: 'refused', code: 'not-author' })
  expect((await own.deliver([named])).results[0]).toMatchObject({ outcome: 'applied' })
  await expectOnlyTheirs()
})

test('a signature that was once accepted keeps its id: the same device cannot say something else under it', async () => {
  const item = own.write(sign(words))
  await own.deliver([item])
  const { payload } = forge(item)
  const other = { ...item, payload, sig: own.sign(item.id, item.seq, payload) }
  for (const late of [forge(item), other])
    expect((await own.deliver([late])).results[0]).toMatchObject({
      outcome: 'refused',
      code: 'id-reused'
    })
  await expectOnlyTheirs()
})

test('an envelope whose bytes a colleague changed, moved to another number or to their own device opens nowhere', async () => {
  const item = own.write(sign(words))
  const whole = await own.seal(item)
  const flipped = Buffer.from(whole.ciphertext, 'base64url')
  flipped[9] = (flipped[9] ?? 0) ^ 1
  const unopened = { results: [{ outcome: 'refused', code: 'cannot-open' }] }
  for (const envelope of [
    { ...whole, ciphertext: flipped.toString('base64url') },
    { ...whole, seq: whole.seq + 1 },
    { ...whole, id: randomUUID() }
  ])
    expect((await own.ask([envelope])).body).toMatchObject(unopened)
  expect((await colleagues.ask([whole])).body).toMatchObject(unopened)
  const inTheirName = colleagues.write({ ...sign(forged), payload: { author: worker.id } })
  expect((await colleagues.deliver([inTheirName])).results[0]).toMatchObject({
    outcome: 'refused',
    code: 'not-author'
  })
  expect((await own.deliver([item])).results[0]).toMatchObject({ outcome: 'applied' })
  await expectOnlyTheirs()
})
