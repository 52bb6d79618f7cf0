import { unattendedHeader } from '#contract/version.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unlockText } from '#contract/envelope.ts'
import type { SessionAnswer } from '#contract/session.ts'
import { newSecret } from '#server/keys/secret.ts'
import type { User } from '#server/store/users.ts'
import { bodyOf, codeOf, World, type Client, type Enrolled } from '#tests/support/world.ts'
import { firstCode } from './welcome.ts'

const minute = 60_000
const hour = 60 * minute
const password = 'kärpänen lentää yöllä'

let world: World
let aino: User

beforeEach(async () => {
  world = await World.create()
  aino = await world.user({ role: 'worker', username: 'aino', password })
})
afterEach(() => world.close())

const signIn = (client: Client, given: string, username = 'aino') =>
  client.ask('POST', '/api/session', { username, password: given })

const whoAmI = async (client: Client) => (await client.ask('GET', '/api/session')).status

test('the right password opens a session, and the cookie tells nothing', async () => {
  const client = world.client()
  const answer = await signIn(client, password)
  expect(answer.status).toBe(200)
  expect(bodyOf<SessionAnswer>(answer)).toEqual({
    user: {
      id: aino.id,
      username: 'aino',
      displayName: 'Working Person',
      role: 'worker',
      tasks: ['care']
    },
    pending: []
  })
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('session='))
  expect(cookie).toMatch(/^session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(await whoAmI(client)).toBe(200)
})

test('behind TLS the cookies are bound to the host, and the browser is told to stay on TLS', async () => {
  await world.stop()
  const secure = await World.create({ env: { KOTIKAYNTI_ORIGIN: 'https://kotikaynti.example' } })
  try {
    await secure.user({ role: 'worker', username: 'aino', password })
    const answer = await secure.client().ask(
      'POST',
      '/api/session',
      { username: 'aino', password },
      {
        Origin: 'https://kotikaynti.example'
      }
    )
    const cookies = answer.headers.getSetCookie()
    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-.*; Secure/)
    expect(answer.headers.get('Strict-Transport-Security')).toContain('max-age=')
  } finally {
    await secure.close()
  }
})

test('a wrong password, an unknown user, one who is invited and one who left are answered alike', async () => {
  await world.user({ role: 'worker', username: 'invited', state: 'invited' })
  await world.user({ role: 'worker', username: 'left', state: 'closed', password })
  const answers = [
    await signIn(world.client(), 'wrong words altogether'),
    await signIn(world.client(), password, 'nobody'),
    await signIn(world.client(), password, 'invited'),
    await signIn(world.client(), password, 'left')
  ]
  for (const answer of answers) {
    expect([answer.status, answer.text]).toEqual([401, answers[0]?.text])
    expect(answer.headers.getSetCookie()).toEqual([])
  }
})

test('guessing is slowed down with Retry-After, but not for the browser she has used before', async () => {
  const own = world.client()
  await signIn(own, password)
  await own.ask('DELETE', '/api/session')

  const guesser = world.client()
  let answer = await signIn(guesser, 'guess number one')
  for (let guess = 0; guess < 10 && answer.status === 401; guess += 1)
    answer = await signIn(guesser, `guess number ${guess}`)
  expect([answer.status, codeOf(answer)]).toEqual([429, 'too-many'])
  expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect((await signIn(world.client(), password)).status).toBe(429)

  expect((await signIn(own, password)).status).toBe(200)
  world.clock.advance(2 * hour)
  expect((await signIn(world.client(), password)).status).toBe(200)
})

test('signing in gives a new token, and the former one is worth nothing', async () => {
  const client = world.client()
  await signIn(client, password)
  const former = client.cookies.get('session') ?? ''
  await signIn(client, password)
  expect(client.cookies.get('session')).not.toBe(former)
  const thief = world.client()
  thief.cookies.set('session', former)
  expect(await whoAmI(thief)).toBe(401)
})

test('a worker idles out in an hour, and is out in a day however busy', async () => {
  const client = world.client()
  await signIn(client, password)
  world.clock.advance(59 * minute)
  expect(await whoAmI(client)).toBe(200)
  world.clock.advance(59 * minute)
  expect(await whoAmI(client)).toBe(200)
  world.clock.advance(61 * minute)
  expect(await whoAmI(client)).toBe(401)

  await signIn(client, password)
  for (let half = 0; half < 47; half += 1) {
    world.clock.advance(30 * minute)
    expect(await whoAmI(client)).toBe(200)
  }
  world.clock.advance(30 * minute)
  expect(await whoAmI(client)).toBe(401)
})

