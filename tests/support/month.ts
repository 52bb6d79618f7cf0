import { instantOf, toMoment, type Day } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { NoteFields } from '#contract/note.ts'
import type { DeliveryLine } from '#contract/summary-request.ts'
import type { Visit } from '#contract/visit.ts'
import { newEntryId } from './people.ts'
import type { Client, World } from './world.ts'

/** A month of one family, written straight into the register: what tablets sent long ago. */
export class FamilyMonth {
  readonly #world: World
  readonly #id: CustomershipId
  readonly #worker: UserId

  constructor(world: World, id: CustomershipId, worker: UserId) {
    this.#world = world
    this.#id = id
    this.#worker = worker
  }

  async visit(
    day: string,
    [from, to]: readonly [from: number, to: number],
    o: { decision: EntryId; visit?: Partial<Visit>; id?: EntryId }
  ): Promise<EntryId> {
    const { id = newEntryId(this.#world), decision, visit = {} } = o
    const [start, end] = [from, to].map((hour) => {
      const minutes = Math.round(hour * 60)
      return toMoment(instantOf(day as Day, Math.floor(minutes / 60), minutes % 60))
    })
    const times = { plannedStart: start!, plannedEnd: end!, startedAt: start!, endedAt: end! }
    const held = { ...times, product: 'home-service', worker: this.#worker, decision }
    await this.#put('visit', id, { ...held, state: 'completed', ...visit })
    return id
  }

  async note(visit: EntryId, fields: NoteFields, state: 'draft' | 'signed' = 'signed') {
    const at = toMoment(this.#world.clock.now())
    const written = { visit, template: 'home-service', templateVersion: 1, fields, state }
    const id = newEntryId(this.#world)
    await this.#put('note', id, {
      ...written,
      author: this.#worker,
      writtenAt: at,
      ...(state === 'signed' ? { signedAt: at } : {})
    })
    return id
  }

  async decision(data: Partial<Decision>): Promise<EntryId> {
    const id = newEntryId(this.#world)
    await this.#put('decision', id, {
      organiser: 'mallikunta',
      controller: 'organiser',
      product: 'home-service',
      funding: 'purchased',
      from: '2026-01-01' as Day,
      until: '2026-12-31' as Day,
      grantedMinutes: 600,
      grantedPer: 'month',
      goals: [],
      ...data
    })
    return id
  }

  async #put(...[kind, id, data]: [kind: string, id: EntryId, data: object]): Promise<void> {
    await this.#world.parts.store.register.transact((tx) =>
      tx.change(this.#id, (change) => change.put(kind as 'visit', id, data as Visit, this.#worker))
    )
  }
}

/** A delivery's lines, and the archive that its pieces make. */
export async function deliverAs(office: Client, body: object) {
  const answer = await office.ask('POST', '/api/office/summaries/delivery', body)
  if (answer.status !== 200) return { answer, lines: [], archive: Buffer.alloc(0), done: null }
  const lines = answer.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DeliveryLine)
  const archive = Buffer.concat(
    lines.flatMap((line) => (line.line === 'piece' ? [Buffer.from(line.bytes, 'base64url')] : []))
  )
  const last = lines.at(-1)
  return { answer, lines, archive, done: last?.line === 'done' ? last : null }
}
