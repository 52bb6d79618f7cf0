import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '#tests/support/server-process.ts'
import type { Serving } from './peer-server.ts'
import type { Row } from './row.ts'
import type { Order, PeerKind, Reply } from './serve.ts'

/** A peer's server as a process of its own, with files of its own. */
export class ServingProcess {
  readonly port: number
  readonly #folder: string
  readonly #child: ChildProcess

  private constructor(port: number, folder: string, child: ChildProcess) {
    this.port = port
    this.#folder = folder
    this.#child = child
  }

  static async start(kind: PeerKind, pages: string): Promise<ServingProcess> {
    const folder = await mkdtemp(join(tmpdir(), `peer-${kind}-`))
    const serving: Serving = { port: await freePort(), folder, pages }
    const script = fileURLToPath(new URL('./serve.ts', import.meta.url))
    const child = fork(script, [kind, JSON.stringify(serving)])
    const started = new ServingProcess(serving.port, folder, child)
    await started.#answer()
    return started
  }

  async put(rows: readonly Row[]): Promise<void> {
    const file = join(this.#folder, 'rows.json')
    await writeFile(file, JSON.stringify(rows))
    await this.#ask({ put: file })
  }

  count(): Promise<number> {
    return this.#ask('count')
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      const gone = once(this.#child, 'exit')
      this.#child.disconnect()
      await gone
    }
    await rm(this.#folder, { recursive: true, force: true })
  }

  #ask(order: Order): Promise<number> {
    this.#child.send(order)
    return this.#answer()
  }

  async #answer(): Promise<number> {
    const [reply] = (await Promise.race([
      once(this.#child, 'message'),
      once(this.#child, 'exit').then(() => [{ failed: 'the server ended' }])
    ])) as [Reply]
    if ('failed' in reply) throw new Error(reply.failed)
    return reply.count
  }
}
