import { afterEach, beforeEach, expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { unlockText } from '#contract/envelope.ts'
import {
  passkeyCreationSchema,
  passkeyQuestionSchema,
  type Assertion,
  type Passkey
} from '#contract/passkey.ts'
import type { SessionAnswer } from '#contract/session.ts'
import { secretHash } from '#server/keys/secret.ts'
import type { User } from '#server/store/users.ts'
import { Authenticator, type Bent } from '#tests/support/authenticator.ts'
import { bodyOf, codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

const minute = 60_000
const password = 'kärpänen lentää yöllä'

let world: World
let aino: User
let key: Authenticator

beforeEach(async () => {
  world = await World.create()
  aino = await world.user({ role: 'worker', username: 'aino', password })
  key = new Authenticator()
})
afterEach(() => world.close())

type Question = z.infer<typeof passkeyQuestionSchema>

async function creationFor(client: Client) {
  const answer = await client.ask('POST', '/api/passkeys/options', {})
  return passkeyCreationSchema.parse(answer.body)
}

async function register(client: Client, authenticator = key, bent: Bent = {}): Promise<Answer> {
  const response = authenticator.create(await creationFor(client), bent)
  return await client.ask('POST', '/api/passkeys', { name: 'Puhelin', response })
}

async function ask(client: Client): Promise<Question> {
  const answer = await client.ask('POST', '/api/session/passkey/options', {})
  return passkeyQuestionSchema.parse(answer.body)
}

const send = (client: Client, response: Assertion | object) =>
  client.ask('POST', '/api/session/passkey', { response })

async function signIn(client: Client, authenticator = key, bent: Bent = {}): Promise<Answer> {
  return await send(client, authenticator.answer(await ask(client), bent))
}

const whoAmI = async (client: Client) => (await client.ask('GET', '/api/session')).status

const passkeysOf = async (client: Client) =>
  bodyOf<{ passkeys: Passkey[] }>(await client.ask('GET', '/api/passkeys')).passkeys

/** Refused, with the one answer that every reason has, and nobody is signed in. */
async function expectRefused(client: Client, answer: Answer): Promise<void> {
  expect([answer.status, codeOf(answer)]).toEqual([401, 'wrong-credentials'])
  expect(await whoAmI(client)).toBe(401)
}

test('a passkey is made after a fresh sign-in, listed by its name, and signs in without a user name', async () => {
  const client = await world.signedIn(aino)
  const options = await creationFor(client)
  expect(options).toMatchObject({
    rp: { id: 'localhost' },
    user: { name: 'aino' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: []
  })
  expect((await register(client)).status).toBe(201)
  expect(await passkeysOf(client)).toMatchObject([
    { name: 'Puhelin', credential: key.credential, lastUsedAt: null, backedUp: false }
  ])

  const elsewhere = world.client()
  const question = await ask(elsewhere)
  expect(question).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
  expect(question).not.toHaveProperty('allowCredentials')
  const answer = await send(elsewhere, key.answer(question))
  expect(answer.status).toBe(200)
  expect(bodyOf<SessionAnswer>(answer).user.id).toBe(aino.id)
  expect(await whoAmI(elsewhere)).toBe(200)
  expect((await passkeysOf(client))[0]?.lastUsedAt).not.toBeNull()
  const { excludeCredentials } = await creationFor(client)
  expect(excludeCredentials).toEqual([{ type: 'public-key', id: key.credential }])
})

test('an answer works once: replayed it opens nothing, in the same browser or in another', async () => {
  await register(await world.signedIn(aino))
  const client = world.client()
  const question = await ask(client)
  const asked = client.cookies.get('asked') ?? ''
  const response = key.answer(question, { counter: 0 })
  expect((await send(client, response)).status).toBe(200)
  for (const thief of [world.client(), world.client()]) {
    thief.cookies.set('asked', asked)
    await expectRefused(thief, await send(thief, response))
  }
})

test('a challenge answers the browser that asked for it, within five minutes', async () => {
  await register(await world.signedIn(aino))
  const mine = world.client()
  const response = key.answer(await ask(mine))
  const other = world.client()
  await ask(other)
  await expectRefused(other, await send(other, response))

  const late = world.client()
  const question = await ask(late)
  world.clock.advance(5 * minute)
  await expectRefused(late, await send(late, key.answer(question)))

  const invented = world.client()
  await ask(invented)
  const challenge = 'A'.repeat(43)
  await expectRefused(invented, await signIn(invented, key, { challenge }))
})

test('what was asked to make a passkey is no answer to who is there', async () => {
  const client = await world.signedIn(aino)
  await register(client)
  const { challenge } = await creationFor(client)
  const stranger = world.client()
  stranger.cookies.set('asked', secretHash(client.cookies.get('session') ?? ''))
  const question: Question = {
    challenge,
    rpId: 'localhost',
    timeout: 1,
    userVerification: 'required'
  }
  await expectRefused(stranger, await send(stranger, key.answer(question)))
  const typed = world.client()
  await expectRefused(typed, await signIn(typed, key, { type: 'webauthn.create' }))
})

test.each<[string, Bent]>([
  ['of another origin', { origin: 'http://localhost.evil.example' }],
  ['of another port of this host', { origin: 'http://localhost:3001' }],
  ['for another party', { rpId: 'evil.example' }],
  ['of an authenticator that did not verify its user', { verified: false }],
  ['that does not name its owner', { userHandle: null }],
  ['that names another owner', { userHandle: 'MDE5YTAwMDAtMDAwMC03MDAw' }]
])('an answer %s is refused', async (_, bent) => {
  await register(await world.signedIn(aino))
  const client = world.client()
  await expectRefused(client, await signIn(client, key, bent))
})

test('a counter that went back is a copy, and is refused; the one that goes on is let in', async () => {
  await register(await world.signedIn(aino))
  const client = world.client()
  for (let times = 0; times < 3; times += 1) expect((await signIn(client)).status).toBe(200)
  for (const counter of [3, 1, 0]) {
    const copy = world.client()
    await expectRefused(copy, await signIn(copy, key, { counter }))
  }
  key.counter = 3
  expect((await signIn(client)).status).toBe(200)
})

test('a passkey signs for its own credential only, and an unknown one is answered as a wrong one', async () => {
  await register(await world.signedIn(aino))
  const kaisa = await world.user({ role: 'worker', username: 'kaisa' })
  const hers = new Authenticator()
  await register(await world.signedIn(kaisa), hers)
  const client = world.client()
  const userHandle = Buffer.from(aino.id).toString('base64url')
  const forged = await signIn(client, hers, { credential: key.credential, userHandle })
  await expectRefused(client, forged)
  const unknown = await signIn(client, hers, { credential: 'AAAA' })
  expect([unknown.status, unknown.text]).toEqual([forged.status, forged.text])
})

test('what an extension derived is refused, and so is any property that is not asked for', async () => {
  const client = await world.signedIn(aino)
  const prf = { results: { first: 'c2VjcmV0LXRoYXQtb3BlbnMtYS12YXVsdA' } }
  const created = key.create(await creationFor(client))
  const registering = { name: 'Puhelin', response: created }
  for (const response of [
    { ...created, clientExtensionResults: { prf } },
    { ...created, prf },
    { ...created, response: { ...created.response, prf } }
  ]) {
    const answer = await client.ask('POST', '/api/passkeys', { ...registering, response })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'unknown-property'])
    expect(answer.text).not.toContain(prf.results.first)
  }
  expect(await passkeysOf(client)).toEqual([])

  await register(client)
  const visitor = world.client()
  const response = key.answer(await ask(visitor))
  const answer = await send(visitor, { ...response, clientExtensionResults: { prf } })
  expect([answer.status, codeOf(answer)]).toEqual([400, 'unknown-property'])
  expect(answer.text).not.toContain(prf.results.first)
  expect(await whoAmI(visitor)).toBe(401)
})

test.each<[string, Bent]>([
  ['of another origin', { origin: 'https://evil.example' }],
  ['for another party', { rpId: 'evil.example' }],
  ['without its user verified', { verified: false }],
  ['to another question', { challenge: 'B'.repeat(43) }],
  ['with a statement that nobody asked for', { attestation: { fmt: 'tpm', attStmt: {} } }],
  [
    'with certificates, whose addresses the server would ask',
    { attestation: { fmt: 'packed', attStmt: { alg: -7, sig: Buffer.of(1), x5c: [] } } }
  ]
])('a passkey made %s is not registered', async (_, bent) => {
  const client = await world.signedIn(aino)
  const answer = await register(client, key, bent)
  expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid'])
  expect(await passkeysOf(client)).toEqual([])
})

test('what one session was asked, another cannot answer; and a passkey is registered once', async () => {
  const mine = await world.signedIn(aino)
  const response = key.create(await creationFor(mine))
  const other = await world.signedIn(aino)
  const stolen = await other.ask('POST', '/api/passkeys', { name: 'Puhelin', response })
  expect([stolen.status, codeOf(stolen)]).toEqual([422, 'invalid'])

  expect((await register(mine)).status).toBe(201)
  const kaisa = await world.signedIn(await world.user({ role: 'worker', username: 'kaisa' }))
  const again = await register(kaisa)
  expect([again.status, codeOf(again)]).toEqual([409, 'conflict'])
})

test('ten minutes after the password nothing of one’s passkeys changes, until it is given again', async () => {
  const client = world.client()
  const enter = () => client.ask('POST', '/api/session', { username: 'aino', password })
  await enter()
  await register(client)
  const [{ id } = { id: '' }] = await passkeysOf(client)
  const options = await creationFor(client)
  world.clock.advance(10 * minute)
  const answers = [
    await client.ask('POST', '/api/passkeys/options', {}),
    await client.ask('POST', '/api/passkeys', {
      name: 'Toinen',
      response: new Authenticator().create(options)
    }),
    await client.ask('DELETE', `/api/passkeys/${id}`)
  ]
  for (const answer of answers)
    expect([answer.status, codeOf(answer)]).toEqual([403, 'sign-in-again'])
  expect((await enter()).status).toBe(200)
  expect((await client.ask('DELETE', `/api/passkeys/${id}`)).status).toBe(204)
})

test('a session that an unlocked tablet renewed is not a fresh sign-in', async () => {
  const client = world.client()
  await client.ask('POST', '/api/session', { username: 'aino', password })
  const { device, sign } = await client.enrol()
  expect((await client.ask('POST', '/api/passkeys/options', {})).status).toBe(200)
  const options = await client.ask('POST', '/api/session/unlock/options', { device })
  const { challenge } = bodyOf<{ challenge: string }>(options)
  const sig = sign(unlockText(device, challenge))
  expect((await client.ask('POST', '/api/session/unlock', { device, challenge, sig })).status).toBe(
    200
  )
  const answer = await client.ask('POST', '/api/passkeys/options', {})
  expect([answer.status, codeOf(answer)]).toEqual([403, 'sign-in-again'])
})

test('a passkey that is removed opens nothing, and another’s is one that does not exist', async () => {
  const client = await world.signedIn(aino)
  await register(client)
  const [{ id } = { id: '' }] = await passkeysOf(client)
  const kaisa = await world.signedIn(await world.user({ role: 'main-user', username: 'kaisa' }))
  const answer = await kaisa.ask('DELETE', `/api/passkeys/${id}`)
  expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found'])
  expect(await passkeysOf(kaisa)).toEqual([])
  expect((await client.ask('DELETE', `/api/passkeys/${id}`)).status).toBe(204)
  const visitor = world.client()
  await expectRefused(visitor, await signIn(visitor))
})

test('a passkey gives a new token, and what the browser held before is worth nothing', async () => {
  await register(await world.signedIn(aino))
  const client = await world.signedIn(aino)
  const planted = client.cookies.get('session') ?? ''
  expect((await signIn(client)).status).toBe(200)
  expect(client.cookies.get('session')).not.toBe(planted)
  const attacker = world.client()
  attacker.cookies.set('session', planted)
  expect(await whoAmI(attacker)).toBe(401)
})

test('§12 who has left cannot sign in by a passkey, and it goes with the account', async () => {
  await register(await world.signedIn(aino))
  await world.parts.store.users.change(aino.id, { state: 'closed' })
  const client = world.client()
  await expectRefused(client, await signIn(client))
  await world.parts.store.users.change(aino.id, { state: 'active' })
  const office = await world.mainUser()
  await office.ask('POST', `/api/office/users/${aino.id}/closing`, {})
  expect(await world.parts.store.passkeys.ofUser(aino.id)).toEqual([])
})

test('who has not yet chosen a password of their own makes no passkey', async () => {
  await world.parts.store.users.change(aino.id, { mustChangePassword: true })
  const client = await world.signedIn(aino)
  const answer = await client.ask('POST', '/api/passkeys/options', {})
  expect([answer.status, codeOf(answer)]).toEqual([403, 'pending'])
})

test('guessing by passkeys is slowed by address, together with guessing by passwords', async () => {
  await register(await world.signedIn(aino))
  const guesser = world.client()
  let answer = await signIn(guesser, new Authenticator())
  for (let guess = 0; guess < 40 && answer.status === 401; guess += 1)
    answer = await signIn(guesser, new Authenticator())
  expect([answer.status, codeOf(answer)]).toEqual([429, 'too-many'])
  expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  const sprayed = await world.client().ask('POST', '/api/session', { username: 'kaisa', password })
  expect(sprayed.status).toBe(429)
})

test('asking without ever answering is slowed by address', async () => {
  const asker = world.client()
  const statuses: number[] = []
  for (let times = 0; times < 70; times += 1)
    statuses.push((await asker.ask('POST', '/api/session/passkey/options', {})).status)
  expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true)
  expect(statuses.at(-1)).toBe(429)
})
