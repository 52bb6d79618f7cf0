import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort } from '#tests/support/server-process.ts'
import { root, textOf } from '#tests/support/tree.ts'

const isRoot = process.getuid?.() === 0
if (!isRoot) console.warn('NOT SHOWN: a read-only root can be made by root only')

const text = textOf('deploy/Dockerfile').replaceAll('\\\n', ' ')
const last = text.slice(text.lastIndexOf('\nFROM '))
const [, uid = ''] = /\nUSER (\d+):/.exec(last) ?? []
const volumes = JSON.parse(/\nVOLUME (.*)\n/.exec(last)?.[1] ?? '[]') as string[]
const commandOf = (name: string) =>
  JSON.parse(new RegExp(`${name} .*?(\\[.*\\])\\n`).exec(last)?.[1] ?? '[]') as string[]

let machine: string
let program: string
let port: number
let child: ChildProcess
let output = ''

/** The last stage's files, and nothing else, laid out without a container: none can be run here. */
beforeAll(async () => {
  if (!isRoot) return
  machine = mkdtempSync(join(tmpdir(), 'image-'))
  program = join(machine, 'app')
  port = await freePort()
  for (const [, from = '', to = ''] of last.matchAll(/\nCOPY (?:--from=\w+ )?(\S+) (\S+)/g)) {
    const source = from.replace(/^\/app\//, '')
    if (source === 'node_modules') continue
    cpSync(join(root, source), join(program, to === './' ? source : to), { recursive: true })
  }
  cpSync(join(root, 'package-lock.json'), join(program, 'package-lock.json'))
  execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], {
    cwd: program,
    stdio: 'ignore'
  })
  for (const path of [...volumes, '/run/secrets'])
    mkdirSync(join(machine, path), { recursive: true })
  writeFileSync(join(machine, 'run/secrets/root-key'), 'ab'.repeat(32), { mode: 0o444 })
  for (const path of volumes) execFileSync('chown', [uid, join(machine, path)])
  execFileSync('chmod', ['-R', 'go=rX', program])
  execFileSync('chmod', ['755', machine])
})
afterAll(async () => {
  if (!isRoot) return
  if (child.exitCode === null) {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  rmSync(machine, { recursive: true, force: true })
})

const environment = (): Record<string, string> => {
  const set = Object.fromEntries(
    [...last.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [
      name,
      value.startsWith('/') ? join(machine, value) : value
    ])
  )
  const node = dirname(process.execPath)
  return { ...set, PATH: `${node}:/usr/bin:/bin`, PORT: String(port), HOST: '127.0.0.1' }
}

/** Everything is mounted read-only in a name space of its own, the volumes apart. */
const readOnly = () => `
mount --make-rprivate /
for volume in ${volumes.map((path) => join(machine, path)).join(' ')}; do mount --bind "$volume" "$volume"; done
findmnt --raw --noheadings --output TARGET | while read -r target; do
  case "$target" in ${volumes.map((path) => join(machine, path)).join('|')}|/proc*|/sys*|/dev*) ;; *) mount -o remount,bind,ro "$target" 2>/dev/null || true ;; esac
done
cd ${program}
touch /tmp/written 2>/dev/null && { echo 'NOT READ-ONLY'; exit 9; }
exec setpriv --reuid=${uid} --regid=${uid} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"`

test.runIf(isRoot)(
  'what the image holds serves from a read-only root, without a right, and is healthy by its own check',
  async () => {
    expect(volumes).toHaveLength(4)
    const command = ['--mount', 'sh', '-euc', readOnly(), 'sh', ...commandOf('\\nCMD')]
    child = spawn('unshare', command, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (chunk: Buffer) => (output += chunk.toString())
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const [check = '', ...args] = commandOf('HEALTHCHECK')
    const isHealthy = () => {
      try {
        execFileSync(check, args, { env: environment(), stdio: 'ignore' })
        return true
      } catch {
        return false
      }
    }
    expect(isHealthy()).toBe(false)
    const giveUpAt = performance.now() + 60_000
    while (!isHealthy() && performance.now() < giveUpAt && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 200))
    expect([isHealthy(), output]).toEqual([true, expect.not.stringContaining('stopped')])
    await vi.waitFor(() => {
      expect(output).toContain('/welcome#')
    })
    expect(output).not.toContain('NOT READ-ONLY')
    expect((await fetch(`http://127.0.0.1:${port}/unlock`)).status).toBe(200)
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    expect(status).toMatch(new RegExp(`\\nUid:\\t${uid}\\t`))
    expect(status).toMatch(/\nCapEff:\t0+\n/)
    expect(status).toMatch(/\nNoNewPrivs:\t1\n/)
  }
)
