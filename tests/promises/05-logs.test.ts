import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { refusals, pathOf, sampleCustomership } from '#tests/support/refusals.ts'
import { Family } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { origin, World } from '#tests/support/world.ts'

const canaries = ['Kanarianlintu', 'Lintukotontie', 'kanaria@lintu.example', '010594Y9032']

let world: World
beforeEach(async () => {
  world = await World.create()
})
afterEach(() => world.close())

/** The value with a canary in the place of each text, one after another. */
function* withCanaries(value: unknown): Generator {
  if (typeof value === 'string') yield* canaries
  else if (Array.isArray(value))
    for (const [index, item] of value.entries())
      for (const changed of withCanaries(item)) yield value.with(index, changed)
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      for (const changed of withCanaries(item)) yield { ...value, [key]: changed }
}

test('§5 personal data driven into every error reaches no answer, no header and no log', async () => {
  const worker = await world.user({ role: 'worker' })
  const browser = await world.signedIn(worker)
  const { device } = await browser.enrol()
  const office = await world.mainUser()
  const ids = { device, user: worker.id, customership: sampleCustomership }
  await office.ask(
    'POST',
    '/api/office/customerships',
    refusals['POST /api/office/customerships']?.body?.(ids)
  )
  // From here on the store fails in the middle of things, each time with a client's name in its words.
  const { transact } = world.parts.store.register
  const breakStore = () => {
    world.parts.store.register.transact = () =>
      Promise.reject(new TypeError(`cannot write ${canaries.join(' ')}`))
  }

  let refused = 0
  for (const isBroken of [false, true]) {
    if (isBroken) breakStore()
    else world.parts.store.register.transact = transact
    for (const [route, { asker, body }] of Object.entries(refusals)) {
      if (!body || route === 'DELETE /api/session') continue
      const [method = '', pattern = ''] = route.split(' ')
      const client = asker === 'main-user' ? office : browser
      for (const sent of [
        body(ids),
        ...withCanaries(body(ids)),
        { ...body(ids), [canaries.join()]: 1 }
      ]) {
        const answer = await client.ask(method, pathOf(pattern, ids), sent)
        if (answer.status < 400) continue
        refused += 1
        const isNamed = JSON.stringify([...answer.headers]) + answer.text
        const told = canaries.filter((canary) => isNamed.includes(canary))
        // An unknown property is named by its key: that is the sender's own word, and no value.
        expect([route, answer.text.includes('unknown-property') ? [] : told]).toEqual([route, []])
      }
      for (const canary of canaries)
        await client.ask('GET', `/api/office/customerships/${encodeURIComponent(canary)}`)
    }
  }
  expect(refused).toBeGreaterThan(100)
  const log = world.logLines.join('\n')
  expect(log).toContain('"code":"internal"')
  expect(canaries.filter((canary) => log.includes(canary))).toEqual([])
})

test('§5 a failure is logged by route, name and place only', async () => {
  const office = await world.mainUser()
  world.parts.store.users.list = () => Promise.reject(new RangeError('Kanarianlintu 010594Y9032'))
  const answer = await office.ask('GET', '/api/office/users')
  expect([answer.status, answer.body]).toMatchObject([500, { code: 'internal' }])
  const lines = world.logLines.map((line) => JSON.parse(line) as Record<string, unknown>)
  const mine = lines.filter(({ request }) => request === answer.headers.get('x-request-id'))
  expect(mine.map(({ event }) => event)).toEqual(['request-failed', 'request'])
  expect(mine[0]).toMatchObject({
    event: 'request-failed',
    code: 'internal',
    method: 'GET',
    route: '/api/office/users',
    error: 'RangeError'
  })
})

test('§5 a stream that fails in the middle is cut, and tells nobody what of', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const office = await world.mainUser()
  const worker = await world.user({ role: 'worker' })
  const family = await Family.open(world, office)
  await family.assign(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  world.parts.store.register.readEach = () => Promise.reject(new RangeError(canaries.join(' ')))
  const address = await world.listen()
  for (const encoding of ['gzip', 'identity']) {
    const asked = await fetch(`${address}/api/sync/pull`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Kotikaynti-Protocol': '1',
        Origin: origin,
        'Accept-Encoding': encoding,
        Cookie: [...tablet.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      },
      body: JSON.stringify(tablet.pullRequest())
    })
      .then((answer) => answer.text())
      .catch(() => '')
    expect(asked).not.toContain('"frame":"end"')
    expect(canaries.filter((canary) => asked.includes(canary))).toEqual([])
  }
  const said = inspect(printed.mock.calls, { depth: 9 }) + world.logLines.join('\n')
  printed.mockRestore()
  expect(canaries.filter((canary) => said.includes(canary))).toEqual([])
  expect(said).toContain('"event":"pull-cut"')
  expect(said).toContain('RangeError')
})

test('§5 the files of the store hold no name of a client in clear', async () => {
  const office = await world.mainUser()
  const opening = refusals['POST /api/office/customerships']?.body?.({
    device: '',
    user: '',
    customership: ''
  })
  const named = JSON.parse(JSON.stringify(opening).replace('Henkilö', 'Kanarianlintu')) as unknown
  expect((await office.ask('POST', '/api/office/customerships', named)).status).toBe(201)
  const files = (await readdir(world.folder, { recursive: true, withFileTypes: true })).filter(
    (file) => file.isFile()
  )
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) {
    const bytes = await readFile(join(file.parentPath, file.name))
    expect([file.name, bytes.includes('Kanarianlintu')]).toEqual([file.name, false])
  }
})
