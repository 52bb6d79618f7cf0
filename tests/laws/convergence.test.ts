import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId, OperationId, UserId } from '#contract/id.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet, type Doing, type Item } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'
import type { User } from '#server/store/users.ts'

let world: World
let office: Client
let mainUser: User
let tablets: readonly WireTablet[]

const histories = Number(process.env['KOTIKAYNTI_HISTORIES'] ?? 100)

beforeAll(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  const first = await world.user({ role: 'worker' })
  const second = await world.user({ role: 'worker' })
  tablets = [
    await WireTablet.enrol(world, first),
    await WireTablet.enrol(world, first),
    await WireTablet.enrol(world, second)
  ]
})
afterAll(() => world.close())

/** What may happen next; the numbers choose among what there is. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write'),
      tablet: fc.nat(2),
      op: fc.nat(3),
      note: fc.nat(1)
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('merge', 'amend'),
      tablet: fc.nat(2),
      note: fc.nat(1),
      pick: fc.nat(5)
    })
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('push'),
      tablet: fc.nat(2),
      count: fc.integer({ min: 1, max: 4 }),
      isAnswerLost: fc.boolean()
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('again'), tablet: fc.nat(2), from: fc.nat(20) })
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pull'), tablet: fc.nat(2), frames: fc.nat(5) })
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('relock'), tablet: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('plan') }) }
) as fc.Arbitrary<Happening>

type Happening =
  | { kind: 'write'; tablet: number; op: number; note: number }
  | { kind: 'merge' | 'amend'; tablet: number; note: number; pick: number }
  | { kind: 'push'; tablet: number; count: number; isAnswerLost: boolean }
  | { kind: 'again'; tablet: number; from: number }
  | { kind: 'pull'; tablet: number; frames: number }
  | { kind: 'relock'; tablet: number }
  | { kind: 'plan' }

interface Written {
  readonly tablet: WireTablet
  readonly item: Item
  readonly op: string
  readonly text: string
  readonly after: OperationId | undefined
  /** What its author had seen, when it continues nothing of its own. */
  readonly based: number | null
}

/** One family's history, and what a reader must find when it is over. */
class History {
  readonly family: Family
  readonly #visit: EntryId
  readonly #notes: readonly EntryId[]
  readonly written: Written[] = []
  /** Each tablet's own last operation on each note. */
  readonly #last = new Map<string, OperationId>()
  readonly #assignments = new Map<UserId, EntryId>()
  /** Changes that the office made. */
  officeChanges = 0

  constructor(family: Family) {
    this.family = family
    this.#visit = newEntryId(world)
    this.#notes = [newEntryId(world), newEntryId(world)]
  }

  /** Notes wait for a visit that nobody has told the server of, or are applied as they come. */
  static async begin(isVisitPlanned: boolean): Promise<History> {
    const history = new History(await Family.open(world, office))
    const workers = new Set(tablets.map(({ user }) => user.id))
    for (const worker of workers) {
      history.#assignments.set(worker, await history.family.assign(worker))
      history.officeChanges += 1
    }
    const [worker] = workers
    if (worker && isVisitPlanned) {
      await history.family.plan(worker, history.#visit)
      history.officeChanges += 1
    }
    return history
  }

  async happen(one: Happening): Promise<void> {
    if (one.kind === 'plan') {
      const [tablet] = tablets
      if (tablet) await this.family.plan(tablet.user.id)
      this.officeChanges += 1
      return
    }
    const tablet = tablets[one.tablet]
    if (!tablet) return
    if (one.kind === 'write') this.#write(tablet, one.op, one.note)
    if (one.kind === 'merge') this.#merge(tablet, one)
    if (one.kind === 'amend') this.#amend(tablet, one)
    if (one.kind === 'relock') tablet.relock()
    if (one.kind === 'pull') await tablet.pull(one.frames)
    if (one.kind === 'again') {
      const own = this.written.filter((written) => written.tablet === tablet)
      const isDelivered = ({ item }: { item: Item }) => !tablet.outbox.includes(item)
      const old = own.filter(isDelivered).slice(one.from, one.from + 2)
      if (old.length > 0)
        tablet.receipt((await tablet.deliver(old.map(({ item }) => item))).results)
    }
    if (one.kind === 'push') {
      const items = tablet.outbox.slice(0, one.count)
      if (items.length === 0) return
      // Twice in one request, and perhaps a third time, because nobody heard the answer.
      const { results } = await tablet.deliver([...items, ...items.slice(0, 1)])
      if (!one.isAnswerLost) tablet.receipt(results)
    }
  }

  #write(tablet: WireTablet, op: number, which: number): void {
    const note = this.#notes[which]
    if (!note) return
    const customership = this.family.id
    const text = `teksti ${this.written.length}`
    const isVisit = op === 0
    const thread = `${tablet.device}/${isVisit ? 'visit' : note}`
    const held = tablet.entry(customership, isVisit ? this.#visit : note)
    const after = this.#last.get(thread)
    const based = held?.revision ?? null
    const doing: Doing = {
      customership,
      op: isVisit ? 'visit.record' : op === 3 ? 'note.sign' : 'note.draft',
      body: isVisit
        ? { ...this.family.visit(this.#visit), reason: text }
        : this.family.note(note, this.#visit, { tasks: ['meals'], done: text }),
      based,
      ...(after ? { after } : {})
    }
    const item = tablet.write(doing)
    this.#last.set(thread, item.id)
    this.written.push({ tablet, item, op: doing.op, text, after, based: after ? null : based })
  }

  /** Own notes of this family, as the tablet holds them. */
  #own(tablet: WireTablet): Entry<'note'>[] {
    const entries = [...(tablet.held.get(this.family.id)?.entries.values() ?? [])]
    return entriesOf(entries, 'note').filter(({ data }) => data.author === tablet.user.id)
  }

  /** What the author makes of the note and of another own draft that is open beside it. */
  #merge(tablet: WireTablet, { note: which, pick }: { note: number; pick: number }): void {
    const note = this.#own(tablet).find(({ id }) => id === this.#notes[which])
    const open = this.#own(tablet).filter(
      ({ id, data }) => id !== note?.id && data.state === 'draft' && !data.mergedInto
    )
    const fork = open[pick % Math.max(open.length, 1)]
    if (!note || !fork) return
    const text = `yhdistetty ${this.written.length}`
    const fields = { tasks: ['meals'], done: text }
    const item = tablet.write({
      op: 'note.merge',
      customership: this.family.id,
      body: { note: note.id, fork: fork.id, fields },
      based: note.revision
    })
    this.#last.set(`${tablet.device}/${note.id}`, item.id)
    const continues = { after: undefined, based: note.revision }
    this.written.push({ tablet, item, op: 'note.merge', text, ...continues })
  }

  #amend(tablet: WireTablet, { pick }: { pick: number }): void {
    const signed = this.#own(tablet).filter(({ data }) => data.state === 'signed')
    const amended = signed[pick % Math.max(signed.length, 1)]
    if (!amended) return
    const text = `täydennys ${this.written.length}`
    const item = tablet.write({
      op: 'note.amend',
      customership: this.family.id,
      body: { note: newEntryId(world), amends: amended.id, reason: 'Jäi', fields: { done: text } }
    })
    this.written.push({ tablet, item, op: 'note.amend', text, after: undefined, based: null })
  }

