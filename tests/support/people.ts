import { randomUUID } from 'node:crypto'
import { addDays, dayAt, toMoment, type Day } from '#contract/day.ts'
import {
  customershipIdSchema,
  entryIdSchema,
  type CustomershipId,
  type EntryId,
  type UserId
} from '#contract/id.ts'
import type { NoteFields } from '#contract/note.ts'
import type { Task } from '#contract/role.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { Answer, Client, World } from './world.ts'

/** An invented family, and what the office does for it, by the endpoints that the office uses. */
export class Family {
  readonly id: CustomershipId = customershipIdSchema.parse(randomUUID())
  readonly decision: EntryId
  readonly profile: EntryId
  readonly #world: World
  readonly #office: Client

  private constructor(world: World, office: Client) {
    this.#world = world
    this.#office = office
    this.decision = newEntryId(world)
    this.profile = newEntryId(world)
  }

  static async open(world: World, office: Client, lastName = 'Kuusinen'): Promise<Family> {
    const family = new Family(world, office)
    expectWritten(await office.ask('POST', '/api/office/customerships', family.opening(lastName)))
    return family
  }

  opening(lastName: string) {
    const today = dayAt(this.#world.clock.now())
    const stated = (value: string) => ({ value, source: 'organiser' })
    return {
      id: this.id,
      profile: {
        id: this.profile,
        data: {
          firstName: stated('Aino'),
          lastName: stated(lastName),
          street: stated('Koivutie 7')
        }
      },
      contacts: [
        {
          id: newEntryId(this.#world),
          data: { name: `Veikko ${lastName}`, relation: 'guardian', noContact: false }
        }
      ],
      decision: {
        id: this.decision,
        data: {
          organiser: 'mallikunta',
          controller: 'organiser',
          product: 'home-service',
          funding: 'voucher',
          from: addDays(today, -30),
          until: addDays(today, 300),
          grantedMinutes: 600,
          grantedPer: 'month',
          goals: ['Arjen sujuminen']
        }
      }
    }
  }

  post(what: string, body: unknown): Promise<Answer> {
    return this.#office.ask('POST', `/api/office/customerships/${this.id}/${what}`, body)
  }

  async assign(
    worker: UserId,
    o: { from?: Day; until?: Day; tasks?: Task[]; id?: EntryId } = {}
  ): Promise<EntryId> {
    const id = o.id ?? newEntryId(this.#world)
    const from = o.from ?? addDays(dayAt(this.#world.clock.now()), -1)
    const { until, tasks = ['care'] } = o
    const data = { worker, from, tasks, ...(until ? { until } : {}) }
    const former = await this.#world.parts.store.register.read(this.id, (reader) =>
      reader.entry('assignment', id)
    )
    const change = former ? { based: former.revision, reason: 'Sovittu' } : {}
    expectWritten(await this.post('assignments', { id, data, ...change }))
    return id
  }

  async plan(worker: UserId, id = newEntryId(this.#world)): Promise<EntryId> {
    const start = this.#world.clock.now() + 3_600_000
    const plannedStart = toMoment(start)
    const plannedEnd = toMoment(start + 3_600_000)
    const data = { decision: this.decision, worker, plannedStart, plannedEnd }
    // Whatever a test plans beyond the ordinary, it means.
    expectWritten(await this.post('visits', { id, data, reason: 'Sovittu perheen kanssa' }))
    return id
  }

  async end(endDay: Day): Promise<Answer> {
    return this.post('ending', { endDay, reason: 'service-completed' })
  }

  /** Everything that the closing list asks and a person settles. */
  async settle(): Promise<void> {
    const { register } = this.#world.parts.store
    const all = (await register.read(this.id, (reader) => reader.ofKind('document'))) ?? []
    const documents = all.filter(({ data }) => !data.removed)
    const receivedOn = dayAt(this.#world.clock.now())
    const acts = [
      { act: 'tick', item: 'last-summary', how: 'Turvapostilla' },
      { act: 'tick', item: 'portal-events', how: 'Portaalissa' },
      { act: 'receipt', from: 'Kirjaamo', receivedOn, how: 'Turvapostilla' },
      ...documents.map(({ id }) => ({ act: 'document', document: id, fate: 'returned' }))
    ]
    for (const act of acts) requireDone(await this.post('ending/acts', act))
    for (const { id: document, data } of documents) {
      const paper = data.original.at(-1)?.state
      if (paper !== 'at-office' && paper !== 'with-worker') continue
      const entry = await register.read(this.id, (reader) => reader.entry('document', document))
      const moved = { based: entry?.revision, state: 'destroyed' }
      requireDone(await this.post(`documents/${document}/original`, moved))
    }
  }

  /** The body of `visit.record`. */
  visit(visit: EntryId, o: { state?: string; startedAt?: string } = {}) {
    const now = this.#world.clock.now()
    return {
      visit,
      decision: this.decision,
      product: 'home-service',
      startedAt: toMoment(now - 3_600_000),
      endedAt: toMoment(now),
      state: 'completed',
      ...o
    }
  }

  /** The body of `note.draft` and `note.sign`. */
  note(note: EntryId, visit: EntryId, fields: NoteFields) {
    return { note, visit, template: 'home-service', templateVersion: 1, fields }
  }
}

export function newEntryId(world: World): EntryId {
  return entryIdSchema.parse(newUuidV7(world.clock.now()))
}

function requireDone(answer: Answer): void {
  if (answer.status !== 200) throw new Error(`the office answered ${answer.status}: ${answer.text}`)
}

function expectWritten(answer: Answer): void {
  if (answer.status !== 201) throw new Error(`the office answered ${answer.status}: ${answer.text}`)
}
