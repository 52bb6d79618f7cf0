import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import type { CustomershipAnswer } from '#contract/customership.ts'
import type { Entry } from '#contract/entry.ts'
import { fieldWords } from '#contract/field-words.ts'
import type { EntryId } from '#contract/id.ts'
import { sameValue, type FieldValue, type Note, type NoteFields } from '#contract/note.ts'
import type { FrameOf } from '#contract/pull.ts'
import type { Organisation, TemplateRequest } from '#contract/settings.ts'
import { textOfRows } from '#contract/rows.ts'
import type { Template, TemplateField } from '#contract/template.ts'
import { noteLines } from '#lib/customerships/note-lines.ts'
import { readPackageSource } from '#server/disclosures/package-source.ts'
import { PackageWords } from '#server/disclosures/package-words.ts'
import { noteBlocks } from '#server/disclosures/paper-notes.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { bodyOf, codeOf, World, type Answer, type Client } from '#tests/support/world.ts'

let world: World
let mainUser: User
let office: Client
let worker: User
let family: Family
let tablet: WireTablet
let visit: EntryId

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user', displayName: 'Sirpa Koordinaattori' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker', displayName: 'Helmi Kotikäyttäjä' })
  family = await Family.open(world, office)
  await family.assign(worker.id)
  visit = await family.plan(worker.id)
  tablet = await WireTablet.enrol(world, worker)
  await tablet.pull()
})
afterEach(() => world.close())

const id = 'home-service'
const organisation = async (): Promise<Organisation> =>
  (await world.parts.store.organisation.read()).organisation!
const versions = async (): Promise<Template[]> =>
  (await organisation()).templates.filter((template) => template.id === id)
const newest = async (): Promise<Template> => (await versions()).at(-1)!

const publish = (template: Partial<TemplateRequest>): Promise<Answer> =>
  office.ask('POST', '/api/office/organisation/templates', { template: id, ...template })

async function publishFields(fields: TemplateField[]): Promise<number> {
  const { version: follows, title } = await newest()
  const answer = await publish({ follows, title, fields })
  expect(answer.status, answer.text).toBe(201)
  return bodyOf<{ version: number }>(answer).version
}

const say = (fi: string) => ({ fi, sv: `${fi} sv`, en: `${fi} en` })
const words = (name: string, more: Partial<TemplateField> = {}): TemplateField => ({
  ...{ id: name, title: say(name), form: 'text', mandatory: false },
  ...more
})
const alarms = async (): Promise<TemplateField[]> =>
  (await versions())[0]!.fields.filter(({ id: field }) =>
    ['concern', 'child-welfare-notification'].includes(field)
  )

const write = (
  op: 'note.draft' | 'note.sign',
  note: EntryId,
  version: number,
  fields: NoteFields
) =>
  tablet.do({
    ...{ op, customership: family.id },
    body: { note, visit, template: id, templateVersion: version, fields }
  })

/** What the office reads of the note, and what the tablet does. */
async function atOffice(note: EntryId): Promise<Note> {
  const path = `/api/office/customerships/${family.id}?purpose=organising`
  const { entries } = bodyOf<CustomershipAnswer>(await office.ask('GET', path))
  return (entries.find((entry) => entry.id === note) as Entry<'note'>).data
}

/** The notes of the return package's paper, as one text. */
async function onPaper(): Promise<string> {
  const wish = { id: family.id, language: 'fi', by: mainUser.id } as const
  const at = { number: 'LP-0000-0000', now: world.clock.now() }
  const source = await readPackageSource(world.parts.store, wish, at)
  return JSON.stringify(noteBlocks(source!, new PackageWords(source!)))
}

test('§8 a published template is the next version, and every tablet receives it beside the former ones', async () => {
  const before = await newest()
  const fields = [words('weather', { form: 'flag' }), ...before.fields]
  expect(await publishFields(fields)).toBe(2)
  expect(await versions()).toEqual([before, { ...before, version: 2, fields }])
  const frames = await tablet.pull()
  const frame = frames.find(({ frame }) => frame === 'organisation') as FrameOf<'organisation'>
  expect(frame.templates.filter((template) => template.id === id)).toEqual(await versions())
})

