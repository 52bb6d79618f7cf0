import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'

// Each test starts whole processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let port: number
let server: ServerProcess
let env: Record<string, string>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'))
  port = await freePort()
  env = {
    KOTIKAYNTI_DATA: join(folder, 'data'),
    KOTIKAYNTI_KEYS: join(folder, 'keys'),
    KOTIKAYNTI_KEYS_BACKUP: join(folder, 'keys-copy')
  }
  server = new ServerProcess(port, env)
})
afterEach(async () => {
  await server.kill()
  await rm(folder, { recursive: true, force: true })
})

/** What a start that fails says, and its exit code. */
async function failing(more: Record<string, string>): Promise<{ code: number; error: string }> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    env: { ...process.env, PORT: String(port), ...env, ...more },
    stdio: ['ignore', 'ignore', 'pipe']
  })
  let error = ''
  child.stderr.on('data', (text: Buffer) => (error += text.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, error }
}

test('a new register is told its link; a founded one starts, answers and stops cleanly', async () => {
  await server.start()
  const health = await fetch(`http://127.0.0.1:${port}/api/health`)
  expect(await health.json()).toEqual({ status: 'ok', version: '0.1.0' })
  const link = /http:\/\/localhost:\d+\/welcome#([A-Za-z0-9_-]{43})/.exec(server.output)
  expect(link).not.toBeNull()
  expect(server.output).not.toContain('Warning')

  const headers = {
    'Content-Type': 'application/json',
    'Kotikaynti-Protocol': '1',
    Origin: `http://localhost:${port}`
  }
  const founded = await fetch(`http://127.0.0.1:${port}/api/welcome`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      code: link?.[1],
      username: 'paula',
      displayName: 'Paula Pääkäyttäjä',
      password: 'kärpänen lentää yöllä',
      organisation: { name: 'Kotiapu Oy', organiser: 'Mallikunta' }
    })
  })
  expect(founded.status).toBe(200)
  await server.stop()
  expect(server.output).toContain('"event":"stopped"')

  server.output = ''
  await server.start()
  expect(server.output).not.toContain('/welcome#')
  expect(server.output).not.toContain('Pääkäyttäjä')
})

test.each([
  [{ PORT: 'ninety' }, 'PORT'],
  [{ KOTIKAYNTI_ROOT_KEY: 'a secret that is too short' }, 'KOTIKAYNTI_ROOT_KEY'],
  [{ KOTIKAYNTI_DATABASE_URL: 'postgres://me:secret@host/db' }, 'KOTIKAYNTI_DATABASE_URL']
])('a wrong setting stops the start with one line that names it: %o', async (wrong, variable) => {
  const { code, error } = await failing(wrong)
  expect(code).toBe(1)
  expect(error.trim().split('\n')).toHaveLength(1)
  expect(error).toContain(variable)
  expect(error).not.toContain('secret')
})

test('a port in use, and practice data, stop the start with one line', async () => {
  const other: Server = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  const used = await failing({})
  other.close()
  expect([used.code, used.error.trim()]).toEqual([1, `Port ${port} is in use by another program.`])

  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'data', 'harjoitusaineisto'), '')
  const practice = await failing({})
  expect(practice.code).toBe(1)
  expect(practice.error).toContain('practice data')
})

test('a key that is not the one of these folders stops the start with one line', async () => {
  const key = { KOTIKAYNTI_ROOT_KEY: 'a'.repeat(64) }
  server = new ServerProcess(port, { ...env, ...key })
  await server.start()
  await server.stop()
  const other = await failing({ KOTIKAYNTI_ROOT_KEY: 'b'.repeat(64) })
  expect([other.code, other.error]).toEqual([1, expect.stringMatching(/^the root key .*\n$/)])
  expect(other.error).not.toContain('bbbb')
  const absent = await failing({ KOTIKAYNTI_ROOT_KEY_FILE: join(folder, 'absent') })
  expect([absent.code, absent.error]).toEqual([
    1,
    'KOTIKAYNTI_ROOT_KEY_FILE names a file that cannot be read\n'
  ])
})

test('what a newer version wrote stops the start with one line, and stays as it is', async () => {
  await server.start()
  await server.stop()
  for (const name of ['register.db', 'search.db', 'suppression.db']) {
    const path = join(folder, 'data', name)
    const write = (sql: string) => {
      const db = new Sqlite(path)
      db.exec(sql)
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
    }
    write("INSERT INTO kysely_migration VALUES ('9999-of-tomorrow', '2099-01-01')")
    const before = await readFile(path)
    expect(await failing({})).toEqual({
      code: 1,
      error: `${name} was written by a newer version of this program (it knows 9999-of-tomorrow): start that version again. Nothing was changed.\n`
    })
    expect((await readFile(path)).equals(before)).toBe(true)
    write("DELETE FROM kysely_migration WHERE name = '9999-of-tomorrow'")
  }
  await server.start()
})

test('a missing second copy of the keys warns', async () => {
  server = new ServerProcess(port, { ...env, KOTIKAYNTI_KEYS_BACKUP: '' })
  await server.start()
  expect(server.output).toContain('KOTIKAYNTI_KEYS_BACKUP')
})

test('over a real socket an endless body is cut off, and the server serves on', async () => {
  await server.start()
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(
    [
      'POST /api/session HTTP/1.1',
      `Host: localhost:${port}`,
      `Origin: http://localhost:${port}`,
      'Kotikaynti-Protocol: 1',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      '',
      ''
    ].join('\r\n')
  )
  let answer = ''
  socket.on('data', (text: Buffer) => (answer += text.toString()))
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
  for (let sent = 0; sent < 64 && !socket.destroyed && answer === ''; sent += 1) {
    socket.write(chunk)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(answer).toContain('413')
  expect(answer).toContain('too-large')
  socket.destroy()
  expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200)
})
