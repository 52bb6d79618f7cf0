import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import type { EntryId, OperationId } from '#contract/id.ts'
import { noteWrittenSchema } from '#contract/note.ts'
import { notesOf, type VisitNotes } from '#lib/notes/visit-notes.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet, type Item } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

const histories = Number(process.env['KOTIKAYNTI_HISTORIES'] ?? 60)

let world: World
let office: Client
let mainUser: User
let worker: User
let tablet: WireTablet

beforeAll(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker' })
  tablet = await WireTablet.enrol(world, worker)
})
afterAll(() => world.close())

/** How often each happens: most of all, both write. */
const steps = {
  'tablet types': 5,
  'tablet sends': 3,
  'tablet fetches': 2,
  'tablet merges': 1,
  'tablet signs': 1,
  'office types': 5,
  'office signs': 1,
  'office asks again': 1,
  'office looks': 2,
  'office merges': 1
} as const
type Step = keyof typeof steps
const step = fc.oneof(
  ...Object.entries(steps).map(([name, weight]) => ({
    weight,
    arbitrary: fc.constant(name as Step)
  }))
)

const doneOf = (note: Entry<'note'>): string => {
  const done = note.data.fields['done']
  return typeof done === 'string' ? done : ''
}

/** What the office asks to be laid, and the words that are new in it. */
interface Asked {
  readonly body: { readonly note: EntryId; readonly based: number | null }
  readonly words: readonly string[]
}

/** One visit whose note is written on a tablet and at the office at once. Whoever writes adds a word to what they see. */
class History {
  readonly family: Family
  readonly visit: EntryId
  /** Words that the server has said it holds. */
  readonly acknowledged: string[] = []
  /** What the server has said that the main user signed. */
  readonly signedAtOffice = new Set<EntryId>()
  #words = 0
  #queued: { item: Item; words: string[] }[] = []
  #onTablet = this.#blank()
  #last: OperationId | null = null
  #atOffice = this.#blank()
  #asked: Asked | null = null
  #seen: readonly Entry[] = []

  private constructor(family: Family, visit: EntryId) {
    this.family = family
    this.visit = visit
  }

  static async begin(): Promise<History> {
    const family = await Family.open(world, office)
    await family.assign(worker.id)
    const visit = await family.plan(worker.id)
    await tablet.pull()
    return new History(family, visit)
  }

