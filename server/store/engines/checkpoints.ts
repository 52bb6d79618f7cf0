import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'

const thread = new URL('./checkpoint-thread.ts', import.meta.url)

const everyMilliseconds = 2000
/** A shorter log is written back at the end, or when it has grown. */
const shortestBytes = 4 * 2 ** 20

/**
 * Has a log written back into its file by a thread of its own. By itself SQLite does it within some
 * commit, and flushes the whole file: everybody would stand still for it.
 */
export class Checkpoints {
  readonly #path: string
  #lookedAt = Number.NEGATIVE_INFINITY
  #worker: Worker | null = null
  #isBusy = false
  #isClosed = false

  constructor(path: string) {
    this.#path = path
  }

  /** Whoever asks anything of the file says so; what it costs is a look at the clock. */
  look(): void {
    if (this.#isBusy || performance.now() - this.#lookedAt < everyMilliseconds) return
    this.#lookedAt = performance.now()
    this.#isBusy = true
    void this.#writeBack().finally(() => (this.#isBusy = false))
  }

  /**
   * Its connection is not the last one: whoever closes the file has it to themselves. The thread ends by itself: ended
   * from outside while it loads SQLite, it takes the whole process with it (Node 24, "napi_get_last_error_info").
   */
  async close(): Promise<void> {
    this.#isClosed = true
    const worker = this.#worker
    if (!worker) return
    const ended = new Promise((resolve) => worker.once('exit', resolve))
    worker.ref()
    worker.postMessage('end')
    await ended
  }

  async #writeBack(): Promise<void> {
    const length = await stat(`${this.#path}-wal`).then(
      ({ size }) => size,
      // There is none yet.
      () => 0
    )
    if (length < shortestBytes || this.#isClosed) return
    const worker = (this.#worker ??= this.#start())
    await new Promise<void>((resolve) => {
      const done = () => {
        worker.off('message', done).off('exit', done)
        resolve()
      }
      worker.on('message', done).on('exit', done).postMessage('write back')
    })
  }

  #start(): Worker {
    const worker = new Worker(thread, { workerData: { path: this.#path }, execArgv: [] })
    // What a disk refuses stays in the log, where it is safe: the next one is tried again.
    worker.once('error', () => undefined)
    worker.once('exit', () => (this.#worker = null))
    worker.unref()
    return worker
  }
}
