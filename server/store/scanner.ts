import { Worker } from 'node:worker_threads'
import { markBytes } from './byte-search.ts'

export interface ScanTask {
  readonly folders: readonly string[]
  /** Of PostgreSQL, whose tables are read as files are; null: there is none. */
  readonly databaseUrl: string | null
  readonly marks: Uint8Array
}

/** How much was read. */
export interface Scale {
  readonly files: number
  readonly bytes: number
}

export interface ScanOutcome extends Scale {
  /** Which of the marks lie somewhere, by their place. */
  readonly found: readonly number[]
}

export interface Scanned {
  readonly files: number
  readonly bytes: number
  /** For each of the sets that were given: how many marks it has, and how many of them lie somewhere. */
  readonly sets: readonly { readonly marks: number; readonly found: number }[]
}

const thread = new URL('./scan-thread.ts', import.meta.url)

/** SECURITY 20: reads every file of the data and the keys through, and every row of a database, beside everything else. */
export class Scanner {
  readonly #folders: readonly string[]
  readonly #databaseUrl: string | null
  #turn: Promise<unknown> = Promise.resolve()
  #worker: Worker | null = null
  #isClosed = false

  constructor(folders: readonly string[], databaseUrl: string | null) {
    this.#folders = folders
    this.#databaseUrl = databaseUrl
  }

  /** One after the other: a scan that was asked for meanwhile then finds nothing left to do. */
  inTurn(use: () => Promise<void>): Promise<void> {
    const next = this.#turn.then(() => (this.#isClosed ? undefined : use()))
    this.#turn = next.catch(() => undefined)
    return next
  }

  /** All sets in one reading. Null when it was cut short: then nothing is known. */
  async look(sets: readonly Buffer[]): Promise<Scanned | null> {
    const outcome = await this.#scan(Buffer.concat(sets))
    if (!outcome) return null
    let from = 0
    const counted = sets.map((set) => {
      const marks = set.length / markBytes
      const [first, after] = [from, from + marks]
      from = after
      return { marks, found: outcome.found.filter((at) => at >= first && at < after).length }
    })
    return { files: outcome.files, bytes: outcome.bytes, sets: counted }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#worker?.terminate()
    await this.#turn
  }

  #scan(marks: Buffer): Promise<ScanOutcome | null> {
    const workerData: ScanTask = {
      folders: this.#folders,
      databaseUrl: this.#databaseUrl,
      marks
    }
    return new Promise((resolve, reject) => {
      const worker = new Worker(thread, { workerData, execArgv: [] })
      this.#worker = worker
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => {
        this.#worker = null
        resolve(null)
      })
    })
  }
}