  #blank() {
    return {
      note: newEntryId(world),
      based: null as number | null,
      text: '',
      words: [] as string[]
    }
  }

  #formOf(shown: VisitNotes) {
    const { own } = shown
    if (!own) return this.#blank()
    return { note: own.id, based: own.revision, text: doneOf(own), words: [] as string[] }
  }

  get #held(): Entry[] {
    return [...(tablet.held.get(this.family.id)?.entries.values() ?? [])]
  }

  #shown(entries: readonly Entry[]): VisitNotes {
    return notesOf(entries, this.visit, worker.id)
  }

  async do(step: Step): Promise<void> {
    if (step === 'tablet types') this.#write('note.draft')
    else if (step === 'tablet signs') this.#write('note.sign')
    else if (step === 'tablet sends') await this.#send()
    else if (step === 'tablet fetches') await this.#fetch()
    else if (step === 'tablet merges') await this.#mergeOnTablet()
    else if (step === 'office types') await this.#type('draft')
    else if (step === 'office signs') await this.#type('signed')
    else if (step === 'office asks again') await this.#askAgain()
    else if (step === 'office looks') await this.#look()
    else await this.#mergeAtOffice()
  }

  #write(op: 'note.draft' | 'note.sign'): void {
    const form = this.#onTablet
    if (this.#isSigned || (op === 'note.sign' && form.text === '')) return
    const word = `t${(this.#words += 1)}.`
    form.text += word
    const fields = { tasks: ['meals'], done: form.text }
    const item = tablet.write({
      ...{ op, customership: this.family.id, based: form.based },
      body: this.family.note(form.note, this.visit, fields),
      ...(this.#last ? { after: this.#last } : {})
    })
    this.#queued.push({ item, words: [word] })
    this.#last = item.id
    if (op === 'note.sign') this.#isSigned = true
  }
  #isSigned = false

  async #send(): Promise<void> {
    for (const { item, words } of this.#queued.splice(0)) {
      const [result] = await tablet.push([item])
      expect(result?.outcome).toBe('applied')
      this.acknowledged.push(...words)
    }
  }

  async #fetch(): Promise<void> {
    await this.#send()
    await tablet.pull()
    this.#last = null
    const shown = this.#shown(this.#held)
    this.#isSigned = shown.own?.data.state === 'signed'
    this.#onTablet = this.#formOf(shown)
  }

  /** Of what was fetched last, however old. */
  async #mergeOnTablet(): Promise<void> {
    await this.#send()
    const { own, beside } = this.#shown(this.#held)
    const [other] = beside
    if (!own || !other || own.data.state === 'signed') return
    const fields = { tasks: ['meals'], done: `${doneOf(own)}${doneOf(other)}` }
    const seen = { forkBased: other.revision }
    const result = await tablet.do({
      ...{ op: 'note.merge', customership: this.family.id, based: own.revision },
      body: { note: own.id, fork: other.id, fields, ...seen }
    })
    expect(result.outcome).toBe('applied')
    await this.#fetch()
  }

  async #type(state: 'draft' | 'signed'): Promise<void> {
    await this.#askAgain()
    const form = this.#atOffice
    const word = `o${(this.#words += 1)}.`
    form.text += word
    const { note, based, text } = form
    const body = {
      ...{ note, based, beside: newEntryId(world), state },
      ...{ template: 'home-service', templateVersion: 1, fields: { tasks: ['meals'], done: text } }
    }
    this.#asked = { body, words: [word] }
    await this.#ask(this.#asked)
  }

  /** The answer before was lost, as far as this browser knows. */
  async #askAgain(): Promise<void> {
    if (this.#asked) await this.#ask(this.#asked)
  }

  async #ask({ body, words }: Asked): Promise<void> {
    const path = `/api/office/customerships/${this.family.id}/visits/${this.visit}/note`
    const wasSeen = await this.#isAsSeen(body)
    const answer = await office.ask('PUT', path, body)
    // What it was laid under is taken: the words are the same, and were merged or written on since.
    if (answer.status === 409) return
    const { note, revision, state } = noteWrittenSchema.parse(answer.body)
    this.#atOffice = { ...this.#atOffice, note, based: revision }
    this.acknowledged.push(...words)
    if (state === 'draft' || this.signedAtOffice.has(note)) return
    expect(wasSeen).toBe(true)
    // What was laid beside another version is signed once a person has made one text of both.
    const open = await this.open()
    const signed = open.find(({ id }) => id === note)
    expect(open.length === 1 || signed?.data.forkOf === undefined).toBe(true)
    this.signedAtOffice.add(note)
  }

  /** Whether the office goes on with the note as it stands, or begins the first one. */
  async #isAsSeen({ note, based }: Asked['body']): Promise<boolean> {
    const open = await this.open()
    if (based === null) return open.length === 0
    return open.some(({ id, revision }) => id === note && revision === based)
  }

  async #look(): Promise<void> {
    const path = `/api/office/customerships/${this.family.id}?purpose=carrying-out`
    this.#seen = customershipAnswerSchema.parse((await office.ask('GET', path)).body).entries
    this.#asked = null
    // Signed or not: an old page might go on with it all the same.
    this.#atOffice = this.#formOf(this.#shown(this.#seen))
  }

  /** Of what was looked at last: has it changed since, the server says so and nothing is done. */
  async #mergeAtOffice(): Promise<void> {
    const { own, beside } = this.#shown(this.#seen)
    const [other] = beside
    if (!own || !other || own.data.state === 'signed') return
    const path = `/api/office/customerships/${this.family.id}/visits/${this.visit}/note/merge`
    const answer = await office.ask('POST', path, {
      ...{ note: own.id, based: own.revision, fork: other.id, forkBased: other.revision },
      fields: { tasks: ['meals'], done: `${doneOf(own)}${doneOf(other)}` }
    })
    expect([200, 409]).toContain(answer.status)
    if (answer.status === 200) await this.#look()
  }

  /** What a person can still read and go on with, signed or not. */
  async open(): Promise<Entry<'note'>[]> {
    const entries = await world.parts.store.register.read(this.family.id, (r) => r.entries())
    return entriesOf(entries ?? [], 'note').filter(({ data }) => !data.mergedInto)
  }
}

test(
  'any interleaving of tablet and office loses no word, signs nothing over, and names who typed and who signed',
  { timeout: 600_000 },
  async () => {
    const history = fc.array(step, { minLength: 8, maxLength: 30, size: 'max' })
    await fc.assert(
      fc.asyncProperty(history, async (all) => {
        const one = await History.begin()
        let signed: readonly string[] = []
        for (const step of all) {
          await one.do(step)
          const open = await one.open()
          const texts = open.map(doneOf)
          for (const word of one.acknowledged)
            expect(texts.some((text) => text.includes(word))).toBe(true)
          for (const { data } of open.filter((note) => /o\d/.test(doneOf(note))))
            expect(data.recordedBy?.map(({ by }) => by)).toEqual([mainUser.id])
          const standing = open.filter(({ data }) => data.state === 'signed')
          const stands = standing.map(doneOf)
          expect(stands).toEqual(expect.arrayContaining([...signed]))
          signed = stands
          for (const { id, data } of standing)
            expect(data.signedBy).toBe(one.signedAtOffice.has(id) ? mainUser.id : undefined)
          for (const id of one.signedAtOffice) expect(standing.map((note) => note.id)).toContain(id)
        }
      }),
      { numRuns: histories }
    )
  }
)