test('a main user idles out in 15 minutes, and the pulse of a screen does not count as use', async () => {
  const client = await world.mainUser()
  for (let minutes = 0; minutes < 14; minutes += 1) {
    world.clock.advance(minute)
    expect((await client.ask('GET', '/api/office/pulse')).status).toBe(200)
  }
  world.clock.advance(2 * minute)
  expect((await client.ask('GET', '/api/office/pulse')).status).toBe(401)
})

test('what an unattended page reads by itself does not count as use, and what a person asks does', async () => {
  const client = await world.mainUser()
  const read = (headers = {}) => client.ask('GET', '/api/office/situation', undefined, headers)
  world.clock.advance(14 * minute)
  expect((await read()).status).toBe(200)
  world.clock.advance(14 * minute)
  expect((await read({ [unattendedHeader]: '1' })).status).toBe(200)
  world.clock.advance(2 * minute)
  expect((await read()).status).toBe(401)
})

test('a changed role or task holds at the next request; a closed account opens nothing', async () => {
  const client = await world.signedIn(aino)
  expect((await client.ask('GET', '/api/office/users')).status).toBe(403)
  await world.parts.store.users.change(aino.id, { role: 'main-user', tasks: ['administration'] })
  expect((await client.ask('GET', '/api/office/users')).status).toBe(200)
  await world.parts.store.users.change(aino.id, { state: 'closed' })
  expect(await whoAmI(client)).toBe(401)
})

test('signing out ends the session at the server, and twice is no error', async () => {
  const client = world.client()
  await signIn(client, password)
  const token = client.cookies.get('session') ?? ''
  expect((await client.ask('DELETE', '/api/session')).status).toBe(204)
  expect(client.cookies.has('session')).toBe(false)
  const thief = world.client()
  thief.cookies.set('session', token)
  expect(await whoAmI(thief)).toBe(401)
  expect((await client.ask('DELETE', '/api/session')).status).toBe(204)
})

test('who asks whether anybody is signed in is answered, and that nobody is is no error', async () => {
  const client = world.client()
  const ask = async () => {
    const { status, body } = await client.ask('GET', '/api/session/if-any')
    return { status, body }
  }
  const nobody = { status: 200, body: { session: null } }
  expect(await ask()).toEqual(nobody)
  const { body: entered } = await signIn(client, password)
  expect(await ask()).toEqual({ status: 200, body: { session: entered } })
  world.clock.advance(59 * 60_000)
  await ask()
  world.clock.advance(59 * 60_000)
  expect(await ask()).toEqual({ status: 200, body: { session: entered } })
  world.clock.advance(60 * 60_000)
  expect(await ask()).toEqual(nobody)
  await signIn(client, password)
  await client.ask('DELETE', '/api/session')
  expect(await ask()).toEqual(nobody)
})

test('a session survives a restart of the server', async () => {
  const client = world.client()
  await signIn(client, password)
  await world.stop()
  await world.start()
  expect(await whoAmI(client)).toBe(200)
})

test('§12 §14 the pledge, the training and the notice are done one by one, and the year runs', async () => {
  const fresh = { pledgedAt: null, trainedAt: null, noticeVersion: null, noticeAt: null }
  const client = await world.signedIn(await world.user({ role: 'main-user', ...fresh }))
  const pending = async () => bodyOf<SessionAnswer>(await client.ask('GET', '/api/session')).pending
  expect(await pending()).toEqual(['secrecy-pledge', 'training', 'notice'])
  for (const done of ['notice', 'secrecy-pledge']) {
    expect((await client.ask('POST', '/api/session/pending', { done })).status).toBe(200)
  }
  expect(codeOf(await client.ask('GET', '/api/office/users'))).toBe('pending')
  const last = await client.ask('POST', '/api/session/pending', { done: 'training' })
  expect(bodyOf<SessionAnswer>(last).pending).toEqual([])
  expect((await client.ask('GET', '/api/office/users')).status).toBe(200)

  world.clock.advance(366 * 24 * hour)
  const later = await world.signedIn(
    (await world.parts.store.users.list()).find(({ role }) => role === 'main-user') ?? aino
  )
  expect(bodyOf<SessionAnswer>(await later.ask('GET', '/api/session')).pending).toEqual([
    'secrecy-pledge',
    'training'
  ])
})

