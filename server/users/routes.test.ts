import { afterEach, beforeEach, expect, test } from 'vitest'
import { passkeyIdSchema, userIdSchema } from '#contract/id.ts'
import type { UserSummary } from '#contract/user.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { bodyOf, codeOf, World, type Client } from '#tests/support/world.ts'

const day = 86_400_000
const password = 'kärpänen lentää yöllä'

let world: World
let office: Client

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
})
afterEach(() => world.close())

const invitation = {
  username: 'aino',
  displayName: 'Aino Äyräs',
  role: 'worker',
  tasks: ['care']
}

const invite = (o: Partial<typeof invitation> = {}) =>
  office.ask('POST', '/api/office/users', { ...invitation, ...o })

const welcome = (code: string, o: object = {}) =>
  world.client().ask('POST', '/api/welcome', {
    code,
    username: 'aino',
    displayName: 'Aino Äyräs',
    password,
    ...o
  })

const stateOf = async (username: string) =>
  bodyOf<{ users: UserSummary[] }>(await office.ask('GET', '/api/office/users')).users.find(
    (user) => user.username === username
  )?.state

test('§12 an invited user gets in with the code, by a password of their own, once', async () => {
  const answer = await invite()
  expect(answer.status).toBe(201)
  const { code } = bodyOf<{ code: string }>(answer)
  expect(await stateOf('aino')).toBe('invited')
  const status = await world.client().ask('POST', '/api/welcome/status', { code })
  expect(status.body).toEqual({
    role: 'worker',
    first: false,
    username: 'aino',
    displayName: 'Aino Äyräs'
  })

  const other = await welcome(code, { username: 'someone-else' })
  expect(other.body).toMatchObject({ status: 422, issues: [{ path: ['username'] }] })
  const common = await welcome(code, { password: 'ainoäyräs2026' })
  expect(common.body).toMatchObject({ status: 422, issues: [{ path: ['password'] }] })

  const entered = await welcome(code)
  expect(entered.body).toMatchObject({
    user: { username: 'aino', role: 'worker' },
    pending: ['secrecy-pledge', 'training', 'notice']
  })
  expect(await stateOf('aino')).toBe('active')
  expect((await welcome(code)).status).toBe(404)
  const signIn = { username: 'aino', password }
  expect((await world.client().ask('POST', '/api/session', signIn)).status).toBe(200)
})

test('a code lasts a week', async () => {
  const { code } = bodyOf<{ code: string }>(await invite())
  world.clock.advance(7 * day)
  expect((await welcome(code)).status).toBe(404)
})

test('a user name is given once', async () => {
  await invite()
  const again = await invite()
  expect([again.status, codeOf(again)]).toEqual([409, 'conflict'])
})

test('a new code ends the password, the sessions and the tablets of before', async () => {
  const { id, code } = bodyOf<{ id: string; code: string }>(await invite())
  await welcome(code)
  const client = world.client()
  await client.ask('POST', '/api/session', { username: 'aino', password })
  const { device } = await client.enrol()

  const anew = await office.ask('POST', `/api/office/users/${id}/code`)
  expect(anew.status).toBe(201)
  expect((await client.ask('GET', '/api/session')).status).toBe(401)
  const kept = await world.parts.store.users.findByUsername('aino')
  expect(kept).toMatchObject({ state: 'invited', passwordHash: null })
  const signIn = { username: 'aino', password }
  expect((await world.client().ask('POST', '/api/session', signIn)).status).toBe(401)
  const state = await client.ask('POST', `/api/devices/${device}/state`, {
    have: [],
    purged: [],
    outbox: { last: 0, waiting: [] }
  })
  expect(state.body).toMatchObject({ command: 'wipe' })

  const { code: next } = bodyOf<{ code: string }>(anew)
  expect((await welcome(next, { password: 'vihreä laiva merellä' })).status).toBe(200)
})

test('a way back in lasts a day, ends the passkeys, and leaves what was pending as it was', async () => {
  const { id, code } = bodyOf<{ id: string; code: string }>(await invite())
  const client = world.client()
  await welcome(code)
  await client.ask('POST', '/api/session', { username: 'aino', password })
  for (const done of ['secrecy-pledge', 'training'])
    await client.ask('POST', '/api/session/pending', { done })
  const user = userIdSchema.parse(id)
  await world.parts.store.passkeys.add({
    id: passkeyIdSchema.parse(newUuidV7(world.clock.now())),
    user,
    credential: 'AAAA',
    publicKey: 'AAAA',
    counter: 0,
    name: 'Puhelin',
    createdAt: world.clock.now(),
    lastUsedAt: null,
    backedUp: false
  })

  const again = () => office.ask('POST', `/api/office/users/${id}/code`)
  const { code: late } = bodyOf<{ code: string }>(await again())
  expect(await world.parts.store.passkeys.ofUser(user)).toEqual([])
  world.clock.advance(day)
  expect((await welcome(late, { password: 'vihreä laiva merellä' })).status).toBe(404)

  office = await world.mainUser()
  const { code: next } = bodyOf<{ code: string }>(await again())
  const status = await world.client().ask('POST', '/api/welcome/status', { code: next })
  expect(status.body).toMatchObject({ first: false, returning: true, username: 'aino' })
  const back = await welcome(next, { password: 'vihreä laiva merellä' })
  expect(back.body).toMatchObject({ pending: ['notice'] })
})

test('nobody voids the account they are signed in with', async () => {
  const { user } = bodyOf<{ user: { id: string } }>(await office.ask('GET', '/api/session'))
  const answer = await office.ask('POST', `/api/office/users/${user.id}/code`)
  expect([answer.status, codeOf(answer)]).toEqual([403, 'not-allowed'])
})

test('the organisation fills the forms of the office', async () => {
  await invite()
  const answer = await office.ask('GET', '/api/office/organisation')
  expect(answer.body).toMatchObject({
    organisation: { controller: { name: 'Kotiapu Oy' }, organisers: [{ id: 'mallikunta' }] },
    people: expect.arrayContaining([
      expect.objectContaining({ displayName: 'Aino Äyräs', role: 'worker' })
    ]) as unknown
  })
})
