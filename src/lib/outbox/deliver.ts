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
    new Round(database, device, rules.resting === true).run()
  )
  return delivery ?? { state: 'busy', delivered: 0 }
}

/** Everything that waits. */
class Round {
  readonly database: VaultDatabase
  readonly device: DeviceId
  /** Drafts that rest go too. */
  readonly resting: boolean
  /** Lanes in which something got no final answer. */
  readonly held = new Set<string>()
  #queue: Queue | null = null
  #delivered = 0
  #wipe = false

  constructor(database: VaultDatabase, device: DeviceId, resting: boolean) {
    this.database = database
    this.device = device
    this.resting = resting
  }

  async run(): Promise<Delivery> {
    const stopped = (await this.#carryTogether()) ?? (await new Stream(this, null).carry())
    if (stopped) return { ...stopped, delivered: this.#delivered }
    const left = await this.database.outbox.where('waiting').equals(1).count()
    const state = left === 0 ? 'empty' : 'later'
    return { state, delivered: this.#delivered, ...(this.#wipe ? { wipe: true } : {}) }
  }

  /** What fills several requests goes by two at a time: while the server works at one, the tablet keeps the answer of the other. */
  async #carryTogether(): Promise<Stopped | null> {
    const halves = (await this.queue()).halves(pushLimits.envelopes)
    const streams = halves.map((lanes) => new Stream(this, lanes))
    const ends = await Promise.all(streams.map((stream) => stream.carry()))
    return ends.find((end) => end !== null) ?? null
  }

  async queue(): Promise<Queue> {
    return (this.#queue ??= await readQueue(this.database))
  }

  /** What became due meanwhile, or is wanted again. */
  async queueAnew(): Promise<Queue> {
    return (this.#queue = await readQueue(this.database))
  }

  settled(ids: ReadonlySet<string>, { command }: PushAnswer): void {
    this.#queue?.forget(ids)
    this.#delivered += ids.size
    this.#wipe ||= command === 'wipe'
  }
}

type Stopped = Omit<Delivery, 'delivered'>

/** Request after request, in order: of some lanes, or of everything. */
class Stream {
  readonly #round: Round
  readonly #lanes: ReadonlySet<string> | null
  #limit: number = pushLimits.envelopes
  /** The last answer on its way to the disk. One that the disk would not take ends the round: what has no receipt is delivered once more. */
  #keeping: Promise<void> = Promise.resolve()

  constructor(round: Round, lanes: ReadonlySet<string> | null) {
    this.#round = round
    this.#lanes = lanes
  }

  /** Answers how the round ends, if it does before everything was tried. */
  async carry(): Promise<Stopped | null> {
    let load = await this.#next()
    while (load) {
      // While the server works, the answer before is kept and the next request is made ready.
      const [answer, ahead] = await Promise.all([push(this.#round.device, load), this.#ahead(load)])
      const stopped = await this.#hear(load, answer)
      if (stopped) {
        await this.#keeping
        return stopped
      }
      load = (answer.ok && (await this.#stillDue(ahead))) || (await this.#next())
    }
    return null
  }

  /** Null when nothing is left that may go. Whoever carries everything looks once more at the end. */
  async #next(): Promise<Load | null> {
    await this.#keeping
    return (
      (await this.#takeSome(await this.#round.queue())) ??
      (this.#lanes ? null : await this.#takeSome(await this.#round.queueAnew()))
    )
  }

  async #takeSome(queue: Queue): Promise<Load | null> {
    if (!queue.has(this.#lanes)) return null
    const load = await this.#take(queue)
    return load.batch.length > 0 ? load : null
  }

  /** A disk that would not is met again once the answer that comes meanwhile is heard. */
  async #ahead({ batch }: Load): Promise<Load | null> {
    const queue = await this.#round.queue()
    if (queue.size <= batch.length) return null
    try {
      await this.#keeping
      return await this.#take(queue, batch)
    } catch {
      return null
    }
  }

  #take(queue: Queue, onTheirWay: readonly OutboxRow[] = []): Promise<Load> {
    const { database, held, resting } = this.#round
    const rules = { held: new Set(held), limit: this.#limit, resting, lanes: this.#lanes }
    return take(database, queue, { ...rules, onTheirWay })
  }

  /** What waits behind one that got no final answer waits with it. */
  async #stillDue(load: Load | null): Promise<Load | null> {
    const batch = load?.batch.filter((row) => !this.#round.held.has(laneOf(row))) ?? []
    if (batch.length === 0) return null
    return { batch, outbox: (await this.#round.queue()).besides(batch) }
  }

  async #hear({ batch }: Load, answer: Answer<PushAnswer>): Promise<Stopped | null> {
    if (answer.ok) {
      this.#settle(batch, answer.data)
      return null
    }
    if ('away' in answer) return { state: 'later', away: true }
    const { status, code } = answer.problem
    if (!isAboutTheRequest(status)) {
      const { retryAfterSeconds } = answer
      const wanted = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
      return { state: 'later', code, ...wanted }
    }
    // One envelope that the server cannot take must not hold up the others.
    const [only] = batch
    if (batch.length > 1) this.#limit = Math.max(1, Math.floor(batch.length / 4))
    else if (only) {
      this.#round.held.add(laneOf(only))
      await this.#round.database.outbox.update(only.id, { trouble: code, attempted: true })
    }
    return null
  }

  #settle(batch: readonly OutboxRow[], answer: PushAnswer): void {
    const { database, held } = this.#round
    const sent = new Set<string>(batch.map(({ id }) => id))
    const results = answer.results.filter(({ id }) => sent.has(id))
    const settled = new Set<string>(
      results.flatMap(({ id, outcome }) => (outcome === 'retry' ? [] : [id]))
    )
    for (const row of batch) if (!settled.has(row.id)) held.add(laneOf(row))
    this.#round.settled(settled, answer)
    this.#limit = Math.min(pushLimits.envelopes, this.#limit * 2)
    this.#keeping = keepAnswer(database, batch, results, answer)
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
