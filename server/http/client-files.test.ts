import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { World } from '#tests/support/world.ts'

const policy = "default-src 'none'; script-src 'self' 'sha256-abc='"
const page = `<!doctype html><meta http-equiv="content-security-policy" content="${policy}"><title>Kotikäynti</title>`
const drawnPolicy = "default-src 'none'; script-src 'self' 'sha256-def='"
const drawn = `<!doctype html><meta http-equiv="content-security-policy" content="${drawnPolicy}"><h1>Kirjaudu</h1>`

let folder: string
let world: World

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'client-'))
  await mkdir(join(folder, '_app/immutable'), { recursive: true })
  await writeFile(join(folder, 'app.html'), page)
  await writeFile(join(folder, 'sign-in.html'), drawn)
  await writeFile(join(folder, 'service-worker.js'), 'self')
  await writeFile(join(folder, '_app/immutable/a.js'), 'let a')
  await writeFile(join(folder, '_app/immutable/a.js.br'), 'compressed')
  await writeFile(join(folder, '..', 'outside.txt'), 'outside').catch(() => undefined)
  world = await World.create({ clientFolder: folder })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

const get = (path: string, headers = {}) =>
  world.client().send('GET', path, undefined, { 'Kotikaynti-Protocol': null, ...headers })

test.each(['/', '/today', '/clients/7d0f8a52-4c35-4a5e-9d5b-0f6c1d2e3f40', '/app.html'])(
  '%s is the page, with the policy of its scripts as a header, asked anew each time',
  async (path) => {
    const answer = await get(path)
    expect([answer.status, answer.text]).toEqual([200, page])
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toBe(`${policy}; frame-ancestors 'none'`)
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  }
)

test.each([
  {},
  { Cookie: 'language=fi' },
  { Cookie: 'practice=1' },
  { Cookie: 'a=b; language=fi' }
])('the sign-in comes drawn, with the policy of its own script (%o)', async (headers) => {
  const answer = await get('/sign-in', headers)
  expect([answer.status, answer.text]).toEqual([200, drawn])
  const policy = answer.headers.get('content-security-policy')
  expect(policy).toBe(`${drawnPolicy}; frame-ancestors 'none'`)
  expect(answer.headers.get('cache-control')).toBe('no-cache')
  expect(answer.headers.get('vary')).toContain('Cookie')
})

test('whoever chose another language gets the page that draws in theirs', async () => {
  const answer = await get('/sign-in', { Cookie: 'practice=1; language=sv' })
  expect([answer.status, answer.text]).toEqual([200, page])
  const own = answer.headers.get('content-security-policy')
  expect(own).toBe(`${policy}; frame-ancestors 'none'`)
  expect(answer.headers.get('vary')).toContain('Cookie')
})

test('what is named by its content is kept for ever, and comes compressed to who can read it', async () => {
  const plain = await get('/_app/immutable/a.js')
  expect(plain.text).toBe('let a')
  expect(plain.headers.get('cache-control')).toContain('immutable')
  const brotli = await get('/_app/immutable/a.js', { 'Accept-Encoding': 'gzip, br' })
  expect([brotli.text, brotli.headers.get('content-encoding')]).toEqual(['compressed', 'br'])
})

test('the service worker is asked anew each time', async () => {
  const answer = await get('/service-worker.js')
  expect([answer.text, answer.headers.get('cache-control')]).toEqual(['self', 'no-cache'])
})

test.each(['/_app/immutable/gone.js', '/_app/version.json', '/api/', '/api/today'])(
  '%s is missing, and is not answered with the page',
  async (path) => {
    const answer = await get(path, path.startsWith('/api') ? { 'Kotikaynti-Protocol': '1' } : {})
    expect(answer.status).toBe(404)
    expect(answer.text).not.toContain('<title>')
    expect(answer.headers.get('cache-control')).not.toContain('immutable')
  }
)

test.each(['/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/%2e%2e%2foutside.txt'])(
  '%s leads nowhere out of the folder',
  async (path) => {
    expect((await get(path)).text).not.toContain('outside')
  }
)

test('only the practice server offers sign-ins', async () => {
  const answer = await get('/api/demo', { 'Kotikaynti-Protocol': '1' })
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toEqual({ signIns: [] })
})
