import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceStateAnswer, DeviceSummary } from '#contract/device.ts'
import { toMoment } from '#contract/day.ts'
import type { User } from '#server/store/users.ts'
import { refusals, sampleCustomership } from '#tests/support/refusals.ts'
import { bodyOf, codeOf, World, type Client, type Enrolled } from '#tests/support/world.ts'

const day = 86_400_000

let world: World
let aino: User
let office: Client
let client: Client
let tablet: Enrolled

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  aino = await world.user({ role: 'worker', displayName: 'Aino Äyräs' })
  client = await world.signedIn(aino)
  tablet = await client.enrol('Ainon tabletti')
})
afterEach(() => world.close())

const outbox = { last: 0, waiting: [] as number[] }

async function report(o: { have?: string[]; purged?: string[]; outbox?: typeof outbox } = {}) {
  const answer = await client.ask('POST', `/api/devices/${tablet.device}/state`, {
    have: [],
    purged: [],
    outbox,
    ...o
  })
  expect(answer.status).toBe(200)
  return bodyOf<DeviceStateAnswer>(answer)
}

async function listed(by: Client): Promise<DeviceSummary[]> {
  return bodyOf<{ devices: DeviceSummary[] }>(await by.ask('GET', '/api/devices')).devices
}

/** A customership that this worker serves until a day. */
async function assigned(until: string): Promise<string> {
  const ids = { device: tablet.device, user: aino.id, customership: sampleCustomership }
  const sample = (route: string) => refusals[route]?.body?.(ids)
  const route = 'POST /api/office/customerships'
  expect((await office.ask('POST', '/api/office/customerships', sample(route))).status).toBe(201)
  const assignment = await office.ask(
    'POST',
    `/api/office/customerships/${sampleCustomership}/assignments`,
    {
      id: '01935b2e-7c00-7000-8000-000000000009',
      data: { worker: aino.id, from: '2026-11-01', until, tasks: ['care'] }
    }
  )
  expect(assignment.status).toBe(201)
  return sampleCustomership
}

test('enrolling gives the keys and the policy, and a cookie named by the device', async () => {
  const answer = await client.ask('POST', '/api/devices', {
    name: 'Toinen',
    signingKey: tablet.signingKey
  })
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({
    leaseKey: world.parts.keyStore.publicKey(),
    sealingKey: world.parts.keyStore.sealingKey(),
    policy: { offlineDays: 7, autoLockMinutes: 5, wrongPassphraseLimit: 10 }
  })
  const { device } = bodyOf<{ device: string }>(answer)
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith(`device-${device}=`))
  expect(cookie).toMatch(/Max-Age=34560000; Path=\/; HttpOnly; SameSite=Strict/)
})

test('a signing key that is no point of the curve is refused', async () => {
  const point = Buffer.from(tablet.signingKey, 'base64url')
  point[64] = (point[64] ?? 0) ^ 1
  for (const signingKey of ['abc', point.toString('base64url'), tablet.signingKey.slice(0, -4)]) {
    const answer = await client.ask('POST', '/api/devices', { name: 'Toinen', signingKey })
    expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid'])
  }
})

test('enrolment is allowed while something is pending', async () => {
  const fresh = await world.signedIn(await world.user({ role: 'worker', pledgedAt: null }))
  await expect(fresh.enrol()).resolves.toMatchObject({})
})

test('a locked tablet needs no session, only its own cookie, which each contact renews', async () => {
  client.cookies.delete('session')
  const path = `/api/devices/${tablet.device}/state`
  const answer = await client.ask('POST', path, { have: [], purged: [], outbox })
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie()[0]).toContain(`device-${tablet.device}=`)

  const stranger = await world.worker()
  await stranger.enrol()
  const foreign = await stranger.ask('POST', path, { have: [], purged: [], outbox })
  expect([foreign.status, codeOf(foreign)]).toEqual([404, 'not-found'])
  stranger.cookies.set(`device-${tablet.device}`, 'guessed')
  expect((await stranger.ask('POST', path, { have: [], purged: [], outbox })).status).toBe(404)
})

