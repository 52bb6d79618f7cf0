import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Household } from '#tests/support/household.ts'
import type { HeldNote } from './caseload.ts'
import type { OursOrder, OursReply } from './serve-ours.ts'

const script = fileURLToPath(new URL('./serve-ours.ts', import.meta.url))

/** Our server in the place of a household's own, on its port and in its folders. */
export class OursProcess {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(port: number, child: ChildProcess) {
    this.port = port
    this.#child = child
  }

  /** Resolves when it has done what it begins each start with. */
  static async start({ server, env }: Household): Promise<OursProcess> {
    await server.stop()
    const child = fork(script, { env: { ...process.env, ...env, PORT: String(server.port) } })
    const started = new OursProcess(server.port, child)
    await started.#answer()
    return started
  }

  async change(changed: readonly HeldNote[]): Promise<void> {
    this.#child.send({ change: changed } satisfies OursOrder)
    await this.#answer()
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.disconnect()
    await gone
  }

  async #answer(): Promise<void> {
    const [reply] = (await Promise.race([
      once(this.#child, 'message'),
      once(this.#child, 'exit').then(() => [{ failed: 'the server ended' }])
    ])) as [OursReply]
    if (reply.failed !== undefined) throw new Error(reply.failed)
  }
}
