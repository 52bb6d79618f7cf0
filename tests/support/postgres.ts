import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

/** Where Debian puts what `initdb` and the server are; the newest version first. */
const versions = '/usr/lib/postgresql'
const variable = 'KOTIKAYNTI_TEST_POSTGRES'
const template = 'prepared'
/** Debian's user for it, or nobody: the server refuses to run as root. */
const unprivileged = { uid: 65_534, gid: 65_534 }

/** The folder of PostgreSQL's programs; null: this machine has none. */
export function postgresPrograms(): string | null {
  if (!existsSync(versions)) return null
  const newest = readdirSync(versions).toSorted((a, b) => Number(b) - Number(a))
  return (
    newest
      .map((version) => join(versions, version, 'bin'))
      .find((bin) => existsSync(join(bin, 'initdb'))) ?? null
  )
}

export const urlOf = (socket: string, database: string, user = 'owner'): string =>
  `postgres://${user}@/${database}?host=${encodeURIComponent(socket)}`

/**
 * A cluster of its own in a temporary folder, reached by a socket in it and by nothing else: whatever
 * PostgreSQL this machine runs is not touched.
 */
export class PrivateCluster {
  readonly socket: string
  readonly #programs: string
  readonly #isDurable: boolean
  #server: ChildProcess | null = null

  private constructor(socket: string, programs: string, isDurable: boolean) {
    this.socket = socket
    this.#programs = programs
    this.#isDurable = isDurable
  }

  /** `isDurable`: a commit waits for the disk. Without it the tests are faster, and no power is cut. */
  static async start(o: { isDurable: boolean; folder?: string }): Promise<PrivateCluster> {
    const programs = postgresPrograms()
    if (!programs) throw new Error('there is no PostgreSQL here')
    const folder = o.folder ?? mkdtempSync(join(tmpdir(), 'cluster-'))
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o700)
    if (process.getuid?.() === 0) chownSync(folder, unprivileged.uid, unprivileged.gid)
    const cluster = new PrivateCluster(folder, programs, o.isDurable)
    await promisify(execFile)(
      join(programs, 'initdb'),
      ['-D', join(folder, 'data'), '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'],
      cluster.#as()
    )
    await cluster.resume()
    return cluster
  }

  url(database: string, user?: string): string {
    return urlOf(this.socket, database, user)
  }

  /** One that was stopped, or a new one, in a folder that is kept. */
  static async in(folder: string): Promise<PrivateCluster> {
    if (!existsSync(join(folder, 'data'))) return PrivateCluster.start({ isDurable: true, folder })
    const programs = postgresPrograms()
    if (!programs) throw new Error('there is no PostgreSQL here')
    const cluster = new PrivateCluster(folder, programs, true)
    await cluster.resume()
    return cluster
  }

  /** A new one, and its address. */
  async database(name: string): Promise<string> {
    await ask(this.url('postgres'), `create database ${name}`)
    return this.url(name)
  }

  /** The same, when it is not there yet. */
  async databaseOnce(name: string): Promise<string> {
    const known = await ask(
      this.url('postgres'),
      `select 1 from pg_database where datname = '${name}'`
    )
    return known.length > 0 ? this.url(name) : this.database(name)
  }

  ask(url: string, text: string): Promise<readonly unknown[]> {
    return ask(url, text)
  }

  async resume(): Promise<void> {
    const settings = {
      listen_addresses: '',
      unix_socket_directories: this.socket,
      max_connections: '300',
      fsync: this.#isDurable ? 'on' : 'off',
      full_page_writes: this.#isDurable ? 'on' : 'off'
    }
    this.#server = spawn(
      join(this.#programs, 'postgres'),
      [
        ...['-D', join(this.socket, 'data')],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
      ],
      { ...this.#as(), stdio: 'ignore' }
    )
    for (let tries = 0; tries < 200; tries += 1) {
      if (await this.#answers()) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('PostgreSQL did not start')
  }

  /** SIGINT: every connection is cut, what was committed stays. SIGQUIT: as after a crash. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const server = this.#server
    this.#server = null
    if (!server || server.exitCode !== null) return
    const gone = once(server, 'exit')
    server.kill(signal)
    await gone
  }

  async close(): Promise<void> {
    await this.stop()
    rmSync(this.socket, { recursive: true, force: true })
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client(this.url('postgres'))
    try {
      await client.connect()
      await client.end()
      return true
    } catch {
      return false
    }
  }

  #as() {
    return process.getuid?.() === 0 ? unprivileged : {}
  }
}

/** For the whole run of the tests: from here on every store of theirs lies in a database of its own. */
export async function serveTests(
  prepare: (url: string) => Promise<void>
): Promise<() => Promise<void>> {
  const cluster = await PrivateCluster.start({ isDurable: false })
  try {
    await ask(cluster.url('postgres'), `create database ${template}`)
    await prepare(cluster.url(template))
  } catch (error) {
    await cluster.close()
    throw error
  }
  process.env[variable] = cluster.socket
  return () => cluster.close()
}

/** What speaks of files, and of SQLite's alone, is not tried on PostgreSQL. */
export const isOnFiles = process.env[variable] === undefined

/** Of the store that would lie in this folder; null: these tests are of SQLite. */
export function testDatabase(folder: string): string | null {
  const socket = process.env[variable]
  return socket ? urlOf(socket, nameOf(folder)) : null
}

export async function makeTestDatabase(folder: string): Promise<void> {
  const socket = process.env[variable]
  if (socket)
    await ask(urlOf(socket, 'postgres'), `create database ${nameOf(folder)} template ${template}`)
}

export async function dropTestDatabase(folder: string): Promise<void> {
  const socket = process.env[variable]
  if (socket)
    await ask(urlOf(socket, 'postgres'), `drop database if exists ${nameOf(folder)} with (force)`)
}

const nameOf = (folder: string): string =>
  `t_${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`

async function ask(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<object>(text)).rows
  } finally {
    await client.end()
  }
}
