import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayAt } from '#contract/day.ts'
import type { EntryId } from '#contract/id.ts'
import { systemClock } from '#server/clock.ts'
import type { User } from '#server/store/users.ts'
import { sessionLives } from '#server/http/session.ts'
import type { Ears } from '#tests/support/ears.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let worker: User
let family: Family
let other: Family
let assignment: EntryId
let visit: EntryId
let tablet: WireTablet
/** A colleague's, who has a family of their own. */
let colleague: WireTablet
const open: Ears[] = []

beforeEach(async () => {
  world = await World.create({ now: systemClock.now() })
  office = await world.mainUser()
  worker = await world.user({ role: 'worker' })
  const second = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
  other = await Family.open(world, office)
  assignment = await family.assign(worker.id)
  await other.assign(second.id)
  visit = await family.plan(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  colleague = await WireTablet.enrol(world, second)
  await tablet.pull()
  await colleague.pull()
})
afterEach(async () => {
  for (const ears of open.splice(0)) await ears.hangUp()
  await world.close()
})

/** The ring at the opening is not waited for again. */
async function at(client: Client, path: string): Promise<Ears> {
  const ears = await client.listen(path)
  open.push(ears)
  expect(await ears.ring()).toBe(true)
  return ears
}

const listen = ({ client, device }: WireTablet) => at(client, `/api/devices/${device}/live`)

const note = () => ({
  op: 'note.sign',
  customership: family.id,
  body: family.note(newEntryId(world), visit, { tasks: ['meals'], done: 'Ruokailu' })
})

test('what is written at the office rings at the tablet that holds the family, and at no other', async () => {
  const ears = await listen(tablet)
  const others = await listen(colleague)
  for (let count = 1; count <= 3; count += 1) {
    await family.plan(worker.id)
    expect(await ears.ring()).toBe(true)
  }
  await other.plan(colleague.user.id)
  expect(await others.ring()).toBe(true)
  // Whatever was on its way has come when the line has ended: its opening, and its own.
  world.app.hangUp()
  expect(await others.rest()).toBe(2)
  expect(others.heard).toBe('event: pull\ndata:\n\n'.repeat(2))
})

test('what a tablet delivers rings at the office, and at the colleague who shares the family', async () => {
  await family.assign(colleague.user.id)
  await colleague.pull()
  const desk = await at(office, '/api/office/live')
  const others = await listen(colleague)
  tablet.write({ op: 'visit.record', customership: family.id, body: family.visit(visit) })
  tablet.write(note())
  await tablet.push()
  expect(await desk.ring()).toBe(true)
  expect(await others.ring()).toBe(true)
})

test('a family that is given to a worker, and one that is taken away, ring at the tablet', async () => {
  const others = await listen(colleague)
  const given = await family.assign(colleague.user.id)
  expect(await others.ring()).toBe(true)
  await colleague.pull()
  expect(colleague.held.has(family.id)).toBe(true)
  const today = dayAt(world.clock.now())
  await family.assign(colleague.user.id, { id: given, until: today })
  expect(await others.ring()).toBe(true)
})

test('a decision rings at the tablet whose author waits for it', async () => {
  const today = dayAt(world.clock.now())
  await family.assign(worker.id, { id: assignment, until: today })
  world.clock.advance(20 * 86_400_000)
  await world.app.jobs.runDue()
  office = await world.mainUser()
  const session = (await world.signedIn(worker)).cookies.get('session')
  tablet.client.cookies.set('session', session ?? '')
  const { id } = tablet.write(note())
  await tablet.push()
  expect([...tablet.awaiting]).toContain(id)
  const ears = await listen(tablet)
  const decision = { ids: [id], decision: 'decline', reason: 'Kuuluu toiselle' }
  const answer = await office.ask('POST', '/api/office/awaiting', decision)
  expect(answer.body).toMatchObject({ results: [{ id, outcome: 'refused' }] })
  expect(await ears.ring()).toBe(true)
})

test('a tablet that is revoked hears the end of its line, and listens no more', async () => {
  const ears = await listen(tablet)
  expect((await office.ask('DELETE', `/api/devices/${tablet.device}`)).status).toBe(204)
  expect(await ears.rest()).toBe(1)
  await expect(listen(tablet)).rejects.toThrow('403')
})

test('nothing is told of what happens after a sign-out, or after the task was taken away', async () => {
  const ears = await listen(tablet)
  await tablet.client.ask('DELETE', '/api/session')
  const chief = await world.user({ role: 'main-user' })
  const desk = await at(await world.signedIn(chief), '/api/office/live')
  await world.parts.store.users.change(chief.id, { role: 'worker' })
  await family.plan(worker.id)
  expect(await ears.rest()).toBe(1)
  expect(await desk.rest()).toBe(1)
})

test('what every tablet has rings everywhere, spread over some seconds', async () => {
  const all = [await listen(tablet), await listen(colleague)]
  await world.parts.store.users.change(worker.id, { displayName: 'Uusi Nimi' })
  for (const ears of all) expect(await ears.ring()).toBe(true)
})

test('listening keeps no session alive, and without one nobody listens', async () => {
  const lapses = async (role: keyof typeof sessionLives, client: Client, path: string) => {
    for (const part of [0.4, 0.4]) {
      world.clock.advance(sessionLives[role].idle * part)
      await at(client, path)
    }
    world.clock.advance(sessionLives[role].idle * 0.4)
    await expect(at(client, path)).rejects.toThrow('401')
  }
  await lapses('worker', tablet.client, `/api/devices/${tablet.device}/live`)
  await lapses('main-user', await world.mainUser(), '/api/office/live')
})

test('a browser has at most four lines, and asking for the head of one opens none', async () => {
  for (let count = 0; count < 6; count += 1)
    expect((await office.ask('HEAD', '/api/office/live')).status).toBe(200)
  for (let count = 0; count < 4; count += 1) await at(office, '/api/office/live')
  await expect(at(office, '/api/office/live')).rejects.toThrow('429')
  await listen(tablet)
})

test('a server that stops ends its lines, opens no more, and keeps no connection that only listened', async () => {
  const path = `/api/devices/${tablet.device}/live`
  const head = await tablet.client.ask('HEAD', path)
  expect(head.headers.get('connection')).toBe('close')
  const ears = await listen(tablet)
  world.app.hangUp()
  expect(await ears.rest()).toBe(1)
  await expect(listen(tablet)).rejects.toThrow('429')
})
