import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoSchema } from '#contract/demo.ts'
import { freePort } from '#tests/support/server-process.ts'

let folder: string
let port: number
let child: ChildProcessWithoutNullStreams
let output = ''

function run(script: string, env: Record<string, string> = {}) {
  output = ''
  child = spawn(process.execPath, [resolve(script)], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), ...env }
  })
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  child.stderr.on('data', (text: Buffer) => (output += text.toString()))
}

async function printed(words: string): Promise<void> {
  while (!output.includes(words)) {
    if (child.exitCode !== null) throw new Error(output)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'))
  port = await freePort()
})
afterEach(async () => {
  if (child.exitCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
})

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    ...init,
    headers: {
      'Kotikaynti-Protocol': '1',
      'Content-Type': 'application/json',
      Origin: `http://tabletti.localhost:${port}`
    }
  })

test(
  'practice: both sign-ins work, o really closes the port and opens it, production refuses the folder',
  { timeout: 60_000 },
  async () => {
    run('server/demo.ts')
    await printed('q  quits')
    expect(output).toContain(`http://localhost:${port}`)
    expect(output).toContain(`http://tabletti.localhost:${port}`)
    const { signIns } = demoSchema.parse(await (await ask('/api/demo')).json())
    expect(signIns.map(({ role }) => role).toSorted()).toEqual(['main-user', 'worker'])
    for (const { username, password } of signIns) {
      expect(output).toContain(password)
      const body = JSON.stringify({ username, password })
      expect((await ask('/api/session', { method: 'POST', body })).status).toBe(200)
    }

    child.stdin.write('o')
    await printed('is closed')
    await expect(ask('/api/health')).rejects.toThrow()
    child.stdin.write('o')
    await printed('is open again')
    expect((await ask('/api/health')).status).toBe(200)
    child.stdin.write('q')
    expect(await once(child, 'exit')).toEqual([0, null])

    run('server/main.ts', { KOTIKAYNTI_DATA: './demo/data', KOTIKAYNTI_KEYS: './demo/keys' })
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output).toContain('practice data')
  }
)
