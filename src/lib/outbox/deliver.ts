import type { DeviceId } from '#contract/id.ts'
import { pushAnswerSchema, pushLimits, type PushAnswer, type Result } from '#contract/push.ts'
import type { OutboxRow, VaultDatabase } from '#lib/device/database.ts'
import { ifFree } from '#lib/device/locks.ts'
import { api, type Answer } from '#lib/http/api.ts'
import { laneOf, readQueue, type Queue } from './queue.ts'
import { deliverAgain, keepReceipts, letGoSafe } from './receipts.ts'
import { take, type Load } from './take.ts'

/**
 * Carries sealed operations to the server. It needs no key, so it runs in the page and in the
 * service worker, locked or not. It discards nothing: what is not answered finally, stays.
 */
export interface Delivery {
  /** `later`: something waits still. `busy`: another tab is delivering. */
  readonly state: 'empty' | 'later' | 'busy'
  readonly delivered: number
  /** The server could not be asked at all. */
  readonly away?: boolean
  readonly retryAfterSeconds?: number
  /** The answer was a problem of this device or request, and not of the network. */
  readonly code?: string
  readonly wipe?: boolean
}

export interface DeliveryRules {
  /** Drafts that rest go too: somebody asked for it, or the page is closing. */
  readonly resting?: boolean
}

export async function deliver(
  database: VaultDatabase,
  device: DeviceId,
  rules: DeliveryRules = {}
): Promise<Delivery> {
  const delivery = await ifFree(`kotikaynti-outbox-${device}`, () =>
    new Round(database, device, rules).run()
  )
  return delivery ?? { state: 'busy', delivered: 0 }
}

/** Everything that waits, request after request, in order. */
class Round {
  readonly #database: VaultDatabase
  readonly #device: DeviceId
  readonly #resting: boolean
  /** Lanes in which something got no final answer. */
  readonly #held = new Set<string>()
  #queue: Queue | null = null
  #limit: number = pushLimits.envelopes
  #delivered = 0
  #wipe = false
  /** The last answer on its way to the disk. One that the disk would not take ends the round: what has no receipt is delivered once more. */
  #keeping: Promise<void> = Promise.resolve()

  constructor(database: VaultDatabase, device: DeviceId, rules: DeliveryRules) {
    this.#database = database
    this.#device = device
    this.#resting = rules.resting === true
  }

  async run(): Promise<Delivery> {
    let load = await this.#next()
    while (load) {
      // While the server works, the answer before is kept and the next request is made ready.
      const [answer, ahead] = await Promise.all([push(this.#device, load), this.#ahead(load)])
      const stopped = await this.#hear(load, answer)
      if (stopped) {
        await this.#keeping
        return stopped
      }
      load = (answer.ok && this.#stillDue(ahead)) || (await this.#next())
    }
    const left = await this.#database.outbox.where('waiting').equals(1).count()
    const state = left === 0 ? 'empty' : 'later'
    return { state, delivered: this.#delivered, ...(this.#wipe ? { wipe: true } : {}) }
  }

  /** Null when nothing is left that may go. What became due meanwhile, or is wanted again, goes too. */
  async #next(): Promise<Load | null> {
    await this.#keeping
    const known = this.#queue
    if (known) {
      const load = await this.#take(known)
      if (load.batch.length > 0) return load
    }
    this.#queue = await readQueue(this.#database)
    const load = await this.#take(this.#queue)
    return load.batch.length > 0 ? load : null
  }

  /** A disk that would not is met again once the answer that comes meanwhile is heard. */
  async #ahead({ batch }: Load): Promise<Load | null> {
    if (!this.#queue || this.#queue.size <= batch.length) return null
    try {
      await this.#keeping
      return await this.#take(this.#queue, batch)
    } catch {
      return null
    }
  }

  #take(queue: Queue, onTheirWay: readonly OutboxRow[] = []): Promise<Load> {
    const rules = { held: new Set(this.#held), limit: this.#limit, resting: this.#resting }
    return take(this.#database, queue, { ...rules, onTheirWay })
  }

  /** What waits behind one that got no final answer waits with it. */
  #stillDue(load: Load | null): Load | null {
    const batch = load?.batch.filter((row) => !this.#held.has(laneOf(row))) ?? []
    return batch.length > 0 && this.#queue ? { batch, outbox: this.#queue.besides(batch) } : null
  }

  /** Answers how the round ends, if this was the end of it. */
  async #hear({ batch }: Load, answer: Answer<PushAnswer>): Promise<Delivery | null> {
    const delivered = this.#delivered
    if (answer.ok) {
      this.#settle(batch, answer.data)
      return null
    }
    if ('away' in answer) return { state: 'later', delivered, away: true }
    const { status, code } = answer.problem
    if (!isAboutTheRequest(status)) {
      const { retryAfterSeconds } = answer
      const wanted = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
      return { state: 'later', delivered, code, ...wanted }
    }
    // One envelope that the server cannot take must not hold up the others.
    const [only] = batch
    if (batch.length > 1) this.#limit = Math.max(1, Math.floor(batch.length / 4))
    else if (only) {
      this.#held.add(laneOf(only))
      await this.#database.outbox.update(only.id, { trouble: code, attempted: true })
    }
    return null
  }

  #settle(batch: readonly OutboxRow[], answer: PushAnswer): void {
    const sent = new Set<string>(batch.map(({ id }) => id))
    const results = answer.results.filter(({ id }) => sent.has(id))
    const settled = new Set<string>(
      results.flatMap(({ id, outcome }) => (outcome === 'retry' ? [] : [id]))
    )
    for (const row of batch) if (!settled.has(row.id)) this.#held.add(laneOf(row))
    this.#queue?.forget(settled)
    this.#wipe ||= answer.command === 'wipe'
    this.#delivered += settled.size
    this.#limit = Math.min(pushLimits.envelopes, this.#limit * 2)
    this.#keeping = keepAnswer(this.#database, batch, results, answer)
    // Whoever goes on meets the failure; until then nobody need hear of it.
    this.#keeping.catch(() => undefined)
  }
}

/** 400, 413, 415 and 422 speak of what was sent; all others of who asks, or of the server's own state. */
const isAboutTheRequest = (status: number): boolean =>
  status === 400 || status === 413 || status === 415 || status === 422

/** A link that carries less than this is no link. */
const slowBytesPerMillisecond = 8

function push(device: DeviceId, { batch, outbox }: Load): Promise<Answer<PushAnswer>> {
  // Named by the row: an envelope that was damaged must not make the whole request unreadable.
  const envelopes = batch.map(({ envelope, id, seq }) => ({ ...envelope, id, seq }))
  const bytes = batch.reduce((sum, { freight, cargo = 0 }) => sum + (freight ? cargo : 0), 0)
  const longer = Math.ceil(bytes / slowBytesPerMillisecond)
  return api('POST', '/api/sync/push', { device, outbox, envelopes }, pushAnswerSchema, { longer })
}

/** One commit keeps all that an answer says. */
async function keepAnswer(
  database: VaultDatabase,
  sent: readonly OutboxRow[],
  results: readonly Result[],
  { safeThrough, missing }: PushAnswer
): Promise<void> {
  const { outbox, copies, cargo } = database
  await database.transaction('rw', [outbox, copies, cargo], async () => {
    await keepReceipts(database, sent, results)
    await letGoSafe(database, safeThrough)
    if (missing) await deliverAgain(database, { numbers: missing })
  })
}
