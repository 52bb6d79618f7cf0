import { addDays, dayAt } from '#contract/day.ts'
import { customershipAnswerSchema } from '#contract/customership.ts'
import type { Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import { noteWrittenSchema } from '#contract/note.ts'
import { notesOf } from '#lib/notes/visit-notes.ts'
import type { User } from '#server/store/users.ts'
import { newEntryId } from '#tests/support/people.ts'
import type { Answer, Client, World } from '#tests/support/world.ts'
import type { Promised } from './promised.ts'
import { doneOf, type Case } from './person.ts'
import { actAs, type Actor } from './scheduler.ts'
import type { SimulatedServer } from './server.ts'

interface Form {
  readonly note: EntryId
  readonly based: number | null
  readonly text: string
}

/** The office: a main user who plans, assigns, writes, ends and decides, one thing after another. */
export class Office implements Actor {
  readonly name = 'office'
  readonly skew = 0
  dead = false
  /** Words that the server said it took. */
  readonly words = new Map<CustomershipId, string[]>()
  readonly #server: SimulatedServer
  readonly #world: World
  readonly #client: Client
  readonly #user: User
  readonly #promised: Promised
  readonly #newWord: () => string
  #signedInAt = Number.NEGATIVE_INFINITY
  #doing: Promise<unknown> = Promise.resolve()
  readonly #forms = new Map<CustomershipId, Form>()
  readonly #seen = new Map<CustomershipId, readonly Entry[]>()
  /** Each worker's assignment as the template has it. */
  readonly #assignments: ReadonlyMap<string, EntryId>

  constructor(o: {
    server: SimulatedServer
    user: User
    promised: Promised
    assignments: ReadonlyMap<string, EntryId>
    newWord: () => string
  }) {
    this.#server = o.server
    this.#world = o.server.world
    this.#user = o.user
    this.#promised = o.promised
    this.#assignments = o.assignments
    this.#newWord = o.newWord
    this.#client = o.server.world.client()
  }

  /** Words that came after a backup are lost with the disk: nobody else has them. */
  backUp(): () => void {
    const words = new Map(this.words)
    return () => {
      this.words.clear()
      for (const [id, some] of words) this.words.set(id, some)
      this.#signedInAt = Number.NEGATIVE_INFINITY
    }
  }

  do(work: (office: Office) => Promise<unknown>): void {
    this.#doing = this.#doing
      .then(() => actAs(this, () => work(this)))
      // The server is gone: whoever works there tries something else.
      .catch(() => undefined)
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const world = this.#world
    return this.#server.serve(this.name, async () => {
      if (world.clock.now() - this.#signedInAt > 600_000) {
        const { cookies } = await world.signedIn(this.#user)
        this.#client.cookies.set('session', cookies.get('session') ?? '')
        this.#signedInAt = world.clock.now()
      }
      return this.#client.ask(method, path, body)
    })
  }

  /** One that raises the customership's revision. */
  async #change(id: CustomershipId, method: string, what: string, body: unknown): Promise<Answer> {
    this.#promised.asks(id)
    const answer = await this.#ask(method, `/api/office/customerships/${id}/${what}`, body)
    this.#promised.answered(id, answer.status < 300)
    return answer
  }

  async plan({ id, decision }: Case, worker: UserId): Promise<void> {
    const start = this.#world.clock.now() + 3_600_000
    const at = (time: number) => new Date(time).toISOString()
    const data = { decision, worker, plannedStart: at(start), plannedEnd: at(start + 3_600_000) }
    const visit = newEntryId(this.#world)
    await this.#change(id, 'POST', 'visits', { id: visit, data, reason: 'Sovittu' })
  }

  async assign({ id }: Case, worker: UserId, isAssigned: boolean): Promise<void> {
    const entry = this.#assignments.get(`${id} ${worker}`)
    if (!entry) return
    const { register } = this.#world.parts.store
    const former = await this.#server.serve(this.name, () =>
      register.read(id, (reader) => reader.entry('assignment', entry))
    )
    const today = dayAt(this.#world.clock.now())
    const data = {
      ...{ worker, tasks: ['care', 'documents'], from: addDays(today, -2) },
      ...(isAssigned ? {} : { until: addDays(today, -1) })
    }
    const based = former ? { based: former.revision, reason: 'Sovittu' } : {}
    await this.#change(id, 'POST', 'assignments', { id: entry, data, ...based })
  }

  async end({ id }: Case): Promise<void> {
    const endDay = dayAt(this.#world.clock.now())
    await this.#change(id, 'POST', 'ending', { endDay, reason: 'service-completed' })
  }

  async look(family: Case, worker: UserId): Promise<void> {
    const path = `/api/office/customerships/${family.id}?purpose=carrying-out`
    const answer = await this.#ask('GET', path)
    if (answer.status !== 200) return
    const { entries } = customershipAnswerSchema.parse(answer.body)
    this.#seen.set(family.id, entries)
    const { own } = notesOf(entries, family.visit, worker)
    this.#forms.set(family.id, {
      note: own?.id ?? newEntryId(this.#world),
      based: own?.revision ?? null,
      text: own ? doneOf(own) : ''
    })
  }

  async type(family: Case): Promise<void> {
    const form = this.#forms.get(family.id)
    if (!form) return
    const word = this.#newWord()
    const text = form.text + word
    const body = {
      ...{ note: form.note, based: form.based, beside: newEntryId(this.#world), state: 'draft' },
      ...{ template: 'home-service', templateVersion: 1, fields: { tasks: ['meals'], done: text } }
    }
    const answer = await this.#change(family.id, 'PUT', `visits/${family.visit}/note`, body)
    if (answer.status !== 200) return
    const { note, revision } = noteWrittenSchema.parse(answer.body)
    this.#forms.set(family.id, { note, based: revision, text })
    this.words.set(family.id, [...(this.words.get(family.id) ?? []), word])
  }

  async merge(family: Case, worker: UserId): Promise<void> {
    const { own, beside } = notesOf(this.#seen.get(family.id) ?? [], family.visit, worker)
    const [other] = beside
    if (!own || !other || own.data.state === 'signed') return
    await this.#change(family.id, 'POST', `visits/${family.visit}/note/merge`, {
      ...{ note: own.id, based: own.revision, fork: other.id, forkBased: other.revision },
      fields: { tasks: ['meals'], done: doneOf(own) + doneOf(other) }
    })
    this.#seen.delete(family.id)
    this.#forms.delete(family.id)
  }

  /** Everything that awaits a decision; what cannot be accepted goes on waiting. */
  async decide(decision: 'accept' | 'return'): Promise<number> {
    const { operations } = this.#world.parts.store
    const held = await this.#server.serve(this.name, () => operations.held())
    if (held.length === 0) return 0
    const reason = decision === 'accept' ? {} : { reason: 'Kirjoita uudelleen' }
    let decided = 0
    for (const { id } of held) {
      const answer = await this.#ask('POST', '/api/office/awaiting', {
        ...{ ids: [id], decision },
        ...reason
      })
      const { results } = (answer.body ?? {}) as { results?: { outcome: string }[] }
      if (results?.[0] && results[0].outcome !== 'awaiting-decision') decided += 1
    }
    return decided
  }
}
