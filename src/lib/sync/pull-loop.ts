import * as z from 'zod/mini'
import type { ProblemCode, ProblemDocument } from '#contract/problem.ts'
import { isFullDisk } from '#lib/device/full-disk.ts'
import { api } from '#lib/http/api.ts'
import { chance, waitAfter } from '#lib/outbox/backoff.ts'
import { leaveOrder } from '#lib/outbox/report.ts'
import type { LiveLine } from '#lib/live/live-line.ts'
import type { Session } from '#lib/session/session.svelte.ts'
import type { OpenVault } from '#lib/vault/open-vault.ts'
import { renewSession } from '#lib/vault/renew-session.ts'
import type { Applying } from './apply.ts'
import { loadLiveLine } from './later.ts'
import { pull, type PullOutcome } from './pull.ts'

/** `full`: the device has no room for what came. */
export type PullStatus = 'idle' | 'pulling' | 'offline' | 'signed-out' | 'full' | 'problem'

/** The disk would not: there is no room, or a lock came in the middle. */
type Broken = 'full' | 'disk'

interface Screen {
  status(status: PullStatus, problem: ProblemCode | null): void
  progress(progress: { done: number; total: number } | null): void
}

const everyMilliseconds = 60_000
const soonMilliseconds = 300
const worthTelling = 10
/** One change concerns few; they need not ask in the same moment all the same. */
const ringMilliseconds = 700

/** Pulls by itself: at unlocking, when the network or the user is back, after deliveries, when the server rings, each minute. */
export class PullLoop {
  readonly #vault: OpenVault
  readonly #session: Pick<Session, 'enter'>
  readonly #screen: Screen
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | null = null
  #again = false
  #failures = 0
  /** The last pull brought something: the next one, soon, tells the server that it is held. */
  #hasBrought = false
  #line: Pick<LiveLine, 'stop'> | null = null
  #stopped = false

  constructor(vault: OpenVault, session: Pick<Session, 'enter'>, screen: Screen) {
    this.#vault = vault
    this.#session = session
    this.#screen = screen
  }

  start(): void {
    addEventListener('online', this.#wake)
    document.addEventListener('visibilitychange', this.#wake)
    void this.pull()
  }

  stop(): void {
    this.#stopped = true
    removeEventListener('online', this.#wake)
    document.removeEventListener('visibilitychange', this.#wake)
    clearTimeout(this.#timer)
    this.#line?.stop()
  }

  /** Asked for in the middle of one, another follows: it may have passed by what is asked for. */
  pull(): Promise<void> {
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#run().finally(() => {
      this.#running = null
      if (!this.#again) return
      this.#again = false
      this.soon()
    })
    return this.#running
  }

  soon(): void {
    if (this.#running) this.#again = true
    else this.#wait(soonMilliseconds)
  }

  async #listen(): Promise<void> {
    const Line = await loadLiveLine()
    if (this.#stopped || this.#line) return
    const line = new Line(`/api/devices/${this.#vault.device}/live`, () => {
      if (this.#running) this.#again = true
      else this.#wait(chance() * ringMilliseconds)
    })
    this.#line = line
    line.start()
  }

  /** There is a chance again, and what failed without one says nothing of it: the first try may come before the network does. */
  readonly #wake = (): void => {
    if (document.visibilityState !== 'visible') return
    this.#failures = 0
    void this.pull()
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(this.#tick, milliseconds)
  }

  readonly #tick = (): void => {
    if (document.visibilityState === 'visible') void this.pull()
    else this.#wait(everyMilliseconds)
  }

  async #run(): Promise<void> {
    if (this.#stopped) return
    this.#screen.status('pulling', null)
    this.#hasBrought = false
    let outcome: PullOutcome | Broken
    try {
      outcome = await this.#pullKnown()
    } catch (error) {
      // What was applied stands.
      outcome = isFullDisk(error) ? 'full' : 'disk'
    }
    this.#end(outcome)
  }

  #end(outcome: PullOutcome | Broken): void {
    if (this.#stopped) return
    this.#screen.progress(null)
    this.#tell(outcome)
    this.#failures = outcome === 'done' ? 0 : this.#failures + 1
    // Without a line the minute still brings everything, and the next pull tries again.
    if (outcome === 'done' && !this.#line) void this.#listen().catch(() => undefined)
    const wait = waitAfter(this.#failures, undefined, chance())
    const next = this.#hasBrought ? soonMilliseconds : everyMilliseconds
    this.#wait(outcome === 'done' ? next : wait)
  }

  /**
   * A session that ended, or another's on a shared tablet, gives way to one by the device's key; a lost
   * device cookie is renewed by the session; once each.
   */
  async #pullKnown(): Promise<PullOutcome> {
    let outcome = await this.#pullOnce()
    if (outcome === 'not-found') {
      const path = `/api/devices/${this.#vault.device}/cookie`
      const cookie = await api('POST', path, {}, z.undefined())
      if (cookie.ok) outcome = await this.#pullOnce()
      else if ('problem' in cookie && cookie.problem.status === 401) outcome = 'not-signed-in'
    }
    if (outcome === 'not-signed-in' || outcome === 'other-user') {
      const renewed = await renewSession(this.#vault)
      if (!renewed.ok) return 'away' in renewed ? 'away' : whyNotRenewed(renewed.problem)
      this.#session.enter(renewed.data)
      outcome = await this.#pullOnce()
    }
    return outcome
  }

  async #pullOnce(): Promise<PullOutcome> {
    const first = (await this.#vault.database.readMeta('contact')) === undefined
    return pull(this.#vault, (applying: Applying) => {
      const { done, total } = applying
      if (done > 0) this.#hasBrought = true
      // A few changed customerships come and go unseen; a bar that flashes tells nobody anything.
      if (total !== null && (first || total >= worthTelling) && !this.#stopped) {
        this.#screen.progress({ done: Math.min(done, total), total })
      }
    })
  }

  #tell(outcome: PullOutcome | Broken): void {
    if (outcome === 'done') this.#screen.status('idle', null)
    else if (outcome === 'away' || outcome === 'cut') this.#screen.status('offline', null)
    else if (outcome === 'full') this.#screen.status('full', null)
    else if (outcome === 'disk') this.#screen.status('problem', null)
    else if (outcome === 'not-signed-in') this.#screen.status('signed-out', outcome)
    else this.#screen.status('problem', outcome)
    if (outcome === 'device-revoked') {
      void leaveOrder(this.#vault.database, this.#vault.door, this.#vault.device)
    }
  }
}

/** A server in trouble has refused nobody: only who cannot be renewed is asked to sign in. */
const whyNotRenewed = ({ status, code }: ProblemDocument): ProblemCode =>
  status === 429 || status >= 500 ? code : 'not-signed-in'
