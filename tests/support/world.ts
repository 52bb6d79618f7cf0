import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { enrolAnswerSchema } from '#contract/device.ts'
import { userIdSchema, type DeviceId } from '#contract/id.ts'
import type { Organisation } from '#contract/settings.ts'
import type { Role, Task } from '#contract/role.ts'
import { protocolHeader } from '#contract/version.ts'
import { buildApp, type App } from '#server/app.ts'
import { hashPassword } from '#server/auth/password.ts'
import type { Clock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { newSecret, newUuidV7, secretHash } from '#server/keys/secret.ts'
import { Listening } from '#server/listening.ts'
import { createLog } from '#server/log.ts'
import { dropTestDatabase, makeTestDatabase, testDatabase } from './postgres.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'
import { Ears } from './ears.ts'
import type { Parts } from '#server/http/parts.ts'
import type { User } from '#server/store/users.ts'

export const origin = 'http://localhost:3000'

/** Sunday, 22 November 2026, 9.00 in Helsinki. */
const beginning = Date.parse('2026-11-22T07:00:00Z')

export class HandClock implements Clock {
  #now: number

  constructor(now = beginning) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  set(now: number | string): void {
    this.#now = typeof now === 'number' ? now : Date.parse(now)
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON of the body, or null. */
  readonly body: unknown
}

/** The answer's body as what the test says it is. */
export const bodyOf = <T>(answer: Answer): T => answer.body as T

/** The code of a problem answer. */
export const codeOf = (answer: Answer): string | undefined =>
  (answer.body as { code?: string } | null)?.code

/** A real server over real SQLite in a folder of its own, with a clock that only the test moves. */
export class World {
  readonly clock: HandClock
  readonly folder: string
  readonly logLines: string[] = []
  #env: Readonly<Record<string, string>>
  readonly #clientFolder: string | undefined
  #app: App | null = null
  #listening: Listening | null = null
  /** Where the browsers of this world ask, when it is not the app in this process. */
  elsewhere: string | null = null

  private constructor(folder: string, o: WorldOptions) {
    this.folder = folder
    this.clock = new HandClock(o.now)
    this.#env = o.env ?? {}
    this.#clientFolder = o.clientFolder
  }

  /** With the standard organisation, unless told that the register is new. */
  static async create(o: WorldOptions = {}): Promise<World> {
    const world = new World(await mkdtemp(join(tmpdir(), 'world-')), o)
    await makeTestDatabase(world.folder)
    await world.start()
    if (o.organisation !== null)
      await world.parts.store.organisation.write(
        o.organisation ?? standardOrganisation({ name: 'Kotiapu Oy', organiser: 'Mallikunta' })
      )
    return world
  }

  /** In a folder that is kept, as whoever was there before left it. */
  static async in(folder: string, o: WorldOptions): Promise<World> {
    const world = new World(folder, o)
    await world.start()
    return world
  }

  async start(): Promise<void> {
    const config = readConfig(this.env)
    const log = createLog(
      () => '',
      (line) => this.logLines.push(line)
    )
    this.#app = await buildApp({
      config,
      clock: this.clock,
      log,
      clientFolder: this.#clientFolder ?? join(this.folder, 'no-client')
    })
  }

  /** What a server process needs to serve the same folders. */
  get env(): Readonly<Record<string, string>> {
    return {
      KOTIKAYNTI_ORIGIN: origin,
      KOTIKAYNTI_DATA: join(this.folder, 'data'),
      KOTIKAYNTI_KEYS: join(this.folder, 'keys'),
      KOTIKAYNTI_KEYS_BACKUP: join(this.folder, 'keys-copy'),
      KOTIKAYNTI_DATABASE_URL: testDatabase(this.folder) ?? '',
      ...this.#env
    }
  }

  /** Started again with other settings. */
  async moveTo(env: Readonly<Record<string, string>>): Promise<void> {
    await this.stop()
    this.#env = { ...this.#env, ...env }
    await this.start()
  }

  /** Only the server goes; the folders stay. `start` opens them again. */
  async stop(): Promise<void> {
    await this.#listening?.close()
    this.#listening = null
    await this.#app?.close()
    this.#app = null
  }

  async close(): Promise<void> {
    await this.stop()
    await dropTestDatabase(this.folder)
    await rm(this.folder, { recursive: true, force: true })
  }

  get app(): App {
    if (!this.#app) throw new Error('the server is stopped')
    return this.#app
  }

  get parts(): Parts {
    return this.app.parts
  }

  async answer(path: string, init: RequestInit): Promise<Response> {
    if (this.elsewhere !== null) return fetch(`${this.elsewhere}${path}`, init)
    return this.app.fetch(new Request(`${origin}${path}`, init))
  }

  /** Opens a real port, and returns its address. */
  async listen(port = 0): Promise<string> {
    this.#listening = new Listening({ port, host: '127.0.0.1' }, (request, env) =>
      this.app.fetch(request, env)
    )
    await this.#listening.open()
    return `http://127.0.0.1:${this.#listening.port}`
  }

  /** Made directly in the store; nothing is pending unless asked. */
  async user(o: Partial<User> & { role: Role; password?: string }): Promise<User> {
    const { password, ...given } = o
    const id = userIdSchema.parse(newUuidV7(this.clock.now()))
    const tasks: Task[] = o.role === 'worker' ? ['care'] : ['administration']
    const now = this.clock.now()
    const user: User = {
      id,
      username: `${o.role}-${id.slice(-6)}`,
      displayName: o.role === 'worker' ? 'Working Person' : 'Main Person',
      tasks,
      state: 'active',
      passwordHash: password === undefined ? null : await hashPassword(password),
      mustChangePassword: false,
      pledgedAt: now,
      trainedAt: now,
      noticeVersion: 1,
      noticeAt: now,
      lastSeenAt: null,
      ...given
    }
    if ((await this.parts.store.users.add(user)) === 'taken') throw new Error('taken')
    return user
  }

  client(): Client {
    return new Client(this)
  }

  /** A browser in which this user has just signed in. */
  async signedIn(user: User): Promise<Client> {
    const client = this.client()
    const token = newSecret()
    const now = this.clock.now()
    await this.parts.store.sessions.start(secretHash(token), {
      user: user.id,
      device: null,
      createdAt: now,
      lastUsedAt: now,
      provedAt: now
    })
    client.cookies.set('session', token)
    return client
  }

  async mainUser(): Promise<Client> {
    return await this.signedIn(await this.user({ role: 'main-user' }))
  }

  async worker(): Promise<Client> {
    return await this.signedIn(await this.user({ role: 'worker' }))
  }
}

