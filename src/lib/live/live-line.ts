import { chance, waitAfter } from '#lib/outbox/backoff.ts'
import { linesOf } from '#lib/http/lines.ts'
import { isOfType, request } from '#lib/http/request.ts'

/** The server lets something be heard more often than this; a line that is silent for longer is dead. */
const silenceMilliseconds = 50_000
/** A line that ended in order, as each does after some minutes, is not opened again by all at once. */
const againMilliseconds = 10_000
/** The pull that the network's return brings goes first. */
const reopenMilliseconds = 1000

/**
 * Hears from the server that there is something to fetch, while the page is looked at. The line carries
 * nothing else (server-sent events, HTML § 9.2), and whoever listens must do without it as well: it is
 * opened again by itself, after a while that is never the same for two.
 */
export class LiveLine {
  readonly #path: string
  readonly #rings: () => void
  #open: AbortController | null = null
  #waiting: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #isHeard = false
  #stopped = false

  constructor(path: string, rings: () => void) {
    this.#path = path
    this.#rings = rings
  }

  /** Something was heard, and the line is not known to be dead. */
  get isHeard(): boolean {
    return this.#isHeard
  }

  start(): void {
    document.addEventListener('visibilitychange', this.#look)
    addEventListener('online', this.#reopen)
    addEventListener('offline', this.#hangUp)
    this.#look()
  }

  stop(): void {
    this.#stopped = true
    document.removeEventListener('visibilitychange', this.#look)
    removeEventListener('online', this.#reopen)
    removeEventListener('offline', this.#hangUp)
    this.#hangUp()
  }

  readonly #look = (): void => {
    if (document.visibilityState !== 'visible') this.#hangUp()
    else if (!this.#open) this.#listenAfter(0)
  }

  /** What was open before the network went is dead, whatever it says. */
  readonly #reopen = (): void => {
    this.#hangUp()
    this.#failures = 0
    if (document.visibilityState === 'visible') this.#listenAfter(chance() * reopenMilliseconds)
  }

  readonly #hangUp = (): void => {
    clearTimeout(this.#waiting)
    this.#open?.abort()
    this.#open = null
    this.#isHeard = false
  }

  #listenAfter(milliseconds: number): void {
    clearTimeout(this.#waiting)
    if (!this.#stopped) this.#waiting = setTimeout(() => void this.#listen(), milliseconds)
  }

  async #listen(): Promise<void> {
    const open = new AbortController()
    this.#open = open
    const isInOrder = await this.#hear(open).catch(() => false)
    // Another has taken its place.
    if (this.#open !== open) return
    this.#isHeard = false
    this.#open = null
    // Why it was ended is told to whoever asks.
    if (isInOrder && !this.#stopped) this.#rings()
    this.#failures = isInOrder ? 0 : this.#failures + 1
    if (document.visibilityState !== 'visible') return
    this.#listenAfter(
      isInOrder ? chance() * againMilliseconds : waitAfter(this.#failures, undefined, chance())
    )
  }

  /** Until the line ends. False: it was none of ours, or it broke. */
  async #hear(open: AbortController): Promise<boolean> {
    let silence: ReturnType<typeof setTimeout> | undefined
    const hear = () => {
      clearTimeout(silence)
      silence = setTimeout(() => open.abort(), silenceMilliseconds)
    }
    hear()
    try {
      const answer = await request('GET', this.#path, undefined, open.signal, { unattended: true })
      if (!answer.ok || !answer.body || !isOfType(answer, 'text/event-stream')) return false
      for await (const line of linesOf(answer.body)) {
        hear()
        this.#isHeard = true
        this.#failures = 0
        if (isRing(line)) this.#rings()
      }
      return true
    } finally {
      clearTimeout(silence)
    }
  }
}

const field = new TextEncoder().encode('data')

const isRing = (line: Uint8Array): boolean => field.every((byte, at) => line[at] === byte)