  /** The network returns. The visit that notes wait for is recorded by somebody at last. */
  async heal(): Promise<void> {
    const [tablet] = tablets
    if (tablet) this.#write(tablet, 0, 0)
    for (const one of tablets) while (one.outbox.length > 0) await one.push()
    for (const one of tablets) await one.pull()
  }

  /** Nobody serves this family any more, and no tablet holds it from its next contact on. */
  async end(): Promise<void> {
    const until = addDays(dayAt(world.clock.now()), -1)
    for (const [worker, id] of this.#assignments) await this.family.assign(worker, { id, until })
    for (const one of tablets) await one.pull()
    for (const one of tablets) expect(one.held.size).toBe(0)
  }
}

const textOf = ({ data }: Entry): unknown =>
  'fields' in data ? data.fields['done'] : 'reason' in data ? data.reason : undefined

async function checkHistory(history: History): Promise<void> {
  const { id } = history.family
  const { register, operations } = world.parts.store
  const read = await register.read(id, async (reader) => ({
    revision: reader.facts.revision,
    entries: await reader.entries()
  }))
  if (!read) throw new Error('a customership never goes by itself')

  const revisionOf = new Map<OperationId, number>()
  for (const { item } of history.written) {
    const recorded = await operations.find(item.id)
    const { outcome, revision } = recorded?.decided ?? recorded ?? {}
    expect(outcome).toBe('applied')
    revisionOf.set(item.id, revision ?? 0)
  }
  expect(new Set(revisionOf.values()).size).toBe(history.written.length)
  // Each operation and each change of the office raised the revision once, and nothing else did.
  expect(read.revision).toBe(1 + history.officeChanges + history.written.length)

  const texts = new Set(read.entries.map(textOf))
  const continued = new Set(history.written.flatMap(({ after, based }) => [after, based]))
  for (const { item, text } of history.written)
    if (!continued.has(item.id) && !continued.has(revisionOf.get(item.id) ?? 0))
      expect(texts).toContain(text)

  checkSigned(read.entries, history)
  for (const tablet of tablets) {
    const held = tablet.held.get(id)
    expect(held?.revision).toBe(read.revision)
    const own = [...(held?.entries.values() ?? [])]
    const byId = (a: Entry, b: Entry) => (a.id < b.id ? -1 : 1)
    expect(own.sort(byId)).toEqual(JSON.parse(JSON.stringify(read.entries.sort(byId))))
  }
}

/** What was signed is there in the words that were signed, and what amends it names a signed note. */
function checkSigned(entries: readonly Entry[], history: History): void {
  const notes = entriesOf(entries, 'note')
  const signedTexts = notes.filter(({ data }) => data.state === 'signed').map(textOf)
  for (const { op, text } of history.written)
    if (op === 'note.sign' || op === 'note.amend') expect(signedTexts).toContain(text)
  for (const { data } of notes) {
    const amended = notes.find(({ id }) => id === data.amends)
    if (data.amends) expect(amended?.data).toMatchObject({ state: 'signed', author: data.author })
    if (data.amends) expect(amended?.data.amends).toBeUndefined()
    if (data.mergedInto) expect(data.state).toBe('draft')
  }
}

test(
  'any interleaving of edits, cuts, retries and duplicates converges, each operation applied once',
  { timeout: 600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(happening, { minLength: 4, maxLength: 30, size: 'max' }),
        async (isVisitPlanned, happenings) => {
          world.clock.advance(1000)
          const token = (await world.signedIn(mainUser)).cookies.get('session') ?? ''
          office.cookies.set('session', token)
          for (const tablet of tablets) {
            const { cookies } = await world.signedIn(tablet.user)
            tablet.client.cookies.set('session', cookies.get('session') ?? '')
          }
          const history = await History.begin(isVisitPlanned)
          for (const one of happenings) await history.happen(one)
          await history.heal()
          await checkHistory(history)
          await history.end()
        }
      ),
      { numRuns: histories }
    )
  }
)
