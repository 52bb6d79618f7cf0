import { afterEach, beforeEach, expect, test } from 'vitest'
import { Family, newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

const minute = 60_000

let world: World
let office: Client
let family: Family

beforeEach(async () => {
  world = await World.create()
  office = await world.mainUser()
  family = await Family.open(world, office)
})
afterEach(() => world.close())

const uses = async (kind: string) =>
  (await world.parts.store.usage.of(family.id)).filter((use) => use.kind === kind).length

const open = async (by = office) =>
  expect(
    (await by.ask('GET', `/api/office/customerships/${family.id}?purpose=organising`)).status
  ).toBe(200)

test('a page that reads itself again is one use in a quarter of an hour, however often', async () => {
  for (let minutes = 0; minutes < 30; minutes += 1) {
    await open()
    world.clock.advance(minute)
  }
  expect(await uses('open')).toBe(2)
})

test('another person, and another customership, is another use', async () => {
  const other = await Family.open(world, office, 'Lehtinen')
  await open()
  await open(await world.mainUser())
  await office.ask('GET', `/api/office/customerships/${other.id}?purpose=organising`)
  expect(await uses('open')).toBe(2)
  expect(await world.parts.store.usage.of(other.id)).toContainEqual(
    expect.objectContaining({ kind: 'open' })
  )
})

test('the feed of notes reads itself again too; what is written counts each time', async () => {
  const worker = await world.user({ role: 'worker' })
  await family.assign(worker.id)
  const visit = await family.plan(worker.id)
  const tablet = await WireTablet.enrol(world, worker)
  const before = await uses('write')
  for (let index = 0; index < 3; index += 1) {
    const body = family.note(newEntryId(world), visit, { done: 'Ruokailu' })
    await tablet.do({ op: 'note.draft', customership: family.id, body })
    await office.ask('GET', '/api/office/notes')
  }
  expect([await uses('write'), await uses('list')]).toEqual([before + 3, 1])
})
