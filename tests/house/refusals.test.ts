import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  pathOf,
  refusals,
  sampleCustomership,
  strangePathsOf,
  type Ids
} from '#tests/support/refusals.ts'
import { codeOf, origin, World, type Client } from '#tests/support/world.ts'

let world: World
let ids: Ids
/** Each with nothing pending, and with a device cookie of their own. */
const browsers = new Map<'main-user' | 'worker' | 'pending', Client>()

beforeAll(async () => {
  world = await World.create()
  const worker = await world.user({ role: 'worker' })
  browsers.set('worker', await world.signedIn(worker))
  browsers.set('main-user', await world.mainUser())
  const fresh = await world.user({ role: 'main-user', pledgedAt: null })
  browsers.set('pending', await world.signedIn(fresh))
  const { device } = await browser('worker').enrol()
  ids = { device, user: worker.id, customership: sampleCustomership }
  const opening = refusals['POST /api/office/customerships']?.body?.(ids)
  const opened = await browser('main-user').ask('POST', '/api/office/customerships', opening)
  expect(opened.status).toBe(201)
})
afterAll(() => world.close())

function browser(who: 'main-user' | 'worker' | 'pending'): Client {
  const client = browsers.get(who)
  if (!client) throw new Error(who)
  return client
}

/** Whom the route lets past its door. */
const admitted = (asker: string) => browser(asker === 'main-user' ? 'main-user' : 'worker')

const routes = Object.entries(refusals).map(([route, refused]) => {
  const [method = '', pattern = ''] = route.split(' ')
  return { route, method, pattern, ...refused }
})
const changing = routes.filter(({ method }) => method !== 'GET')
const withBody = routes.filter(({ body }) => body)
const speaking = routes.filter(
  ({ route }) => !/health|metrics|openapi|certificates\/key/.test(route)
)

test('every mounted route is in the refusal battery, and no other', () => {
  const mounted = world.app.routes.map(({ method, pattern }) => `${method} ${pattern}`)
  expect(mounted.toSorted()).toEqual(Object.keys(refusals).toSorted())
})

describe.each(speaking)('$route', ({ method, pattern, asker, body }) => {
  const path = () => pathOf(pattern, ids)
  const sample = () => body?.(ids)

  test('refuses a missing and an unknown protocol number', async () => {
    for (const number of [null, '2', 'one', '0']) {
      const answer = await admitted(asker).ask(method, path(), sample(), {
        'Kotikaynti-Protocol': number
      })
      expect([answer.status, codeOf(answer)]).toEqual([400, 'protocol'])
    }
  })

  test('refuses another method and names the right ones', async () => {
    const answer = await admitted(asker).ask('PATCH', path())
    expect([answer.status, codeOf(answer)]).toEqual([405, 'wrong-method'])
    expect(answer.headers.get('Allow')?.split(', ')).toContain(method)
  })

  if (asker !== 'anyone')
    test('refuses who is not signed in, or carries no device', async () => {
      const answer = await world.client().ask(method, path(), sample())
      const expected = asker === 'device' ? [404, 'not-found'] : [401, 'not-signed-in']
      expect([answer.status, codeOf(answer)]).toEqual(expected)
    })

  if (asker === 'ready' || asker === 'main-user')
    test('§12 refuses who has not pledged secrecy', async () => {
      const answer = await browser('pending').ask(method, path(), sample())
      expect([answer.status, codeOf(answer)]).toEqual([403, 'pending'])
    })

  if (asker === 'main-user')
    test('§12 refuses a worker', async () => {
      const answer = await browser('worker').ask(method, path(), sample())
      expect([answer.status, codeOf(answer)]).toEqual([403, 'not-allowed'])
    })

  if (pattern.includes(':id'))
    test('answers alike for what does not exist and for what cannot be an id', async () => {
      for (const strange of strangePathsOf(pattern)) {
        const answer = await browser('main-user').ask(method, strange, sample())
        expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found'])
      }
    })
})

