import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'
import type { Touched } from '#server/store/touched.ts'
import { Line } from './bell-line.ts'

/** Whose line it is: a tablet in its user's hands, or a desk at the office. */
export interface Listener {
  /** Null at the office. */
  readonly device: DeviceId | null
  readonly user: UserId
  /** What as many tabs as anybody works in have in common. */
  readonly browser: string
  /** Whether it may still be told when something happens: asked before each ring, and at each beat. */
  readonly mayListen: () => Promise<boolean>
}

/** Commits that come one after another are one ring. */
const gatherMilliseconds = 100
/** What every tablet must fetch is not fetched by all in the same moment. */
const spreadMilliseconds = 5000
/** Lines that were opened together do not end together. */
const shortestMilliseconds = 8 * 60_000
const stepMilliseconds = 7000
const lifeSteps = 37
const mostLines = 4
/** More than this at once is an import: asking whom each concerns costs more than a pull. */
const mostAsked = 200

/**
 * Tells whoever listens that there is something to fetch, and nothing else: no data goes this way, so
 * who hears too often fetches nothing, and who hears nothing fetches a minute later.
 */
export class Bell {
  readonly #store: Store
  readonly #lines = new Map<Line, Listener>()
  readonly #stopListening: () => void
  #touched: Touched[] = []
  #gathering: NodeJS.Timeout | null = null
  #opened = 0
  #closed = false

  constructor(store: Store) {
    this.#store = store
    this.#stopListening = store.onShown((touched) => this.#gather(touched))
  }

  /**
   * It rings once at its opening: what came before it was open was not heard. Null: the server is closing, or
   * the browser listens often enough.
   */
  open(listener: Listener): ReadableStream<Uint8Array> | null {
    const alike = [...this.#lines.values()].filter(({ browser }) => browser === listener.browser)
    if (this.#closed || alike.length >= mostLines) return null
    this.#opened += 1
    const line = new Line({
      lifeMilliseconds: shortestMilliseconds + (this.#opened % lifeSteps) * stepMilliseconds,
      mayListen: listener.mayListen,
      ended: () => this.#lines.delete(line)
    })
    this.#lines.set(line, listener)
    return line.stream
  }

  /** Ends every line, and opens no more. */
  close(): void {
    this.#closed = true
    this.#stopListening()
    if (this.#gathering) clearTimeout(this.#gathering)
    for (const line of [...this.#lines.keys()]) line.end()
  }

  #gather(touched: readonly Touched[]): void {
    if (this.#lines.size === 0 || touched.length === 0) return
    this.#touched.push(...touched)
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null
      void this.#ring(this.#touched.splice(0))
    }, gatherMilliseconds)
  }

  async #ring(touched: readonly Touched[]): Promise<void> {
    // A disk in trouble tells nobody whom it concerns: whoever hears in vain loses nothing.
    const concerned = await this.#concerned(touched).catch(() => null)
    const rung = [...this.#lines].filter(([, one]) => !concerned || concerned(one))
    const spread = concerned ? 0 : spreadMilliseconds
    for (const [at, [line]] of rung.entries()) line.ring((at / rung.length) * spread)
  }

  /**
   * A tablet is told of what it holds, of what its user is to carry out, and of what became of itself; the
   * office of all of it. Null: everybody is concerned.
   */
  async #concerned(touched: readonly Touched[]): Promise<((one: Listener) => boolean) | null> {
    const named = touched.filter((one) => typeof one !== 'string')
    const customerships = [
      ...new Set(named.flatMap((one) => ('customership' in one ? [one.customership] : [])))
    ]
    if (touched.includes('everybody') || customerships.length > mostAsked) return null
    const devices = new Set<DeviceId | null>(
      named.flatMap((one) => ('device' in one ? [one.device] : []))
    )
    const users = new Set<UserId>(named.flatMap((one) => ('user' in one ? [one.user] : [])))
    for (const { device } of await this.#store.holdings.among(customerships)) devices.add(device)
    for (const worker of await this.#workersOf(customerships)) users.add(worker)
    return (one) => one.device === null || devices.has(one.device) || users.has(one.user)
  }

  async #workersOf(customerships: readonly CustomershipId[]): Promise<UserId[]> {
    const found: UserId[] = []
    for (const customership of customerships) {
      const assignments = await this.#store.register.assignments({ customership })
      found.push(...assignments.map(({ worker }) => worker))
    }
    return found
  }
}
