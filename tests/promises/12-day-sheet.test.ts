import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import { daySheetSchema, type DaySheet } from '#contract/day-sheet.ts'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { entriesOf } from '#contract/entry.ts'
import type { User } from '#server/store/users.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { codeOf, World, type Client } from '#tests/support/world.ts'

const minute = 60_000

let world: World
let office: Client
let mainUser: User
let worker: User
let open: Family
let hidden: Family

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user' })
  office = await world.signedIn(mainUser)
  worker = await world.user({ role: 'worker', displayName: 'Helmi' })
  open = await Family.open(world, office, 'Avosaari')
  hidden = await Family.open(world, office, 'Kätkölä')
  for (const family of [open, hidden]) await family.assign(worker.id)
  await state(open, { access: 'Ovikoodi 4711', allergies: 'Pähkinä', phone: '+358401234567' })
  await state(hidden, { access: 'Avain naapurissa', addressProtected: 'yes' })
})
afterEach(() => world.close())

async function state(family: Family, more: Readonly<Record<string, string>>): Promise<void> {
  const path = `/api/office/customerships/${family.id}?purpose=organising`
  const { entries } = customershipAnswerSchema.parse((await office.ask('GET', path)).body)
  const [profile] = entriesOf(entries, 'profile')
  if (!profile) throw new Error('no profile')
  const stated = Object.entries({ street: 'Koivutie 7', ...more }).map(([field, value]) => [
    field,
    { value, source: 'client' }
  ])
  const { firstName, lastName } = profile.data
  const names = {
    firstName: { value: firstName.value, source: 'organiser' },
    lastName: { value: lastName.value, source: 'organiser' }
  }
  const data = { ...names, ...Object.fromEntries(stated) }
  const answer = await office.ask('PUT', `/api/office/customerships/${family.id}/profile`, {
    based: profile.revision,
    data
  })
  if (answer.status >= 300) throw new Error(`${answer.status} ${codeOf(answer)}`)
}

const today = () => dayAt(world.clock.now())
const ask = (day = today(), of = worker.id) =>
  office.ask('POST', '/api/office/week/day-sheet', { worker: of, day })
const print = async (day = today()): Promise<DaySheet> =>
  daySheetSchema.parse((await ask(day)).body)
const printsOf = async (family: Family) =>
  (await world.parts.store.usage.of(family.id)).filter(({ kind }) => kind === 'print')

test('§12 a printed day is counted, and logged for each client on it with its purpose', async () => {
  await open.plan(worker.id)
  await hidden.plan(worker.id)
  const first = await print()
  expect(first.visits).toHaveLength(2)
  expect(first.number).toBe(1)
  world.clock.advance(minute)
  expect((await print()).number).toBe(2)
  for (const family of [open, hidden])
    expect(await printsOf(family)).toMatchObject([
      { purpose: 'carrying-out', device: null },
      { purpose: 'carrying-out', device: null }
    ])
  world.clock.advance(24 * 60 * minute)
  office = await world.signedIn(mainUser)
  expect((await print()).number).toBe(1)
})

test('§8 §12 paper says what the door needs: no surname, no way in, and never a protected address', async () => {
  await open.plan(worker.id)
  await hidden.plan(worker.id)
  const { visits } = await print()
  const shown = visits.find(({ customership }) => customership === open.id)
  expect(shown).toMatchObject({
    firstName: 'Aino',
    street: 'Koivutie 7',
    phone: '+358401234567',
    allergies: 'Pähkinä',
    isProtected: false
  })
  const secret = visits.find(({ customership }) => customership === hidden.id)
  expect(secret).toMatchObject({ firstName: 'Aino', isProtected: true })
  expect(JSON.stringify(secret)).not.toMatch(/Koivutie|naapuri/)
  expect(JSON.stringify(visits)).not.toMatch(/Ovikoodi|4711|"lastName"/)
})

test('only the visits that somebody still goes to, of that worker and day', async () => {
  const [kept, called] = [newEntryId(world), newEntryId(world)]
  await open.plan(worker.id, kept)
  await hidden.plan(worker.id, called)
  const revision = await world.parts.store.register.read(
    hidden.id,
    async (reader) => (await reader.entry('visit', called))?.revision
  )
  const cancelled = await hidden.post('visits/cancellation', {
    visit: called,
    based: revision,
    cause: 'provider'
  })
  expect(cancelled.status).toBe(200)
  expect((await print()).visits.map(({ id }) => id)).toEqual([kept])
  expect(await printsOf(hidden)).toEqual([])
  expect((await print(addDays(today(), 1))).visits).toEqual([])
  const nobody = await ask(today(), newEntryId(world) as unknown as typeof worker.id)
  expect([nobody.status, codeOf(nobody)]).toEqual([422, 'invalid'])
})