describe.each(changing)('$route', ({ method, pattern, asker, body }) => {
  test('refuses another origin, and a request that tells none', async () => {
    const path = pathOf(pattern, ids)
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: null },
      { Origin: null, 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }
    ]) {
      const answer = await admitted(asker).ask(method, path, body?.(ids), headers)
      expect([answer.status, codeOf(answer)]).toEqual([403, 'cross-origin'])
    }
  })
})

test.each(changing)('$route refuses a body that no form of ours sends', async (one) => {
  const path = pathOf(one.pattern, ids)
  const client = admitted(one.asker)
  const plain = await client.send(one.method, path, '{}', { 'Content-Type': 'text/plain' })
  expect([plain.status, codeOf(plain)]).toEqual([415, 'not-json'])
  const packed = await client.send(one.method, path, '{}', {
    'Content-Type': 'application/json',
    'Content-Encoding': 'gzip'
  })
  expect([packed.status, codeOf(packed)]).toEqual([415, 'not-json'])
})

const usualBytes = 1024 * 1024

describe.each(withBody)('$route', ({ method, pattern, asker, body, limitBytes = usualBytes }) => {
  const path = () => pathOf(pattern, ids)
  const send = (text: BodyInit, type = 'application/json') =>
    admitted(asker).send(method, path(), text, { 'Content-Type': type })

  test('refuses an unknown property and says where', async () => {
    const answer = await send(JSON.stringify({ ...body?.(ids), isAdmin: true }))
    expect([answer.status, codeOf(answer)]).toEqual([400, 'unknown-property'])
    expect(answer.body).toMatchObject({ issues: [{ path: ['isAdmin'] }] })
  })

  test('refuses a property that reaches a prototype, at any depth', async () => {
    for (const evil of ['{"__proto__":{"a":1}}', '{"a":[{"b":{"__proto__":null}}]}']) {
      const answer = await send(evil)
      expect([answer.status, codeOf(answer)]).toEqual([400, 'unknown-property'])
    }
  })

  test('refuses what is not JSON, by its type and by its text', async () => {
    const forms = await send('a=1', 'application/x-www-form-urlencoded')
    expect([forms.status, codeOf(forms)]).toEqual([415, 'not-json'])
    const plain = await send(JSON.stringify(body?.(ids)), 'text/plain')
    expect([plain.status, codeOf(plain)]).toEqual([415, 'not-json'])
    for (const text of ['{', '', '{"a":1}{"b":2}', Buffer.from([0x22, 0xff, 0x22])]) {
      const answer = await send(text)
      expect([answer.status, codeOf(answer)]).toEqual([400, 'malformed'])
    }
  })

  test('refuses what is too large, told or in chunks, and what is too deep', async () => {
    const large = JSON.stringify({ a: 'x'.repeat(limitBytes) })
    const chunks = () => {
      let left = limitBytes / (64 * 1024) + 24
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left-- > 0) controller.enqueue(new Uint8Array(64 * 1024).fill(0x20))
          else controller.close()
        }
      })
    }
    for (const sent of [large, chunks()]) {
      const answer = await send(sent)
      expect([answer.status, codeOf(answer)]).toEqual([413, 'too-large'])
    }
    const deep = await send('['.repeat(5000) + ']'.repeat(5000))
    expect([deep.status, codeOf(deep)]).toEqual([400, 'malformed'])
  })
})

test('an address of the API that nobody serves is not found, and the app is not served for it', async () => {
  const answer = await browser('worker').ask('GET', '/api/nothing-here')
  expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found'])
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})

test('a request that the browser says is of the same origin needs no Origin', async () => {
  const answer = await world
    .client()
    .ask('DELETE', '/api/session', undefined, { Origin: null, 'Sec-Fetch-Site': 'same-origin' })
  expect(answer.status).toBe(204)
})

test('every answer of the API says that nothing in it is to be kept, framed or run', async () => {
  const answers = [
    await world.client().ask('GET', '/api/health'),
    await world.client().ask('GET', '/api/session'),
    await world.client().ask('GET', '/api/nothing-here')
  ]
  for (const { headers } of answers) {
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(headers.get('Strict-Transport-Security')).toBeNull()
  }
  expect(origin.startsWith('http:')).toBe(true)
})
