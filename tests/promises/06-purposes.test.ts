import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import { Family } from '#tests/support/people.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'
import type { User } from '#server/store/users.ts'

let world: World
let person: User
let office: Client
let family: Family

beforeEach(async () => {
  world = await World.create()
  person = await world.user({ role: 'main-user' })
  office = await world.signedIn(person)
  family = await Family.open(world, office)
})
afterEach(() => world.close())

async function open(purpose?: string, by = office) {
  const query = purpose === undefined ? '' : `?purpose=${purpose}`
  const answer = await by.ask('GET', `/api/office/customerships/${family.id}${query}`)
  return [answer.status, codeOf(answer)]
}

const purposes = async () =>
  (await world.parts.store.usage.of(family.id))
    .filter(({ kind }) => kind === 'open')
    .map(({ purpose }) => purpose)

test('§–, §6 who is not responsible says what a customership is opened for, and nothing is read before', async () => {
  expect(await open()).toEqual([409, 'needs-purpose'])
  expect(await purposes()).toEqual([])
  expect(await open('reporting')).toEqual([200, undefined])
  expect(await purposes()).toEqual(['reporting'])
})

test('§–, §6 who serves it today needs no prompt, and organises; before and after they do', async () => {
  const today = dayAt(world.clock.now())
  await family.assign(person.id, { from: addDays(today, 1), until: addDays(today, 2) })
  expect(await open()).toEqual([409, 'needs-purpose'])
  world.clock.advance(86_400_000)
  office = await world.signedIn(person)
  expect(await open()).toEqual([200, undefined])
  expect(await purposes()).toEqual(['organising'])
  const other = await world.mainUser()
  expect(await open(undefined, other)).toEqual([409, 'needs-purpose'])
  world.clock.advance(2 * 86_400_000)
  office = await world.signedIn(person)
  expect(await open()).toEqual([409, 'needs-purpose'])
})

test('§–, §6 the purpose that a queue names goes into the log, whoever opens', async () => {
  await family.assign(person.id)
  expect(await open('carrying-out')).toEqual([200, undefined])
  expect(await purposes()).toEqual(['carrying-out'])
})

test('§–, §6 looking again for the same purpose is one use, for another it is another', async () => {
  for (const purpose of ['planning', 'planning', 'reporting', 'planning']) await open(purpose)
  expect(await purposes()).toEqual(['planning', 'reporting'])
  world.clock.advance(14 * 60_000)
  await open('planning')
  expect(await purposes()).toHaveLength(2)
  world.clock.advance(2 * 60_000)
  await open('planning')
  expect(await purposes()).toHaveLength(3)
})

test('§–, §6 a purpose that is not the notice’s is refused, and a stranger’s id tells nothing', async () => {
  expect(await open('curiosity')).toEqual([422, 'invalid'])
  const strange = await office.ask(
    'GET',
    '/api/office/customerships/c1f7a0de-52b4-4d11-8f3a-6f2f7a9d4b10'
  )
  expect([strange.status, codeOf(strange)]).toEqual([404, 'not-found'])
  expect(await purposes()).toEqual([])
})

test('letters typed into the search are one search in the log, and the search says nothing of whom', async () => {
  const search = (query: string) =>
    office.ask('POST', '/api/office/customerships/search', { query })
  for (const query of ['h', 'ha', 'haa', 'haap']) await search(query)
  const { sql } = world.parts.store.files.register
  const logged = () => sql.selectFrom('uses').selectAll().where('kind', '=', 'search').execute()
  expect(await logged()).toEqual([expect.objectContaining({ customership: null, user: person.id })])
  world.clock.advance(2 * 60_000)
  await search('haap')
  expect(await logged()).toHaveLength(2)
})