test('a password that must be changed is changed once, by a strong one, and ends other sessions', async () => {
  await world.parts.store.users.change(aino.id, { mustChangePassword: true })
  const here = await world.signedIn(aino)
  const elsewhere = await world.signedIn(aino)
  const change = (given?: string) =>
    here.ask('POST', '/api/session/pending', {
      done: 'change-password',
      ...(given === undefined ? {} : { password: given })
    })
  expect((await change()).status).toBe(422)
  expect((await change('short')).status).toBe(422)
  const common = await change('salasana12345')
  expect([common.status, common.body]).toMatchObject([
    422,
    { issues: [{ path: ['password'], code: 'too-common' }] }
  ])
  expect((await change('vihreä laiva merellä')).status).toBe(200)
  expect(await whoAmI(here)).toBe(200)
  expect(await whoAmI(elsewhere)).toBe(401)
  expect((await change('toinen laiva merellä')).status).toBe(403)
  expect((await signIn(world.client(), password)).status).toBe(401)
  expect((await signIn(world.client(), 'vihreä laiva merellä')).status).toBe(200)
})

test('one’s own password is changed by who knows it; other browsers and tablets are out, this one goes on', async () => {
  const here = world.client()
  await signIn(here, password)
  const elsewhere = world.client()
  await signIn(elsewhere, password)
  const tablet = await elsewhere.enrol()
  const change = (current: string, next: string) =>
    here.ask('POST', '/api/session/password', { current, password: next })
  const wrong = await change('not the password', 'vihreä laiva merellä')
  expect([wrong.status, codeOf(wrong)]).toEqual([401, 'wrong-credentials'])
  expect((await change(password, 'salasana12345')).body).toMatchObject({
    issues: [{ path: ['password'], code: 'too-common' }]
  })
  const former = here.cookies.get('session')
  expect((await change(password, 'vihreä laiva merellä')).status).toBe(200)
  expect(here.cookies.get('session')).not.toBe(former)
  expect([await whoAmI(here), await whoAmI(elsewhere)]).toEqual([200, 401])
  expect(await unlock(elsewhere, tablet)).toBe(401)
  expect((await signIn(world.client(), password)).status).toBe(401)
  expect((await signIn(world.client(), 'vihreä laiva merellä')).status).toBe(200)
})

test('guessing the present password from an open desk is slowed down like signing in', async () => {
  const desk = await world.signedIn(aino)
  const statuses: number[] = []
  for (let guess = 0; guess < 8; guess += 1) {
    const body = { current: `guess number ${guess}`, password: 'vihreä laiva merellä' }
    statuses.push((await desk.ask('POST', '/api/session/password', body)).status)
  }
  expect([statuses[0], statuses.at(-1)]).toEqual([401, 429])
})

async function unlock(client: Client, tablet: Enrolled, challenge?: string): Promise<number> {
  const options = await client.ask('POST', '/api/session/unlock/options', {
    device: tablet.device
  })
  const text = challenge ?? bodyOf<{ challenge: string }>(options).challenge
  const sig = tablet.sign(unlockText(tablet.device, text))
  const request = { device: tablet.device, challenge: text, sig }
  return (await client.ask('POST', '/api/session/unlock', request)).status
}

test('an unlocked tablet renews its session by its key, for 14 days after the password', async () => {
  const client = world.client()
  await signIn(client, password)
  const tablet = await client.enrol()
  world.clock.advance(13 * 24 * hour)
  expect(await whoAmI(client)).toBe(401)
  expect(await unlock(client, tablet)).toBe(200)
  expect(await whoAmI(client)).toBe(200)
  world.clock.advance(25 * hour)
  expect(await unlock(client, tablet)).toBe(401)
  expect((await signIn(client, password)).status).toBe(200)
  expect(await unlock(client, tablet)).toBe(200)
})