test('the answer names the numbers that never arrived, the last one included', async () => {
  const answer = await report({ outbox: { last: 4, waiting: [2] } })
  expect(answer).toMatchObject({ missing: [1, 3, 4], safeThrough: null })
  expect(answer.serverTime).toBe(toMoment(world.clock.now()))
  world.clock.advance(1)
  expect(await report({ outbox: { last: 4, waiting: [1, 2, 3, 4] } })).toMatchObject({
    missing: []
  })
})

test('a count that ran wild stops nothing: the first of its numbers are named', async () => {
  const last = Number.MAX_SAFE_INTEGER
  const { missing } = await report({ outbox: { last, waiting: [1] } })
  expect([missing?.[0], missing?.length]).toEqual([2, 1000])
})

test('§12 what is held is kept while assigned and purged the day after, and unknown ids at once', async () => {
  const id = await assigned('2026-11-23')
  const unknown = '11111111-1111-4111-8111-111111111111'
  expect((await report({ have: [id, unknown] })).purge).toEqual([unknown])
  world.clock.advance(2 * day)
  expect((await report({ have: [id] })).purge).toEqual([id])
})

test('a revoked tablet is told to wipe, and keeps its cookie to deliver; wiped, it says so', async () => {
  const id = await assigned('2026-12-31')
  await world.parts.store.holdings.sent(
    tablet.device,
    [{ id: sampleCustomership as never, revision: 1 }],
    1
  )
  expect((await listed(office)).find((one) => one.id === tablet.device)).toMatchObject({
    name: 'Ainon tabletti',
    userName: 'Aino Äyräs',
    state: 'active',
    holds: 1
  })
  expect((await office.ask('DELETE', `/api/devices/${tablet.device}`)).status).toBe(204)
  expect((await client.ask('GET', '/api/session')).status).toBe(401)
  const unknown = '11111111-1111-4111-8111-111111111111'
  const wiping = { command: 'wipe', purge: [id, unknown], missing: [] }
  expect(await report({ have: [id, unknown] })).toMatchObject(wiping)
  expect((await listed(office)).find((one) => one.id === tablet.device)?.state).toBe('revoked')
  await report({ have: [], purged: [id] })
  expect((await listed(office)).find((one) => one.id === tablet.device)).toMatchObject({
    state: 'wiped',
    holds: 0
  })
})

const sayWiped = (clear: boolean) =>
  client.ask('POST', `/api/devices/${tablet.device}/wiped`, {
    clear,
    outbox: { last: 2, waiting: [] }
  })

test('a wiped device is told to clear its browser, and is nobody’s from then on', async () => {
  await world.parts.store.holdings.sent(
    tablet.device,
    [{ id: sampleCustomership as never, revision: 1 }],
    1
  )
  await office.ask('DELETE', `/api/devices/${tablet.device}`)
  const answer = await sayWiped(true)
  expect([answer.status, answer.headers.get('Clear-Site-Data')]).toEqual([
    204,
    '"cache", "storage"'
  ])
  const ended = answer.headers.getSetCookie().filter((line) => line.includes('=; Max-Age=0'))
  expect(ended.map((line) => line.split('=')[0])).toEqual([`device-${tablet.device}`, 'session'])
  const [device] = await listed(office)
  expect(device).toMatchObject({
    state: 'wiped',
    holds: 0,
    wipedAt: toMoment(world.clock.now())
  })
  expect((await sayWiped(true)).status).toBe(404)
})

test('a browser in which somebody else works is not cleared', async () => {
  await office.ask('DELETE', `/api/devices/${tablet.device}`)
  const other = await world.worker()
  client.cookies.set('session', other.cookies.get('session') ?? '')
  const answer = await sayWiped(true)
  expect([answer.status, answer.headers.get('Clear-Site-Data')]).toEqual([204, null])
  expect((await client.ask('GET', '/api/session')).status).toBe(200)
})