test('§8 a draft that was begun on a version goes on and is signed on it, and is read by its titles for ever', async () => {
  const note = newEntryId(world)
  const { fields } = await newest()
  const drafted = await write('note.draft', note, 1, { tasks: ['meals'] })
  await publishFields(fields.filter(({ id: field }) => field !== 'child-day'))
  const signed = await tablet.do({
    ...{ op: 'note.sign', customership: family.id, based: drafted.revision ?? null },
    body: {
      ...{ note, visit, template: id, templateVersion: 1 },
      fields: { tasks: ['meals'], done: 'Puuroa', 'child-day': 'Nukkui hyvin' }
    }
  })
  expect(signed).toMatchObject({ outcome: 'applied' })
  const read = await atOffice(note)
  expect(read.templateVersion).toBe(1)
  expect(noteLines(read, await versions(), 'fi').map(({ title }) => title)).toContain(
    'Lapsen päivä'
  )
  await family.end(addDays(dayAt(world.clock.now()), 20))
  expect(await onPaper()).toContain('{"title":"Lapsen päivä","value":"Nukkui hyvin"}')
  expect(await write('note.sign', newEntryId(world), 2, read.fields)).toMatchObject({
    ...{ outcome: 'awaiting-decision', code: 'invalid' }
  })
})

test('of two editors the second is told, and undoes nothing of what the first published', async () => {
  const { title, fields } = await newest()
  expect((await publish({ follows: 1, title, fields: [words('one'), ...fields] })).status).toBe(201)
  const after = await versions()
  const second = await publish({ follows: 1, title, fields: [words('two'), ...fields] })
  expect([second.status, codeOf(second)]).toEqual([409, 'conflict'])
  expect(await versions()).toEqual(after)
})

test('two editors at the same moment: one is published, and the other is told', async () => {
  const { title, fields } = await newest()
  const both = await Promise.all(
    ['one', 'two'].map((name) => publish({ follows: 1, title, fields: [words(name), ...fields] }))
  )
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(await versions()).toHaveLength(2)
})

const optionIds = ['one', 'two', 'three']
const titled = (name: string) => ({ id: name, title: say(`Vaihtoehto ${name}`) })
const scale = optionIds.map(titled)

type Change = (fields: TemplateField[]) => TemplateField[]
const options = [{ id: 'yes', title: say('Kyllä') }]
const without =
  (name: string): Change =>
  (fields) =>
    fields.filter((field) => field.id !== name)
const and =
  (...more: TemplateField[]): Change =>
  (fields) => [...fields, ...more]

test.each<[string, Change]>([
  ['without the concern', without('concern')],
  ['without the child welfare notification', without('child-welfare-notification')],
  ['with a concern that alerts nobody', (all) => all.map((f) => ({ ...f, alert: false }))],
  ['with an id twice', and(words('a'), words('a'))],
  ['with an id that meant something else', (all) => and(words('tasks'))(without('tasks')(all))],
  ['with ticks of nothing', and(words('a', { form: 'ticks' }))],
  ['with an option twice', and(words('a', { form: 'choice', options: [...options, ...options] }))],
  ['with a form that nobody knows', and(words('a', { as: 'drawing' }))],
  ['with rows of no cells', and(words('a', { as: 'rows' }))],
  ['with a scale of one step', and(words('a', { as: 'goals', options }))],
  ['with a permit that there is not', and(words('a', { permit: 'driving-licence' }))],
  [
    'that asks to fill what only a permit allows',
    and(words('a', { permit: 'transport-permit', mandatory: true }))
  ],
  [
    'that asks for the goals of a plan that may have none',
    and(words('a', { as: 'goals', options: scale, mandatory: true }))
  ],
  ['with a field that goes with no flag', and(words('a', { with: 'done' }))]
])('a template %s is not published', async (_, change) => {
  const { title, fields } = await newest()
  const answer = await publish({ follows: 1, title, fields: change(fields) })
  expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid'])
  expect(await versions()).toHaveLength(1)
})

test('the number of the social emergency service and the map link reach the tablet, and the map link is off until then', async () => {
  const frameNow = async () =>
    (await tablet.pull()).find(({ frame }) => frame === 'organisation') as FrameOf<'organisation'>
  tablet.organisation = null
  const before = await frameNow()
  expect(before.mapLink).toBeUndefined()
  const mapLink = 'https://kartta.example/?q={address}'
  const asked = { based: before.revision, socialEmergencyPhone: '+35826262003', mapLink }
  const put = (body: object) => office.ask('PUT', '/api/office/organisation/visiting', body)
  expect((await put(asked)).status).toBe(200)
  expect(await frameNow()).toMatchObject({ socialEmergencyPhone: '+35826262003', mapLink })
  expect((await put(asked)).status).toBe(409)
  const off = { ...asked, based: before.revision + 1, mapLink: null }
  expect((await put(off)).status).toBe(200)
  expect(await frameNow()).not.toHaveProperty('mapLink')
})

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((one) => one.trim() !== '' && !/[\u0000-\u001f\u007f]/.test(one))
const several = fc.array(text, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))
const rows = fc
  .array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 })
  .map(textOfRows)

