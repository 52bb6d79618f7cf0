const bytes = new TextEncoder()

/** Server-sent events (HTML § 9.2): one without a `data` line would never be dispatched. */
const ring = bytes.encode('event: pull\ndata:\n\n')
const comment = bytes.encode(':\n\n')

/** So that a line which is dead is noticed at both ends, and no proxy takes it for one. */
const beatMilliseconds = 20_000
/** Events. */
const mostUnread = 100

/** A stream of server-sent events to one listener, all of which say the same: fetch now. */
export class Line {
  readonly stream: ReadableStream<Uint8Array>
  readonly #mayListen: () => Promise<boolean>
  readonly #ended: () => void
  readonly #life: NodeJS.Timeout
  readonly #beat: NodeJS.Timeout
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #ringing: { readonly timer: NodeJS.Timeout; readonly at: number } | null = null

  /** `mayListen` is asked before anything is told; `ended` is told once, whoever ends it. */
  constructor(o: {
    lifeMilliseconds: number
    mayListen: () => Promise<boolean>
    ended: () => void
  }) {
    this.#mayListen = o.mayListen
    this.#ended = o.ended
    this.stream = new ReadableStream({
      start: (controller) => {
        this.#controller = controller
        controller.enqueue(ring)
      },
      cancel: () => this.#forget()
    })
    this.#life = setTimeout(() => this.end(), o.lifeMilliseconds).unref()
    this.#beat = setInterval(() => void this.#send(comment), beatMilliseconds).unref()
  }

  /** One that will ring anyhow does not ring twice, and does not wait for the later of the two. */
  ring(afterMilliseconds: number): void {
    const at = performance.now() + afterMilliseconds
    if (this.#ringing && this.#ringing.at <= at) return
    if (this.#ringing) clearTimeout(this.#ringing.timer)
    const timer = setTimeout(() => {
      this.#ringing = null
      void this.#send(ring)
    }, afterMilliseconds).unref()
    this.#ringing = { timer, at }
  }

  /** Its listener takes it for a ring: why it ended is told to whoever asks. */
  end(): void {
    const controller = this.#controller
    this.#forget()
    controller?.close()
  }

  /** Whoever does not read, or may not be told any more, is not written to for ever. */
  async #send(event: Uint8Array): Promise<void> {
    const may = await this.#mayListen().catch(() => false)
    if (!this.#controller) return
    if (!may || (this.#controller.desiredSize ?? 0) < -mostUnread) this.end()
    else this.#controller.enqueue(event)
  }

  #forget(): void {
    if (!this.#controller) return
    this.#controller = null
    clearTimeout(this.#life)
    clearInterval(this.#beat)
    if (this.#ringing) clearTimeout(this.#ringing.timer)
    this.#ended()
  }
}
