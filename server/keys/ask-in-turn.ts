import { receiveMessageOnPort, Worker, MessageChannel, type MessagePort } from 'node:worker_threads'
import { KeysUnavailable } from './key-store-error.ts'

/** Milliseconds; an answer that does not come by then is none. */
const patience = 15_000

export interface Question {
  readonly text: string
  readonly values: readonly unknown[]
}

/** What the thread is given: where to answer, and what to wake. */
export interface Line {
  readonly url: string
  readonly port: MessagePort
  readonly bell: Int32Array
}

export type Reply = { readonly rows: readonly unknown[] } | { readonly code: string }

const thread = new URL('./ask-thread.ts', import.meta.url)

/**
 * Asks PostgreSQL and waits for the answer, as a file is read: keys are asked for between two lines that
 * nothing may come between, and kept for seconds, so the wait is as short and as rare as a file's.
 */
export class AskInTurn {
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #bell = new Int32Array(new SharedArrayBuffer(4))

  constructor(url: string) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const workerData: Line = { url, port: port2, bell: this.#bell }
    this.#worker = new Worker(thread, { workerData, transferList: [port2], execArgv: [] })
    this.#worker.unref()
    this.#port.unref()
  }

  /** All in one transaction; the rows are of the last. Throws KeysUnavailable, and then none was done. */
  ask(questions: readonly Question[]): readonly unknown[] {
    Atomics.store(this.#bell, 0, 0)
    this.#port.postMessage(questions)
    if (Atomics.wait(this.#bell, 0, 0, patience) === 'timed-out') throw silent()
    const reply = (receiveMessageOnPort(this.#port) as { message: Reply } | undefined)?.message
    if (!reply) throw silent()
    if ('code' in reply) throw new KeysUnavailable(`the database of the keys refuses (${reply.code})`)
    return reply.rows
  }

  close(): void {
    this.#port.close()
    void this.#worker.terminate()
  }
}

const silent = () => new KeysUnavailable('the database of the keys does not answer')
