import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import { leaseText } from '#contract/lease-text.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import { partBytes } from '#contract/pull.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { framesOf, WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

let world: World
let office: Client
let worker: User
let family: Family
let assignment: EntryId
let tablet: WireTablet

const fields = { tasks: ['meals'], done: 'Ruokailu ja ulkoilu' }
const today = () => dayAt(world.clock.now())

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  worker = await world.user({ role: 'worker' })
  family = await Family.open(world, office)
  assignment = await family.assign(worker.id)
  tablet = await WireTablet.enrol(world, worker)
})
afterEach(() => world.close())

const names = (frames: readonly { frame: string }[]) => frames.map(({ frame }) => frame)

test('the first pull brings the organisation and each customership whole, and the next one nothing', async () => {
  const frames = await tablet.pull()
  expect(names(frames)).toEqual(['scope', 'organisation', 'customership', 'end'])
  expect(frames[2]).toMatchObject({ id: family.id, reset: true, purgeAfter: null })
  expect(names(await tablet.pull())).toEqual(['end'])
})

test('a later pull brings only what is newer, and what was removed as removed', async () => {
  await tablet.pull()
  const visit = await family.plan(worker.id)
  const note = newEntryId(world)
  const body = family.note(note, visit, fields)
  const doing = { op: 'note.draft', customership: family.id, body }
  await tablet.do(doing)
  const forked = await tablet.do(doing)
  const [, frame] = await tablet.pull()
  expect(frame).toMatchObject({ frame: 'customership', reset: false })
  expect(tablet.held.get(family.id)?.entries.size).toBe(7)
  await tablet.do({ ...doing, after: forked.id })
  const [, newer] = await tablet.pull()
  expect(newer).toMatchObject({
    entries: expect.arrayContaining([
      { id: forked.id, revision: expect.any(Number) as number, removed: true }
    ]) as unknown
  })
})

test('more families than are read at once come each whole and once, in the order of the scope', async () => {
  const ids = [family.id]
  for (let index = 0; index < 9; index += 1) {
    const other = await Family.open(world, office, `Lehtinen${index}`)
    await other.assign(worker.id)
    ids.push(other.id)
  }
  const frames = await tablet.pull()
  const came = frames.flatMap((frame) => (frame.frame === 'customership' ? [frame.id] : []))
  expect(came).toEqual(ids.toSorted())
  expect(new Set([...tablet.held.values()].map(({ entries }) => entries.size)).size).toBe(1)
})

test('a digest that matches brings only the end; one that does not is answered with 409', async () => {
  await tablet.pull()
  const { have: _, ...request } = tablet.pullRequest()
  const matching = await tablet.askPull({ ...request, haveDigest: tablet.haveDigest() })
  expect(names(framesOf(matching))).toEqual(['end'])
  for (const other of [
    { haveDigest: 'x' },
    { haveDigest: tablet.haveDigest(), generation: null },
    { haveDigest: tablet.haveDigest(), organisation: 0 },
    { haveDigest: tablet.haveDigest(), vaultEpoch: 0 }
  ])
    expect(codeOf(await tablet.askPull({ ...request, ...other }))).toBe('send-have')
  await family.plan(worker.id)
  const stale = await tablet.askPull({ ...request, haveDigest: tablet.haveDigest() })
  expect([stale.status, codeOf(stale)]).toEqual([409, 'send-have'])
  const both = { ...tablet.pullRequest(), haveDigest: tablet.haveDigest() }
  expect((await tablet.askPull(both)).status).toBe(422)
  expect((await tablet.askPull(request)).status).toBe(422)
})

test('an outcome that is due is not hidden by a matching digest', async () => {
  const visit = newEntryId(world)
  const note = family.note(newEntryId(world), visit, fields)
  const held = await tablet.do({ op: 'note.draft', customership: family.id, body: note })
  const body = family.visit(visit)
  await tablet.do({ op: 'visit.record', customership: family.id, body })
  tablet.awaiting.clear()
  await tablet.pull()
  const { have: _, ...request } = tablet.pullRequest({ awaiting: [held.id] })
  const digest = { ...request, haveDigest: tablet.haveDigest() }
  expect(codeOf(await tablet.askPull(digest))).toBe('send-have')
  const told = framesOf(await tablet.askPull(tablet.pullRequest({ awaiting: [held.id] })))
  expect(told).toMatchObject([{ frame: 'outcome', id: held.id, outcome: 'applied' }, {}])
  const other = await WireTablet.enrol(world, worker)
  await other.pull()
  const foreign = await other.askPull(other.pullRequest({ awaiting: [held.id] }))
  expect(names(framesOf(foreign))).toEqual(['end'])
})

