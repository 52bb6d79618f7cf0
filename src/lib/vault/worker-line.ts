import type { Room } from './room.ts'
import type { Question, Reply } from './worker.ts'

type Input<N extends Question['name']> = Parameters<Room[N]>[0]
type Output<N extends Question['name']> = Awaited<ReturnType<Room[N]>>

/** What a page may ask the room, whether it runs in a worker or, in a test, beside it. */
export interface RoomLine {
  ask<N extends Question['name']>(
    name: N,
    input: Input<N>,
    onEvent?: (event: unknown) => void
  ): Promise<Output<N>>
  end(): void
}

interface Waiting {
  readonly answer: (value: unknown) => void
  readonly fail: (error: Error) => void
  readonly onEvent: ((event: unknown) => void) | undefined
}

/** Ending it ends the worker, and with it every key that it held. */
export class WorkerLine implements RoomLine {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  readonly #waiting = new Map<number, Waiting>()
  #calls = 0
  #ended = false

  constructor() {
    this.#worker.onmessage = (message: MessageEvent<Reply>) => this.#hear(message.data)
    this.#worker.onerror = () => this.#failAll()
  }

  ask<N extends Question['name']>(
    name: N,
    input: Input<N>,
    onEvent?: (event: unknown) => void
  ): Promise<Output<N>> {
    // A worker that is gone answers nothing: whoever asked would wait for ever, and hold its lock as long.
    if (this.#ended) return Promise.reject(new Error('the vault was locked'))
    this.#calls += 1
    const call = this.#calls
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, {
        answer: (value) => resolve(value as Output<N>),
        fail: reject,
        onEvent
      })
      this.#worker.postMessage({ call, name, input } satisfies Question)
    })
  }

  end(): void {
    this.#ended = true
    this.#worker.terminate()
    this.#failAll()
  }

  #hear(reply: Reply): void {
    const waiting = this.#waiting.get(reply.call)
    if (!waiting) return
    if ('event' in reply) {
      waiting.onEvent?.(reply.event)
      return
    }
    this.#waiting.delete(reply.call)
    if ('value' in reply) waiting.answer(reply.value)
    else waiting.fail(new Error(reply.failed))
  }

  #failAll(): void {
    for (const { fail } of this.#waiting.values()) fail(new Error('the vault was locked'))
    this.#waiting.clear()
  }
}