type Shape = Pick<TemplateField, 'form' | 'as' | 'options' | 'cells'>
const forms: readonly (readonly [Shape, fc.Arbitrary<FieldValue>])[] = [
  [{ form: 'ticks', options: scale }, fc.subarray(optionIds, { minLength: 1 })],
  [{ form: 'choice', options: scale }, fc.constantFrom(...optionIds)],
  [{ form: 'text' }, several],
  [{ form: 'flag' }, fc.boolean()],
  [{ form: 'text', as: 'time' }, fc.constantFrom('8.30', 'noin kymmeneltä')],
  [{ form: 'text', as: 'rows', cells: ['a', 'b'].map(titled) }, rows],
  [
    { form: 'text', as: 'goals', options: scale },
    fc.tuple(text, fc.constantFrom(...optionIds)).map((row) => textOfRows([row]))
  ]
]

interface Filled {
  readonly shape: Shape
  readonly mandatory: boolean
  readonly permit: boolean
  readonly value: FieldValue
  readonly isEmpty: boolean
}
const filled: fc.Arbitrary<Filled> = fc.constantFrom(...forms).chain(([shape, value]) =>
  fc.record({
    shape: fc.constant(shape),
    ...{ mandatory: fc.boolean(), permit: fc.boolean(), value, isEmpty: fc.boolean() }
  })
)

const isAsked = ({ shape, mandatory, permit }: Pick<Filled, 'shape' | 'mandatory' | 'permit'>) =>
  mandatory && !permit && shape.as !== 'goals'

let counted = 0
/** A template of these fields, under ids that no version has used. */
function templateOf(all: readonly Filled[]): { fields: TemplateField[]; values: NoteFields } {
  const fields = all.map(({ shape, mandatory, permit }): TemplateField => {
    counted += 1
    const name = `Kohta ${counted}.`
    return {
      ...{ id: `field-${counted}`, title: say(name), ...shape },
      mandatory: isAsked({ shape, mandatory, permit }),
      ...(permit ? { permit: 'medication-permit' } : {})
    }
  })
  const values = all.flatMap(({ value, isEmpty, shape, mandatory, permit }, at) =>
    isEmpty && !isAsked({ shape, mandatory, permit }) ? [] : [[fields[at]!.id, value] as const]
  )
  return { fields, values: Object.fromEntries(values) }
}

const written = (field: TemplateField, value: FieldValue): string[] =>
  typeof value === 'boolean' ? [] : fieldWords(field, value, (title) => title.fi)

test('§8 any template, any filling: sealed, pushed, read at the office and told on paper, nothing of it is lost', async () => {
  await family.end(addDays(dayAt(world.clock.now()), 30))
  const some = fc.array(filled, { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(some, some, fc.boolean(), async (first, second, isOlder) => {
      const kept = await alarms()
      const [one, two] = [templateOf(first), templateOf(second)]
      const older = await publishFields([...one.fields, ...kept])
      const newer = await publishFields([...two.fields, ...kept])
      const { fields, values } = isOlder ? one : two
      const note = newEntryId(world)
      const result = await write('note.sign', note, isOlder ? older : newer, values)
      expect(result).toMatchObject({ outcome: 'applied' })

      await tablet.pull()
      const onTablet = tablet.entry(family.id, note) as Entry<'note'>
      const read = await atOffice(note)
      expect(onTablet.data.fields).toEqual(values)
      expect(read.fields).toEqual(values)

      const lines = noteLines(read, await versions(), 'fi')
      const paper = await onPaper()
      for (const field of fields) {
        const value = values[field.id]
        const line = lines.find((each) => each.id === field.id)
        expect(line === undefined).toBe(sameValue(value, undefined))
        if (value === undefined) continue
        expect(paper).toContain(JSON.stringify(field.title.fi).slice(1, -1))
        if (line) expect(line.title).toBe(field.title.fi)
        for (const word of written(field, value)) {
          expect(line?.parts.join('\n')).toContain(word)
          expect(paper).toContain(JSON.stringify(word).slice(1, -1))
        }
      }
    }),
    { numRuns: 12 }
  )
}, 60_000)

test('§8 a note of a template that changed since is told in the archive with the version that it was written on', async () => {
  const before = await newest()
  const note = newEntryId(world)
  await write('note.sign', note, 1, { tasks: ['meals'], done: 'Puuroa' })
  await publishFields([words('later'), ...before.fields])
  await family.end(addDays(dayAt(world.clock.now()), 3))
  const wish = { id: family.id, language: 'fi', by: mainUser.id } as const
  const at = { number: 'LP-0000-0000', now: world.clock.now() }
  const source = await readPackageSource(world.parts.store, wish, at)
  expect(source?.organisation.templates.filter((template) => template.id === id)).toHaveLength(2)
  expect(await onPaper()).toContain('Puuroa')
  expect(toMoment(world.clock.now())).toBe((await atOffice(note)).signedAt)
})
