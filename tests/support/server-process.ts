import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { runtimeFlags } from '#tools/runtime-flags.js'

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** The production server as a process of its own, to be stopped, killed and started again. */
export class ServerProcess {
  readonly port: number
  readonly #env: Readonly<Record<string, string>>
  #child: ChildProcess | null = null
  /** Everything it ever printed: a log in which nobody may find a client. */
  output = ''

  readonly #nodeOptions: readonly string[]

  constructor(
    port: number,
    env: Readonly<Record<string, string>>,
    nodeOptions: readonly string[] = []
  ) {
    this.port = port
    this.#env = env
    this.#nodeOptions = nodeOptions
  }

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [...runtimeFlags, ...this.#nodeOptions, 'server/main.ts'],
      {
        env: { ...process.env, PORT: String(this.port), ...this.#env },
        stdio: ['ignore', 'pipe', 'pipe']
      }
    )
    this.#child = child
    child.stdout.on('data', (text: Buffer) => (this.output += text.toString()))
    child.stderr.on('data', (text: Buffer) => (this.output += text.toString()))
    const giveUpAt = performance.now() + 60_000
    while (performance.now() < giveUpAt) {
      if (child.exitCode !== null || child.signalCode !== null) break
      const answer = await fetch(`http://127.0.0.1:${this.port}/api/health`).catch(() => null)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`the server did not start:\n${this.output}`)
  }

  /** Of the process that runs. */
  get pid(): number {
    const pid = this.#child?.pid
    if (pid === undefined) throw new Error('no server runs')
    return pid
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  /** The disk is full for it, while it runs: no file of its may be written. Linux knows how. */
  async fillDisk(full: boolean): Promise<void> {
    const limit = full ? '0:' : 'unlimited:'
    await promisify(execFile)('prlimit', [`--pid=${this.#child?.pid}`, `--fsize=${limit}`])
  }

  /** The code with which it has left, whoever ended it. */
  async ended(): Promise<number | null> {
    const child = this.#child
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'close')
    return child?.exitCode ?? null
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }
}
