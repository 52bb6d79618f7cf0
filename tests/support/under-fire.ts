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

/** The longest that a round lets the server live once it answers. */
const lifeMilliseconds = 120

/** A tablet that never stops pushing to a server that is killed, and what that server has promised it. */
export class UnderFire {
  readonly world: World
  /** What the server has said is done, by its first word. */
  readonly acknowledged = new Map<OperationId, Result>()
  /** The visits that were ever written, by the words that only they hold. */
  readonly visits = new Map<string, EntryId>()
  /** Pushes that nobody answered. */
  cut = 0
  readonly #family: Family
  readonly #tablet: WireTablet

  private constructor(world: World, family: Family, tablet: WireTablet) {
    this.world = world
    this.#family = family
    this.#tablet = tablet
  }

  static async create(): Promise<UnderFire> {
    const world = await World.create({ now: systemClock.now() })
    const office = await world.mainUser()
    const worker = await world.user({ role: 'worker' })
    const family = await Family.open(world, office)
    await family.assign(worker.id)
    const tablet = await WireTablet.enrol(world, worker)
    return new UnderFire(world, family, tablet)
  }

  /** Pushes without a pause until the server is killed: at any moment, or as soon as it has answered. */
  async pushUntilKilled(server: ServerProcess): Promise<void> {
    let isGone = false
    const kill = async () => {
      isGone = true
      await server.kill()
    }
    const answers = randomInt(10)
    const killing = answers < 5 ? null : pause(randomInt(lifeMilliseconds)).then(kill)
    for (let pushed = 0; !isGone; pushed += 1) {
      for (let count = randomInt(1, 4); count > 0; count -= 1) this.#write()
      await this.#push().catch((error: unknown) => {
        // A server that is being killed answers nothing at all; any answer but 200 would be a fault.
        if (!(error instanceof TypeError)) throw error
        this.cut += 1
      })
      if (killing === null && pushed === answers) await kill()
    }
    await killing
  }

  /** What still waits, to a server that lives. */
  async pushAll(): Promise<void> {
    while (this.#tablet.outbox.length > 0) await this.#push()
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
    // Opening, assigning, and each operation once: nothing else ever raised the revision.
    expect(read?.revision).toBe(2 + this.acknowledged.size)
  }

  /** A visit and its signed note: the second is nothing without the first. */
  #write(): void {
    const visit = newEntryId(this.world)
    const words = `käynti ${this.visits.size}`
    this.visits.set(words, visit)
    const customership = this.#family.id
    const body = { ...this.#family.visit(visit), reason: words }
    this.#tablet.write({ op: 'visit.record', customership, body })
    const fields = { tasks: ['meals'], done: words }
    const note = this.#family.note(newEntryId(this.world), visit, fields)
    this.#tablet.write({ op: 'note.sign', customership, body: note })
  }

  /** One answer in four is never heard, so that what is done already is delivered again after the restart. */
  async #push(): Promise<void> {
    const { results } = await this.#tablet.deliver(this.#tablet.outbox.slice(0, randomInt(1, 24)))
    const isHeard = randomInt(4) > 0
    for (const { again: _, ...result } of results) {
      expect(result.outcome).toBe('applied')
      const known = this.acknowledged.get(result.id)
      if (known) expect(result).toEqual(known)
      this.acknowledged.set(result.id, result)
    }
    if (isHeard) this.#tablet.receipt(results)
  }
}

const wordsOf = (data: object): unknown =>
  'fields' in data ? (data.fields as { done?: unknown }).done : 'reason' in data && data.reason