test('a device whose passphrase was forgotten ends without anybody revoking it', async () => {
  const answer = await sayWiped(false)
  expect([answer.status, answer.headers.get('Clear-Site-Data')]).toEqual([204, null])
  expect((await listed(office)).find(({ id }) => id === tablet.device)?.state).toBe('wiped')
  const device = await world.parts.store.devices.find(tablet.device)
  expect(device?.revokedAt).toBe(world.clock.now())
  expect((await client.ask('GET', '/api/session')).status).toBe(401)
})

test('a browser that lost everything but its cookies hears which device it was, and of notes that never came', async () => {
  await report({ outbox: { last: 4, waiting: [2] } })
  const seen = client.cookies.get('session') ?? ''
  client.cookies.delete('session')
  const answer = await client.ask('GET', '/api/devices/carried')
  const lastContactAt = toMoment(world.clock.now())
  expect(answer.body).toEqual({ devices: [{ device: tablet.device, lastContactAt, unsent: 4 }] })
  expect(answer.text).not.toMatch(/Aino|tabletti/)
  expect((await world.client().ask('GET', '/api/devices/carried')).body).toEqual({ devices: [] })
  client.cookies.set('session', seen)
  await sayWiped(false)
  expect((await client.ask('GET', '/api/devices/carried')).body).toEqual({ devices: [] })
})

test('a worker sees and revokes their own devices only', async () => {
  const other = await world.worker()
  expect(await listed(other)).toEqual([])
  expect((await listed(client)).map(({ id }) => id)).toEqual([tablet.device])
  expect((await other.ask('DELETE', `/api/devices/${tablet.device}`)).status).toBe(404)
  expect((await client.ask('DELETE', `/api/devices/${tablet.device}`)).status).toBe(204)
})

const stateWith = (by: Client) =>
  by.ask('POST', `/api/devices/${tablet.device}/state`, { have: [], purged: [], outbox })

test('a lost device cookie is given anew to its own user alone, and the former one is void at once', async () => {
  const name = `device-${tablet.device}`
  const former = client.cookies.get(name) ?? ''
  const path = `/api/devices/${tablet.device}/cookie`
  expect((await (await world.worker()).ask('POST', path)).status).toBe(404)
  for (const shown of [null, 'guessed']) {
    if (shown === null) client.cookies.delete(name)
    else client.cookies.set(name, shown)
    const before = client.cookies.get(name)
    expect((await client.ask('POST', path)).status).toBe(204)
    expect(client.cookies.get(name)).toMatch(/^[\w-]{22,}$/)
    expect([former, before]).not.toContain(client.cookies.get(name))
    await report()
    const thief = world.client()
    thief.cookies.set(name, former)
    expect((await stateWith(thief)).status).toBe(404)
  }
})

test('whoever asks for a cookie anew and shows the right one keeps it, whether the answer arrives or not', async () => {
  const name = `device-${tablet.device}`
  const cookie = client.cookies.get(name) ?? ''
  for (const isLost of [false, true]) {
    const answer = await client.ask('POST', `/api/devices/${tablet.device}/cookie`)
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie().join()).toContain(`${name}=${cookie};`)
    if (isLost) client.cookies.set(name, cookie)
    expect(client.cookies.get(name)).toBe(cookie)
    await report()
  }
  // With its session over as well, what waits still goes.
  client.cookies.delete('session')
  await report()
  expect((await client.ask('POST', `/api/devices/${tablet.device}/cookie`)).status).toBe(401)
  await report()
})

test('another’s right cookie brings nobody else’s user a new one', async () => {
  const other = await world.worker()
  other.cookies.set(`device-${tablet.device}`, client.cookies.get(`device-${tablet.device}`) ?? '')
  const answer = await other.ask('POST', `/api/devices/${tablet.device}/cookie`)
  expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found'])
  expect(answer.headers.getSetCookie().join()).not.toContain('device-')
})

test('a wiped device that still shows its cookie is given none', async () => {
  const cookie = client.cookies.get(`device-${tablet.device}`) ?? ''
  await sayWiped(false)
  const again = await world.signedIn(aino)
  again.cookies.set(`device-${tablet.device}`, cookie)
  const answer = await again.ask('POST', `/api/devices/${tablet.device}/cookie`)
  expect(answer.headers.getSetCookie().join()).not.toContain('device-')
})
