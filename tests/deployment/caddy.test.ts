import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type RequestOptions } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { textOf } from '#tests/support/tree.ts'
import { World, type Client } from '#tests/support/world.ts'

const hasCaddy = (() => {
  try {
    execFileSync('caddy', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    console.warn('NOT SHOWN: this machine has no caddy. On Debian: apt-get install caddy')
    return false
  }
})()

let folder: string
let caddy: ChildProcess
let server: ServerProcess
let world: World
let office: Client
let securePort: number
const token = 'a-token-of-more-than-thirty-two-characters'

/** The given Caddyfile as it is, but that its certificate is made here and its ports are free ones. */
beforeAll(async () => {
  if (!hasCaddy) return
  folder = mkdtempSync(join(tmpdir(), 'caddy-'))
  const port = await freePort()
  securePort = await freePort()
  const plainPort = await freePort()
  const settings = [
    'admin off',
    'skip_install_trust',
    'local_certs',
    `http_port ${plainPort}`,
    `https_port ${securePort}`,
    `storage file_system ${folder}`
  ]
  const config = join(folder, 'Caddyfile')
  writeFileSync(config, `{\n${settings.join('\n')}\n}\n${textOf('deploy/Caddyfile')}`)

  const env = {
    KOTIKAYNTI_ORIGIN: `https://localhost:${securePort}`,
    KOTIKAYNTI_TRUSTED_PROXY: '127.0.0.1',
    KOTIKAYNTI_METRICS_TOKEN: token
  }
  world = await World.create({ now: Date.now(), env })
  office = await world.mainUser()
  await world.stop()
  server = new ServerProcess(port, world.env)
  await server.start()
  caddy = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', config], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      KOTIKAYNTI_HOST: 'localhost',
      KOTIKAYNTI_UPSTREAM: `127.0.0.1:${port}`
    },
    stdio: 'ignore'
  })
  const giveUpAt = performance.now() + 30_000
  while (performance.now() < giveUpAt && (await statusOf('/api/health')) !== 200)
    await new Promise((resolve) => setTimeout(resolve, 100))
})
afterAll(async () => {
  if (!hasCaddy) return
  const gone = once(caddy, 'exit')
  caddy.kill('SIGTERM')
  await gone
  await server.kill()
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const statusOf = (path: string) =>
  ask(path).then(
    ({ answer }) => answer.statusCode,
    () => 0
  )

function open(path: string, o: RequestOptions = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { rejectUnauthorized: false, agent: false, ...o } as const
    request(`https://localhost:${securePort}${path}`, options, resolve).on('error', reject).end()
  })
}

async function ask(path: string, o: RequestOptions = {}) {
  const answer = await open(path, o)
  let text = ''
  for await (const chunk of answer as AsyncIterable<Buffer>) text += chunk.toString()
  return { answer, text }
}

const cookies = () =>
  [...office.cookies].map(([name, value]) => `__Host-${name.replace(/^__Host-/, '')}=${value}`)

test.runIf(hasCaddy)(
  'through Caddy it answers over TLS, says so for two years, and tells who asks',
  async () => {
    const { answer, text } = await ask('/api/health')
    expect(JSON.parse(text)).toMatchObject({ status: 'ok' })
    expect(answer.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
    expect(answer.headers.server).toBeUndefined()
    expect(answer.headers['x-request-id']).toMatch(/^[\w-]{16}$/)
    expect(await statusOf('/unlock')).toBe(200)
    // Whoever comes through the proxy is not on this machine, whatever they say of themselves.
    expect(await statusOf('/api/metrics')).toBe(404)
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via'])
      expect(
        (await ask('/api/metrics', { headers: { [name]: '127.0.0.1' } })).answer.statusCode
      ).toBe(404)
    const shown = await ask('/api/metrics', { headers: { Authorization: `Bearer ${token}` } })
    expect(shown.text).toContain('kotikaynti_requests_total')
  }
)

test.runIf(hasCaddy)(
  'a line of events comes as it is told, and ends when nobody listens any more',
  async () => {
    const headers = { 'Kotikaynti-Protocol': '1', Cookie: cookies().join('; ') }
    const listeners: IncomingMessage[] = []
    for (let count = 0; count < 4; count += 1) {
      const answer = await open('/api/office/live', { headers })
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        200,
        'text/event-stream'
      ])
      // It is open: what has come was not kept back until its end.
      const [first] = (await once(answer, 'data')) as [Buffer]
      expect(first.toString()).toBe('event: pull\ndata:\n\n')
      listeners.push(answer)
    }
    expect((await open('/api/office/live', { headers })).statusCode).toBe(429)
    for (const one of listeners) one.destroy()
    // The server let them go: as many may listen again.
    const giveUpAt = performance.now() + 10_000
    let status: number | undefined = 0
    while (status !== 200 && performance.now() < giveUpAt) {
      const again = await open('/api/office/live', { headers })
      status = again.statusCode
      again.destroy()
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(status).toBe(200)
  }
)

/** As the operator runs it, on the machine that is the authority's or on one that does not know it. */
const runDoctor = (more: Readonly<Record<string, string>>) =>
  execFileSync('sh', ['-c', `"${process.execPath}" server/diagnose.ts || true`], {
    env: { PATH: process.env['PATH'], ...world.env, ...more }
  }).toString()

test.runIf(hasCaddy)(
  'the doctor looks at the address and its certificate through the proxy',
  () => {
    const authority = join(folder, 'pki/authorities/local/root.crt')
    const known = runDoctor({ NODE_EXTRA_CA_CERTS: authority })
    expect(known).toMatch(/good +origin +https:\/\/localhost:\d+ answers, version/)
    // Caddy's own authority gives them for half a day.
    expect(known).toMatch(/WARNING +certificate +The certificate of localhost expires in 0 days/)
    expect(known).toMatch(/good +clock/)
    expect(runDoctor({})).toMatch(
      /BAD +certificate +The certificate of localhost is trusted by nobody/
    )
  }
)

test.runIf(hasCaddy)(
  'who asks while the server is replaced waits, and is answered by the next one',
  async () => {
    await server.stop()
    const asked = ask('/api/health')
    await server.start()
    expect((await asked).answer.statusCode).toBe(200)
  }
)
