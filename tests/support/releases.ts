import { createAdaptorServer } from '@hono/node-server'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { clientFiles } from '#server/http/client-files.ts'
import { makeVersion, type NextVersion } from './next-version.ts'

/** Serves the app's files in the server's stead, of whichever version is out. */
export class Releases {
  readonly port: number
  readonly #server: ReturnType<typeof createAdaptorServer>
  readonly #made = new Map<string, string>()
  #out = clientFiles('build')

  private constructor() {
    this.#server = createAdaptorServer({
      fetch: (request, env) => this.#out.fetch(request, env)
    })
    this.port = 0
  }

  static async listen(): Promise<Releases> {
    const releases = new Releases()
    releases.#server.listen(0, '127.0.0.1')
    await once(releases.#server, 'listening')
    const address = releases.#server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return Object.assign(releases, { port: address.port })
  }

  /** From now on it is this version that the server has. */
  async bringOut(version: NextVersion): Promise<void> {
    const name = JSON.stringify(version)
    const folder = this.#made.get(name) ?? (await makeVersion(version))
    this.#made.set(name, folder)
    this.#out = clientFiles(folder)
  }

  async close(): Promise<void> {
    this.#server.close()
    for (const folder of this.#made.values()) await rm(folder, { recursive: true, force: true })
  }
}