interface WorldOptions {
  readonly now?: number
  readonly env?: Readonly<Record<string, string>>
  readonly clientFolder?: string
  /** Null: the register of a new installation. */
  readonly organisation?: Organisation | null
}

/** A browser: it keeps cookies, speaks the protocol and comes from our own origin. */
export class Client {
  readonly cookies = new Map<string, string>()
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** As `send`, with a JSON body when one is given. A header of `null` is left out. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string | null>> = {}
  ): Promise<Answer> {
    return await this.send(method, path, body === undefined ? undefined : JSON.stringify(body), {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers
    })
  }

  async send(
    method: string,
    path: string,
    body: BodyInit | undefined,
    headers: Readonly<Record<string, string | null>> = {}
  ): Promise<Answer> {
    const response = await this.#world.answer(path, {
      method,
      headers: this.headers(headers),
      ...(body === undefined ? {} : { body }),
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {})
    })
    this.#keep(response.headers.getSetCookie())
    const text = await response.text()
    const isJson = /[/+]json$/.test(response.headers.get('content-type') ?? '')
    const { status, headers: answered } = response
    return { status, headers: answered, text, body: isJson ? JSON.parse(text) : null }
  }

  /** The bytes themselves, which a text would spoil. */
  async fetch(path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const response = await this.#world.answer(path, { headers: this.headers({}) })
    const { status, headers } = response
    return { status, headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  /** What each of its requests bears. */
  headers(more: Readonly<Record<string, string | null>> = {}): Headers {
    const all = new Headers()
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    for (const [name, value] of Object.entries({
      [protocolHeader]: '1',
      Origin: origin,
      ...(cookies === '' ? {} : { Cookie: cookies }),
      ...more
    }))
      if (value !== null) all.set(name, value)
    return all
  }

  /** Listens at a line until the test ends; throws where it is refused. */
  async listen(path: string): Promise<Ears> {
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { [protocolHeader]: '1', Cookie: cookies }
    const response = await this.#world.answer(path, { headers })
    if (!response.ok || !response.body) throw new Error(`not listening: ${response.status}`)
    return new Ears(response.body)
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(/;\s*/)
      const name = pair.slice(0, pair.indexOf('='))
      if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
      else this.cookies.set(name, pair.slice(name.length + 1))
    }
  }

  /** Enrols this browser for its user; the key stays with the test. */
  async enrol(name = 'Tabletti'): Promise<Enrolled> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const point = Buffer.concat([
      Buffer.of(4),
      Buffer.from(x, 'base64url'),
      Buffer.from(y, 'base64url')
    ])
    const signingKey = point.toString('base64url')
    const answer = await this.ask('POST', '/api/devices', { name, signingKey })
    return {
      device: enrolAnswerSchema.parse(answer.body).device,
      signingKey,
      sign: (text) =>
        sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
          'base64url'
        )
    }
  }
}

export interface Enrolled {
  readonly device: DeviceId
  readonly signingKey: string
  /** ECDSA P-256/SHA-256, raw r‖s, base64url. */
  sign(text: string): string
}