test('a pull that is cut anywhere goes on where it was cut', async () => {
  const second = await Family.open(world, office, 'Lehtinen')
  await second.assign(worker.id)
  for (let frames = 0; frames < 4; frames += 1) {
    const cut = await WireTablet.enrol(world, worker)
    await cut.pull(frames)
    const rest = await cut.pull()
    const brought = rest.filter(({ frame }) => frame === 'customership')
    expect(brought.length).toBe(frames < 3 ? 2 : 1)
    expect([...cut.held.keys()].sort()).toEqual([family.id, second.id].sort())
  }
})

test('§12 what is no longer assigned is purged before anything else, and what nobody knows too', async () => {
  const second = await Family.open(world, office, 'Lehtinen')
  await second.assign(worker.id)
  await tablet.pull()
  await family.assign(worker.id, { id: assignment, until: addDays(today(), -1) })
  const unknown = randomUUID() as CustomershipId
  const request = tablet.pullRequest()
  const have = { ...request.have, [unknown]: { revision: 3, view: 'abcd' } }
  const frames = framesOf(await tablet.askPull({ ...request, have }))
  expect(names(frames)).toEqual(['purge', 'purge', 'end'])
  expect(
    frames
      .slice(0, 2)
      .map((frame) => 'customership' in frame && frame.customership)
      .sort()
  ).toEqual([family.id, unknown].sort())
})

test('the ledger knows what was sent until the tablet confirms that it is gone', async () => {
  await tablet.pull()
  const { holdings } = world.parts.store
  expect(await holdings.heldBy(tablet.device)).toEqual([family.id])
  await family.assign(worker.id, { id: assignment, until: addDays(today(), -1) })
  await tablet.pull()
  expect(tablet.held.size).toBe(0)
  expect(await holdings.heldBy(tablet.device)).toEqual([family.id])
  await tablet.pull()
  expect(await holdings.heldBy(tablet.device)).toEqual([])
})

test('§7 the last day travels with the data: the end of the assignment or of the customership', async () => {
  await family.assign(worker.id, { id: assignment, until: addDays(today(), 9) })
  await tablet.pull()
  expect(tablet.held.get(family.id)?.purgeAfter).toBe(addDays(today(), 9))
  await family.end(addDays(today(), 4))
  await tablet.pull()
  expect(tablet.held.get(family.id)?.purgeAfter).toBe(addDays(today(), 4))
})

test('another generation, a view that changed, a revision from the future and an old vault are replaced whole', async () => {
  await tablet.pull()
  const [, held] = [...tablet.held].flat() as [unknown, { revision: number; view: string }]
  const resets = async (change: object) =>
    framesOf(await tablet.askPull({ ...tablet.pullRequest(), ...change }))
      .filter((frame) => frame.frame === 'customership')
      .map(({ reset }) => reset)
  const have = (revision: number, view: string) => ({ have: { [family.id]: { revision, view } } })
  expect(await resets({ generation: 'before-the-restore' })).toEqual([true])
  expect(await resets(have(held.revision, 'another'))).toEqual([true])
  expect(await resets(have(held.revision + 1, held.view))).toEqual([true])
  expect(await resets(have(held.revision - 1, held.view))).toEqual([false])
  expect(await resets({ ...have(held.revision, held.view), generation: null })).toEqual([])
  expect(await resets({ vaultEpoch: 0 })).toEqual([true])
})

test('a task sees its part: no health and no note text reaches who reports hours', async () => {
  const reporter = await world.user({ role: 'worker', tasks: ['reporting'] })
  await family.assign(reporter.id, { tasks: ['reporting'] })
  const visit = await family.plan(worker.id)
  await tablet.do({
    op: 'note.sign',
    customership: family.id,
    body: family.note(newEntryId(world), visit, fields)
  })
  const other = await WireTablet.enrol(world, reporter)
  await other.pull()
  const kinds = [...(other.held.get(family.id)?.entries.values() ?? [])].map(({ kind }) => kind)
  expect(kinds.sort()).toEqual(['decision', 'visit'])
})

test('who is not assigned gets no frame of it, and no answer about it', async () => {
  const stranger = await WireTablet.enrol(world, await world.user({ role: 'worker' }))
  const answer = await stranger.askPull()
  expect(names(framesOf(answer))).toEqual(['organisation', 'end'])
  expect(answer.text).not.toContain(family.id)
  for (const [method, path] of [
    ['GET', `/api/office/customerships/${family.id}`],
    ['POST', '/api/office/customerships/search']
  ] as const)
    expect(
      (await stranger.client.ask(method, path, method === 'POST' ? { query: '' } : undefined))
        .status
    ).toBe(403)
})

test('a tablet is answered only in the hands of its own user, and not once it is revoked', async () => {
  const other = await world.signedIn(await world.user({ role: 'worker' }))
  const own = tablet.client.cookies.get('session') ?? ''
  tablet.client.cookies.set('session', other.cookies.get('session') ?? '')
  expect(codeOf(await tablet.askPull())).toBe('other-user')
  tablet.client.cookies.delete('session')
  expect(codeOf(await tablet.askPull())).toBe('not-signed-in')
  tablet.client.cookies.set('session', own)
})

