import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type { EntryId, OperationId } from '#contract/id.ts'
import type { Result } from '#contract/push.ts'
import { systemClock } from '#server/clock.ts'
import { Family, newEntryId } from './people.ts'
import type { ServerProcess } from './server-process.ts'
import { WireTablet } from './tablet.ts'
import { World } from './world.ts'

/** The longest that a round lets the server live once it answers, and how much is written for each push at most. */
const light = { lifeMilliseconds: 120, writes: 3, envelopes: 24 }
/** A soak asks for so many acknowledgements that full requests have to bring them. */
const heavy = { lifeMilliseconds: 500, writes: 48, envelopes: 100 }
export type Weight = typeof light
export const weights = { light, heavy } as const

/** A tablet writes nothing more while so many wait. */
const mostWaiting = 20

/** How long a tablet that found no server waits before it asks again. */
const againMilliseconds = 5

/** Tablets that never stop pushing to a server that is killed or replaced, and what it has promised them. */
export class UnderFire {
  readonly world: World
  /** What the server has said is done, by its first word. */
  readonly acknowledged = new Map<OperationId, Result>()
  /** The visits that were ever written, by the words that only they hold. */
  readonly visits = new Map<string, EntryId>()
  /** Pushes that nobody answered. */
  cut = 0
  readonly tablets: readonly WireTablet[]
  readonly #family: Family
  readonly #weight: Weight

  private constructor(o: {
    world: World
    family: Family
    tablets: readonly WireTablet[]
    weight: Weight
  }) {
    this.world = o.world
    this.#family = o.family
    this.tablets = o.tablets
    this.#weight = o.weight
  }

  /** Each tablet in the hands of a worker of its own, who are all assigned to one family. */
  static async create(count = 1, weight: Weight = light): Promise<UnderFire> {
    const world = await World.create({ now: systemClock.now() })
    const office = await world.mainUser()
    const family = await Family.open(world, office)
    const tablets: WireTablet[] = []
    while (tablets.length < count) {
      const worker = await world.user({ role: 'worker' })
      await family.assign(worker.id)
      tablets.push(await WireTablet.enrol(world, worker))
    }
    return new UnderFire({ world, family, tablets, weight })
  }

  get #tablet(): WireTablet {
    const [first] = this.tablets
    if (!first) throw new Error('there is a tablet')
    return first
  }

  /** Pushes without a pause until the server is killed: at any moment, or as soon as it has answered. */
  async pushUntilKilled(server: ServerProcess): Promise<void> {
    let isGone = false
    const kill = async () => {
      isGone = true
      await server.kill()
    }
    const answers = randomInt(10)
    const { lifeMilliseconds, writes } = this.#weight
    const killing = answers < 5 ? null : pause(randomInt(lifeMilliseconds)).then(kill)
    for (let pushed = 0; !isGone; pushed += 1) {
      for (let count = randomInt(1, writes + 1); count > 0; count -= 1) this.write(this.#tablet)
      await this.#tryPush(this.#tablet)
      if (killing === null && pushed === answers) await kill()
    }
    await killing
  }

  /** All tablets at once, until told to end: whoever finds no server asks again at once. */
  async pushUntil(hasEnded: () => boolean): Promise<void> {
    const pushes = this.tablets.map(async (tablet) => {
      while (!hasEnded()) {
        if (tablet.outbox.length < mostWaiting) this.write(tablet)
        if (!(await this.#tryPush(tablet))) await pause(againMilliseconds)
      }
    })
    await Promise.all(pushes)
  }

  /** What still waits, to a server that lives. */
  async pushAll(): Promise<void> {
    for (const tablet of this.tablets) while (tablet.outbox.length > 0) await this.#push(tablet)
  }

  /** Whether it was answered. */
  async #tryPush(tablet: WireTablet): Promise<boolean> {
    try {
      await this.#push(tablet)
      return true
    } catch (error) {
      // A server that is being replaced answers nothing at all, or that it starts; any other answer but 200 would be a fault.
      const isStarting = error instanceof Error && error.message === 'push answered 503 starting'
      if (!(error instanceof TypeError) && !isStarting) throw error
      this.cut += 1
      return false
    }
  }

  /** Read by a server in this process, from the folders that the killed ones left. */
  async expectKept(): Promise<void> {
    this.world.elsewhere = null
    await this.world.start()
    const { register, operations } = this.world.parts.store
    expect(this.acknowledged.size).toBe(2 * this.visits.size)
    for (const [id, { outcome, revision }] of this.acknowledged)
      expect(await operations.find(id)).toMatchObject({ outcome, revision })
    const read = await register.read(this.#family.id, async (reader) => ({
      revision: reader.facts.revision,
      visits: await reader.entries({ kinds: ['visit'] }),
      notes: await reader.entries({ kinds: ['note'] })
    }))
    const wordsById = new Map([...this.visits].map(([words, id]) => [id, words]))
    expect(new Map(read?.visits.map(({ id, data }) => [id, wordsOf(data)]))).toEqual(wordsById)
    const words = read?.notes.map(({ data }) => wordsOf(data)).sort()
    expect(words).toEqual([...this.visits.keys()].sort())
    // Opening, each assigning, and each operation once: nothing else ever raised the revision.
    expect(read?.revision).toBe(1 + this.tablets.length + this.acknowledged.size)
  }

  /** A visit and its signed note: the second is nothing without the first. */
  write(tablet: WireTablet): void {
    const visit = newEntryId(this.world)
    const words = `käynti ${this.visits.size}`
    this.visits.set(words, visit)
    const customership = this.#family.id
    const body = { ...this.#family.visit(visit), reason: words }
    tablet.write({ op: 'visit.record', customership, body })
    const fields = { tasks: ['meals'], done: words }
    const note = this.#family.note(newEntryId(this.world), visit, fields)
    tablet.write({ op: 'note.sign', customership, body: note })
  }

  /** One answer in four is never heard, so that what is done already is delivered again after the restart. */
  async #push(tablet: WireTablet): Promise<void> {
    const { results } = await tablet.deliver(
      tablet.outbox.slice(0, randomInt(1, this.#weight.envelopes))
    )
    const isHeard = randomInt(4) > 0
    for (const { again: _, ...result } of results) {
      expect(result.outcome).toBe('applied')
      const known = this.acknowledged.get(result.id)
      if (known) expect(result).toEqual(known)
      this.acknowledged.set(result.id, result)
    }
    if (isHeard) tablet.receipt(results)
  }
}

const wordsOf = (data: object): unknown =>
  'fields' in data ? (data.fields as { done?: unknown }).done : 'reason' in data && data.reason
