import { now } from '#lib/device/clock.ts'
import { DoorDatabase } from '#lib/device/database.ts'
import { Databases } from '#lib/device/databases.ts'
import { follow } from '#lib/device/follow.ts'
import { chance, waitAfter } from './backoff.ts'
import { carry } from './carry.ts'
import { registerSync } from './background-sync.ts'
import type { Delivery, DeliveryRules } from './deliver.ts'
import { untriedIn } from './resting.ts'

/** How often a tablet with nothing to send asks whether something must go. */
const askEveryMilliseconds = 5 * 60_000
/** A newer version is in charge by then, or else what waits is carried on by this one. */
const pauseMilliseconds = 10_000
/** A burst of writing becomes one request. */
const gatherMilliseconds = 250

const untilRested = (restsUntil: number): number => Math.max(gatherMilliseconds, restsUntil - now())

/**
 * Empties the outboxes of everybody in this browser whenever there is a chance, locked or not. It
 * watches what is stored, so whoever writes need not know of it.
 */
export class Courier {
  readonly #door = new DoorDatabase()
  readonly #databases = new Databases()
  #failures = 0
  /** The next round is one for what was just written. */
  #forNew = false
  #askedAt = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause: ReturnType<typeof setTimeout> | undefined
  #watching: (() => void) | null = null
  #round: Promise<void> | null = null
  #again = false

  start(): void {
    this.#pause = undefined
    addEventListener('online', this.wake)
    document.addEventListener('visibilitychange', this.#turn)
    this.#watching = follow({
      tables: ['vaults', 'outbox', 'purges'],
      rest: gatherMilliseconds,
      look: () => this.#toDo(),
      tell: ({ isDue, restsUntil }) => {
        if (isDue) {
          this.#forNew = true
          this.#wait(gatherMilliseconds)
        } else if (restsUntil !== null) this.#wait(untilRested(restsUntil))
      }
    })
    void this.run()
  }

  stop(): void {
    removeEventListener('online', this.wake)
    document.removeEventListener('visibilitychange', this.#turn)
    this.#watching?.()
    clearTimeout(this.#timer)
    clearTimeout(this.#pause)
  }

  /** For a while it begins nothing. */
  pause(): void {
    this.stop()
    this.#pause = setTimeout(() => this.start(), pauseMilliseconds)
  }

  /** One round for everybody. Asked for in the middle of one, another follows. */
  run(rules: DeliveryRules = {}): Promise<void> {
    if (this.#round) {
      this.#again = true
      return this.#round
    }
    const went = this.#go(rules).catch(() => this.#stumble())
    this.#round = went.finally(() => {
      this.#round = null
      if (!this.#again) return
      this.#again = false
      this.#wait(gatherMilliseconds)
    })
    return this.#round
  }

  async #go(rules: DeliveryRules): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const forNew = this.#forNew
    this.#forNew = false
    const devices = await this.#door.vaults.toCollection().primaryKeys()
    if (devices.length === 0) return
    const ask = now() - this.#askedAt >= askEveryMilliseconds || now() < this.#askedAt
    const deliveries: Delivery[] = []
    for (const device of devices) {
      deliveries.push(await carry(this.#databases.of(device), this.#door, device, rules, ask))
    }
    // What another tab, or the service worker, has in hand may come to nothing there: that is looked at again.
    const troubled = deliveries.filter(({ state }) => state !== 'empty')
    if (troubled.length > 0) void registerSync()
    const reached = deliveries.every(({ away }) => !away)
    if (ask && reached) this.#askedAt = now()
    // Whoever writes much while the server is away must not wait the longer for it.
    if (troubled.length === 0) this.#failures = 0
    else if (!forNew || this.#failures === 0) this.#failures += 1
    const wanted = Math.max(0, ...troubled.map((one) => one.retryAfterSeconds ?? 0))
    const planned =
      troubled.length > 0 ? waitAfter(this.#failures, wanted, chance()) : askEveryMilliseconds
    // What was written in the middle of this round may rest for less than that.
    const { restsUntil } = await this.#toDo()
    this.#wait(restsUntil === null ? planned : Math.min(planned, untilRested(restsUntil)))
  }

  /** The disk would not: it is tried again, as after any failure. */
  #stumble(): void {
    this.#failures += 1
    this.#wait(waitAfter(this.#failures, 0, chance()))
  }

  /** There is a chance again: a network, a look, a session. */
  readonly wake = (): void => {
    this.#failures = 0
    void this.run()
  }

  readonly #turn = (): void => {
    if (document.visibilityState === 'visible') this.wake()
    else void registerSync()
  }

  /** Instead of what was planned before. */
  #wait(milliseconds: number): void {
    clearTimeout(this.#timer)
    if (this.#pause !== undefined) return
    this.#timer = setTimeout(() => void this.run(), milliseconds)
  }

  /** What is new since the last look; a row that was tried waits for its timer. */
  async #toDo(): Promise<{ isDue: boolean; restsUntil: number | null }> {
    let isDue = false
    let restsUntil: number | null = null
    for (const device of await this.#door.vaults.toCollection().primaryKeys()) {
      const database = this.#databases.of(device)
      const { outbox, purges } = database
      const [untried, destroyed] = await database.transaction('r', [outbox, purges], () =>
        Promise.all([untriedIn(database, now()), purges.where('slot').equals('destroyed').count()])
      )
      isDue ||= untried.isDue || destroyed > 0
      if (untried.restsUntil !== null)
        restsUntil = Math.min(restsUntil ?? Infinity, untried.restsUntil)
    }
    return { isDue, restsUntil }
  }
}
