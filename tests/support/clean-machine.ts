import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { settingsOf, unitOf } from './deploy.ts'
import { root } from './tree.ts'

const nobody = 65_534
const isRoot = process.getuid?.() === 0

/** What an installation writes to; on this machine it lies in a folder of its own. */
const places = /(?<![\w.])\/(opt|etc|var\/lib|srv|usr\/local\/sbin)\/(?=kotikaynti|systemd|caddy)/g

/** Commands that would change the machine. What matters of them is done here. */
const stand: Readonly<Record<string, string>> = {
  useradd: 'exit 0',
  'apt-get': 'exit 0',
  systemctl: 'exit 0',
  // Who may not give files away makes them all the same.
  install: `for one; do shift; case "$one" in -o|-g) drop=1;; *) [ "\${drop-}" ] || set -- "$@" "$one"; drop=;; esac; done
exec /usr/bin/install "$@"`,
  journalctl: 'grep /welcome# "$MACHINE/journal"',
  'systemd-run': `for one; do case "$one" in
  --property=EnvironmentFile=*) set -a; . "\${one#--property=EnvironmentFile=}"; set +a; shift;;
  --property=LoadCredential=*) export CREDENTIALS_DIRECTORY="$MACHINE/run/credentials"; shift;;
  --working-directory=*) cd "\${one#--working-directory=}"; shift;;
  --*) shift;;
  *) break;;
esac; done
exec "$@"`
}

/** A folder that stands for an empty machine, on which somebody without rights installs. */
export class CleanMachine {
  readonly root = mkdtempSync(join(tmpdir(), 'machine-'))
  readonly repository = join(this.root, 'repository')
  #service: ChildProcess | null = null

  constructor() {
    chmodSync(this.root, 0o755)
    for (const folder of [
      'home',
      'bin',
      'opt',
      'etc/systemd/system',
      'etc/caddy',
      'var/lib',
      'srv'
    ])
      mkdirSync(join(this.root, folder), { recursive: true })
    mkdirSync(join(this.root, 'usr/local/sbin'), { recursive: true })
    for (const [name, text] of Object.entries(stand))
      writeFileSync(join(this.root, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
    this.#publish()
    if (isRoot) execFileSync('chown', ['-R', `${nobody}:${nobody}`, this.root])
  }

  /** Its own paths in the place of the machine's. */
  here(text: string): string {
    return text.replace(places, (path) => `${this.root}${path}`)
  }

  /** Throws with what the command said when it fails. */
  async run(commands: string): Promise<string> {
    const child = this.#spawn('/bin/sh', ['-euc', this.here(commands)], this.#environment)
    const [code, output] = await ended(child)
    if (code !== 0) throw new Error(`${commands}\nended with ${code}:\n${output}`)
    return output
  }

  /** As systemd starts the unit that was installed: its settings, its folders, its credential. */
  startService(port: number): void {
    const unit = unitOf(this.read('/etc/systemd/system/kotikaynti.service'))
    const only = (name: string) => unit[name]?.[0] ?? ''
    const credentials = join(this.root, 'run/credentials')
    mkdirSync(credentials, { recursive: true })
    const [name = '', source = ''] = only('LoadCredential').split(':')
    cpSync(source, join(credentials, name))
    for (const folder of only('StateDirectory').split(' '))
      mkdirSync(this.here(`/var/lib/${folder}`), { recursive: true, mode: 0o700 })
    if (isRoot) {
      chmodSync(join(credentials, name), 0o400)
      for (const path of ['run', 'var'])
        execFileSync('chown', ['-R', `${nobody}:${nobody}`, join(this.root, path)])
    }
    const env = {
      ...settingsOf((unit['Environment'] ?? []).join('\n').replaceAll('%d', credentials)),
      ...settingsOf(readFileSync(only('EnvironmentFile'), 'utf8')),
      PORT: String(port)
    }
    const [command = '', ...args] = only('ExecStart').split(' ')
    const child = this.#spawn(command, args, env, only('WorkingDirectory'))
    this.#service = child
    const journal = join(this.root, 'journal')
    const keep = (text: Buffer) => writeFileSync(journal, text, { flag: 'a', mode: 0o644 })
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
  }

  get pid(): number {
    return this.#service?.pid ?? 0
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8')
  }

  async close(): Promise<void> {
    const child = this.#service
    if (child && child.exitCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }
    rmSync(this.root, { recursive: true, force: true })
  }

  /** Without what this checkout has installed: the machine's own Node, npm and git. */
  get #environment(): Record<string, string> {
    const path = (process.env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => !folder.includes('node_modules'))
    return {
      PATH: [join(this.root, 'bin'), join(this.root, 'usr/local/sbin'), ...path].join(delimiter),
      HOME: join(this.root, 'home'),
      MACHINE: this.root,
      LANG: 'C.UTF-8'
    }
  }

  #spawn(
    command: string,
    args: string[],
    env: Record<string, string>,
    cwd = this.root
  ): ChildProcess {
    const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe']
    if (!isRoot) return spawn(command, args, { env, cwd, stdio })
    const ids = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--no-new-privs']
    return spawn('/usr/bin/setpriv', [...ids, command, ...args], { env, cwd, stdio })
  }

  /** What is in this working tree, as a repository that can be cloned. */
  #publish(): void {
    const files = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
      cwd: root
    })
    for (const path of files.toString().split('\0').filter(Boolean)) {
      const target = join(this.repository, path)
      mkdirSync(dirname(target), { recursive: true })
      cpSync(join(root, path), target)
      if (path.startsWith('deploy/')) writeFileSync(target, this.here(readFileSync(target, 'utf8')))
    }
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@invalid', ...args], {
        cwd: this.repository,
        stdio: 'ignore'
      })
    git('init', '--quiet')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'What is tried')
  }
}

async function ended(child: ChildProcess): Promise<[number, string]> {
  let output = ''
  const keep = (text: Buffer) => (output += text.toString())
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const [code] = (await once(child, 'close')) as [number | null]
  return [code ?? 1, output]
}