test('a tablet that is enrolled without a password inherits what is left of the 14 days', async () => {
  const client = world.client()
  await signIn(client, password)
  const tablet = await client.enrol()
  world.clock.advance(13 * 24 * hour)
  expect(await unlock(client, tablet)).toBe(200)
  const second = await client.enrol('Toinen')
  expect(await unlock(client, second)).toBe(200)
  world.clock.advance(25 * hour)
  expect(await unlock(client, second)).toBe(401)
})

test('a challenge works once, within five minutes, and only with the key of this device', async () => {
  const client = await world.signedIn(aino)
  const tablet = await client.enrol()
  const ask = async () =>
    bodyOf<{ challenge: string }>(
      await client.ask('POST', '/api/session/unlock/options', { device: tablet.device })
    ).challenge
  const send = async (challenge: string, sig: string) =>
    (await client.ask('POST', '/api/session/unlock', { device: tablet.device, challenge, sig }))
      .status

  const once = await ask()
  const sig = tablet.sign(unlockText(tablet.device, once))
  expect(await send(once, sig)).toBe(200)
  expect(await send(once, sig)).toBe(401)

  const late = await ask()
  world.clock.advance(5 * minute)
  expect(await send(late, tablet.sign(unlockText(tablet.device, late)))).toBe(401)

  const stranger = await (await world.signedIn(aino)).enrol()
  const forged = await ask()
  expect(await send(forged, stranger.sign(unlockText(tablet.device, forged)))).toBe(401)
  const otherText = await ask()
  expect(await send(otherText, tablet.sign(unlockText(stranger.device, otherText)))).toBe(401)
})

test('unlocking needs the device cookie, and ends with sign-out, a new password or revocation', async () => {
  const client = await world.signedIn(aino)
  const tablet = await client.enrol()
  const options = await world
    .client()
    .ask('POST', '/api/session/unlock/options', { device: tablet.device })
  expect(options.status).toBe(404)

  world.clock.advance(2 * hour)
  await client.ask('GET', '/api/session')
  await client.ask('DELETE', '/api/session')
  expect(await unlock(client, tablet)).toBe(401)

  await signIn(client, password)
  expect(await unlock(client, tablet)).toBe(200)
  await world.parts.store.devices.endUnlocksOf(aino.id)
  expect(await unlock(client, tablet)).toBe(401)

  await signIn(client, password)
  await client.ask('DELETE', `/api/devices/${tablet.device}`)
  expect(await unlock(client, tablet)).toBe(403)
  expect(await whoAmI(client)).toBe(401)
})

const founding = { name: 'Kotiapu Oy', organiser: 'Mallikunta' }
const account = { username: 'paula', displayName: 'Paula Pääkäyttäjä', password }

test('a new register is founded through one link, once', async () => {
  const fresh = await World.create({ organisation: null })
  try {
    const { store, clock } = fresh.parts
    const code = (await firstCode(store, newSecret, clock.now())) ?? ''
    const client = fresh.client()
    const status = await client.ask('POST', '/api/welcome/status', { code })
    expect(status.body).toEqual({ role: 'main-user', first: true })

    const without = await client.ask('POST', '/api/welcome', { code, ...account })
    expect([without.status, codeOf(without)]).toEqual([422, 'invalid'])
    const request = { code, ...account, organisation: founding }
    const both = await Promise.all([
      client.ask('POST', '/api/welcome', request),
      fresh.client().ask('POST', '/api/welcome', { ...request, username: 'pekka' })
    ])
    expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 404])
    expect(await store.users.count()).toBe(1)
    expect((await store.organisation.read()).organisation?.controller.name).toBe('Kotiapu Oy')
    expect(await firstCode(store, newSecret, clock.now())).toBeNull()
    expect((await client.ask('POST', '/api/welcome', request)).status).toBe(404)
  } finally {
    await fresh.close()
  }
})

test('a second start of an unfounded register voids the first link, and a link lasts a day', async () => {
  const fresh = await World.create({ organisation: null })
  try {
    const { store, clock } = fresh.parts
    const first = (await firstCode(store, newSecret, clock.now())) ?? ''
    const second = (await firstCode(store, newSecret, clock.now())) ?? ''
    const ask = async (code: string) =>
      (await fresh.client().ask('POST', '/api/welcome/status', { code })).status
    expect([await ask(first), await ask(second)]).toEqual([404, 200])
    fresh.clock.advance(24 * hour)
    expect(await ask(second)).toBe(404)
  } finally {
    await fresh.close()
  }
})
