import { Worker } from 'node:worker_threads'
import type { Drawn, Wish } from './drawing.ts'
import type { Paper, Scan } from './paper.ts'

const thread = new URL('./draw-thread.ts', import.meta.url)

/** Draws in a thread of its own, so that the server goes on answering; one paper after the other. */
export class Drawer {
  readonly #worker = new Worker(thread)
  #last: Promise<unknown> = Promise.resolve()

  draw(paper: Paper): Promise<Buffer> {
    return this.#inTurn({ is: 'paper', paper })
  }

  drawScan(scan: Scan): Promise<Buffer> {
    return this.#inTurn({ is: 'scan', scan })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #inTurn(wish: Wish): Promise<Buffer> {
    const drawn = this.#last.then(() => this.#ask(wish))
    this.#last = drawn.catch(() => undefined)
    return drawn
  }

  #ask(wish: Wish): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const worker = this.#worker
      const settle = (bytes: Uint8Array | null) => {
        worker.off('message', onMessage)
        worker.off('error', onEnd)
        worker.off('exit', onEnd)
        if (bytes) resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
        else reject(new Error('A paper could not be drawn.'))
      }
      const onMessage = (drawn: Drawn) => {
        settle('bytes' in drawn ? drawn.bytes : null)
      }
      const onEnd = () => {
        settle(null)
      }
      worker.on('message', onMessage)
      worker.on('error', onEnd)
      worker.on('exit', onEnd)
      worker.postMessage(wish)
    })
  }
}

/** One paper, and then the thread is gone again. */
export async function drawPaper(paper: Paper): Promise<Buffer> {
  const drawer = new Drawer()
  try {
    return await drawer.draw(paper)
  } finally {
    await drawer.close()
  }
}
