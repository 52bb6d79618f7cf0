import { afterEach, beforeEach, expect, test } from 'vitest'
import { countVisits } from '#contract/counted-visit.ts'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import type { EntryId } from '#contract/id.ts'
import { monthOf } from '#contract/month.ts'
import { plainRule, type OrganiserRule } from '#contract/organiser-rule.ts'
import type { Split } from '#contract/split.ts'
import { comingMonths, keepTallying, sumCounted } from '#server/statistics/tallying.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet, type Doing } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

/** Siblings, each a customership of their own, in one worker's hands at one time. */

const minute = 60_000
const names = ['Kuusinenzyx', 'Haapanenzyx'] as const

interface Child {
  readonly name: string
  readonly family: Family
  readonly visit: EntryId
  readonly note: EntryId
}

let world: World
let office: Client
let helmi: User
let tablet: WireTablet
let children: Child[]

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  helmi = await world.user({ role: 'worker', displayName: 'Helmi' })
  children = []
  for (const name of names) {
    const family = await Family.open(world, office, name)
    await family.assign(helmi.id)
    const visit = await family.plan(helmi.id)
    children.push({ name, family, visit, note: newEntryId(world) })
  }
  tablet = await WireTablet.enrol(world, helmi)
})
afterEach(() => world.close())

const [begun, ended] = [-61, 0]
const at = (minutes: number) => toMoment(world.clock.now() + minutes * minute)
const split = (part: number, of = 2): Split => ({ of, part })

const visitOf = ({ family, visit }: Child, body: object): Doing => ({
  op: 'visit.record',
  customership: family.id,
  body: { ...family.visit(visit), startedAt: at(begun), endedAt: at(ended), ...body }
})
const signOf = ({ family, visit, note }: Child): Doing => ({
  op: 'note.sign',
  customership: family.id,
  body: family.note(note, visit, { tasks: ['meals'], done: 'Leikittiin' })
})
const held = async ({ family }: Child) =>
  (await world.parts.store.register.read(family.id, (reader) => reader.entries())) ?? []
const visitIn = async (child: Child) =>
  entriesOf(await held(child), 'visit').find(({ id }) => id === child.visit)?.data

async function minutesOf(child: Child, rules: readonly OrganiserRule[] = []) {
  const all = entriesOf(await held(child), 'visit').map(({ data }) => data)
  const [counted] = countVisits(child.family.decision, { organiser: 'mallikunta' }, all, rules)
  return [counted?.actualMinutes, counted?.billableMinutes]
}

test('§6 one time is a visit and a note in each customership, and their minutes are the whole', async () => {
  for (const [index, child] of children.entries()) {
    await tablet.do(visitOf(child, { split: split(index + 1) }))
    await tablet.do(signOf(child))
  }
  for (const [index, child] of children.entries()) {
    const entries = await held(child)
    expect(entriesOf(entries, 'visit')).toHaveLength(1)
    expect(entriesOf(entries, 'note')).toMatchObject([{ data: { state: 'signed' } }])
    expect(await visitIn(child)).toMatchObject({
      startedAt: at(begun),
      endedAt: at(ended),
      split: split(index + 1)
    })
  }
  expect(await Promise.all(children.map((child) => minutesOf(child)))).toEqual([
    [31, 31],
    [30, 30]
  ])
  const today = dayAt(world.clock.now())
  const span = { from: monthOf(today), until: monthOf(today) }
  const { store, clock } = world.parts
  const tallying = keepTallying(store, clock)
  const { visits } = await sumCounted(store, tallying, span, comingMonths(today))
  const all = visits.find(({ organiser, product }) => organiser === null && product === null)
  expect(all).toMatchObject({ actualMinutes: 61, billableMinutes: 61, customers: 2 })
})