test('a revoked tablet is told so, signed in or not', async () => {
  await office.ask('DELETE', `/api/devices/${tablet.device}`)
  const signedOut = await tablet.askPull()
  expect([signedOut.status, codeOf(signedOut)]).toEqual([403, 'device-revoked'])
  const anew = await world.signedIn(worker)
  tablet.client.cookies.set('session', anew.cookies.get('session') ?? '')
  expect(codeOf(await tablet.askPull())).toBe('device-revoked')
})

test('a pull needs the cookie of its own device', async () => {
  tablet.client.cookies.delete(`device-${tablet.device}`)
  const answer = await tablet.askPull()
  expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found'])
})

test('a matching digest does not hide that something is still to be purged', async () => {
  const second = await Family.open(world, office, 'Lehtinen')
  const until = await second.assign(worker.id)
  await tablet.pull(2)
  await second.assign(worker.id, { id: until, until: addDays(today(), -1) })
  await tablet.askPull({ ...tablet.pullRequest(), have: {} })
  const frames = await tablet.pull()
  expect(frames[0]).toMatchObject({ frame: 'purge', customership: second.id })
  tablet.purged = []
  const { have: _, ...request } = tablet.pullRequest()
  const digest = { ...request, haveDigest: tablet.haveDigest() }
  expect(codeOf(await tablet.askPull(digest))).toBe('send-have')
  const confirming = { ...digest, purged: [second.id] }
  expect(names(framesOf(await tablet.askPull(confirming)))).toEqual(['end'])
})

test('a large customership comes in parts of one snapshot that take effect together', async () => {
  const visit = await family.plan(worker.id)
  const written = { ...fields, done: 'Pitkä kirjaus. '.repeat(1300) }
  for (let index = 0; index < 60; index += 1) {
    const body = family.note(newEntryId(world), visit, written)
    tablet.write({ op: 'note.sign', customership: family.id, body })
  }
  while (tablet.outbox.length > 0) await tablet.push(tablet.outbox.slice(0, 20))
  const answer = await tablet.askPull()
  const frames = framesOf(answer).filter((frame) => frame.frame === 'customership')
  expect(frames.map(({ part, last }) => [part, last])).toEqual([
    [1, undefined],
    [2, true]
  ])
  for (const line of answer.text.split('\n')) expect(line.length).toBeLessThan(partBytes + 1000)
  await tablet.pull(3)
  expect(tablet.held.size).toBe(0)
  await tablet.pull()
  expect(tablet.held.get(family.id)?.entries.size).toBe(65)
})

test('the lease is signed, and bounded by the days of the policy', async () => {
  const end = (await tablet.pull()).at(-1)
  if (end?.frame !== 'end') throw new Error('a pull ends')
  const { sig, ...lease } = end.lease
  const x = tablet.leaseKey
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
  const signature = Buffer.from(sig, 'base64url')
  expect(verify(null, Buffer.from(leaseText(lease)), key, signature)).toBe(true)
  expect(Date.parse(lease.until) - Date.parse(lease.issued)).toBe(7 * 86_400_000)
  expect(lease).toMatchObject({ device: tablet.device, user: worker.id })
  const device = await world.parts.store.devices.find(tablet.device)
  expect(device).toMatchObject({
    leaseUntil: Date.parse(lease.until),
    lastContactAt: world.clock.now(),
    vaultEpoch: 1
  })
})

test('a lease ends when the register says, however long its stream took', async () => {
  const { register, devices } = world.parts.store
  const read = register.read.bind(register)
  register.read = (id, use) => {
    world.clock.advance(60_000)
    return read(id, use)
  }
  const end = (await tablet.pull()).at(-1)
  if (end?.frame !== 'end') throw new Error('a pull ends')
  expect(Date.parse(end.serverTime)).toBe(world.clock.now())
  expect((await devices.find(tablet.device))?.leaseUntil).toBe(Date.parse(end.lease.until))
})

test('the stream is compressed for who can read that', async () => {
  const address = await world.listen()
  const cookies = [...tablet.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const ask = (encoding: string) =>
    fetch(`${address}/api/sync/pull`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Kotikaynti-Protocol': '1',
        Origin: 'http://localhost:3000',
        'Accept-Encoding': encoding,
        Cookie: cookies
      },
      body: JSON.stringify(tablet.pullRequest())
    })
  const compressed = await ask('gzip')
  expect(compressed.headers.get('content-encoding')).toBe('gzip')
  expect((await compressed.text()).trimEnd().split('\n').length).toBe(4)
  const plain = await ask('identity')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect((await plain.text()).trimEnd().split('\n').length).toBe(4)
})
