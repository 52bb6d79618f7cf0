import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ServerProcess } from '#tests/support/server-process.ts'

export interface Stalls {
  /** Milliseconds. */
  readonly longest: number
  readonly bytes: number
}

/** A server process that tells how long it stood still. */
export class Watched {
  readonly server: ServerProcess
  readonly #file: string

  constructor(port: number, env: Readonly<Record<string, string>>, folder: string) {
    this.#file = join(folder, `stalls-${port}.json`)
    const watching = fileURLToPath(new URL('watch-stalls.ts', import.meta.url))
    this.server = new ServerProcess(port, { ...env, KOTIKAYNTI_STALLS: this.#file }, [
      '--import',
      watching
    ])
  }

  /** Since it was asked last. */
  async stalls(): Promise<Stalls> {
    await rm(this.#file, { force: true })
    this.server.signal('SIGUSR2')
    for (;;) {
      const text = await readFile(this.#file, 'utf8').catch(() => '')
      if (text !== '') return JSON.parse(text) as Stalls
      await pause(5)
    }
  }
}