test('§6 the organiser’s rule divides the time or counts it whole for each, and older rules divide it', async () => {
  for (const [index, child] of children.entries())
    await tablet.do(visitOf(child, { split: split(index + 1) }))
  const { siblings: _none, ...older } = plainRule
  const rule = { organiser: 'mallikunta', from: addDays(dayAt(world.clock.now()), -9), ...older }
  const [first] = children
  expect(await minutesOf(first!, [{ ...rule, roundingMinutes: 15, roundingMode: 'up' }])).toEqual([
    31, 45
  ])
  const path = '/api/office/organisation'
  const { revision } = (await office.ask('GET', path)).body as { revision: number }
  const rules = [{ ...rule, siblings: 'each' as const }]
  expect((await office.ask('PUT', `${path}/rules`, { based: revision, rules })).status).toBe(200)
  const frames = await tablet.pull()
  expect(frames.find(({ frame }) => frame === 'organisation')).toMatchObject({ rules })
  expect(await minutesOf(first!, rules)).toEqual([61, 61])
})

test('§8 neither customership holds the other’s name or id, whatever is read of it', async () => {
  for (const [index, child] of children.entries()) {
    await tablet.do(visitOf(child, { split: split(index + 1) }))
    await tablet.do(signOf(child))
  }
  await tablet.pull()
  const [one, other] = children
  for (const [own, theirs] of [
    [one!, other!],
    [other!, one!]
  ] as const) {
    const onTablet = [...(tablet.held.get(own.family.id)?.entries.values() ?? [])]
    const path = `/api/office/customerships/${own.family.id}?purpose=organising`
    const read = [await held(own), onTablet, (await office.ask('GET', path)).body]
    for (const text of read.map((value) => JSON.stringify(value))) {
      expect(text).toContain(own.name)
      const { family, name, visit, note } = theirs
      for (const trace of [name, family.id, family.decision, visit, note])
        expect(text).not.toContain(trace)
    }
  }
})

test('what is held up in one customership holds up nothing in the other', async () => {
  const [one, other] = children
  tablet.write(visitOf(one!, { split: split(1), decision: newEntryId(world) }))
  tablet.write(visitOf(other!, { split: split(2) }))
  expect(await tablet.push()).toMatchObject([
    { outcome: 'awaiting-decision', code: 'invalid' },
    { outcome: 'applied' }
  ])
  expect(await visitIn(other!)).toMatchObject({ split: split(2) })
})

test('who was along is told again without a reason, and with one what was recorded first is kept behind it', async () => {
  const [child] = children
  const { id: first } = await tablet.do(visitOf(child!, {}))
  const { id: second } = await tablet.do({ ...visitOf(child!, { split: split(1) }), after: first })
  expect(await visitIn(child!)).toMatchObject({ split: split(1) })
  expect((await visitIn(child!))?.formerly).toBeUndefined()
  const reason = 'Kirjasin väärin'
  await tablet.do({ ...visitOf(child!, { reason }), after: second })
  const now = await visitIn(child!)
  expect(now?.split).toBeUndefined()
  expect(now).toMatchObject({ reason, formerly: [{ state: 'completed', split: split(1) }] })
})

test('after the late-note days another sharing is the office’s to accept: it changes the hours of a month', async () => {
  const [child] = children
  const whole = visitOf(child!, {})
  const { id } = await tablet.do(whole)
  world.clock.advance(8 * 24 * 60 * minute)
  const session = (await world.signedIn(helmi)).cookies.get('session')
  tablet.client.cookies.set('session', session ?? '')
  const shared = { ...whole, body: { ...(whole.body as object), split: split(1) }, after: id }
  expect(await tablet.do(shared)).toMatchObject({ outcome: 'awaiting-decision', code: 'late' })
  expect((await visitIn(child!))?.split).toBeUndefined()
})

test.each([
  ['a part that is none of them', { of: 2, part: 3 }],
  ['more than six', { of: 7, part: 1 }],
  ['one alone', { of: 1, part: 1 }]
])('%s is no sharing', async (_, wrong) => {
  const [child] = children
  expect(await tablet.do(visitOf(child!, { split: wrong }))).toMatchObject({
    outcome: 'awaiting-decision',
    code: 'invalid'
  })
})
