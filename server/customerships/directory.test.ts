import { beforeEach, expect, test } from 'vitest'
import type { CustomershipSearch } from '#contract/customership.ts'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { newEntry, newUser, StoreWorld } from '#tests/support/open-store.ts'
import { Directory } from './directory.ts'

const hour = 3_600_000
const coordinator: SignedIn = { id: newUser(), role: 'main-user', tasks: ['administration'] }

let world: StoreWorld
let directory: Directory

beforeEach(async () => {
  world = await StoreWorld.open()
  directory = new Directory(world)
})

const search = (asked: Partial<CustomershipSearch> = {}, by = coordinator) =>
  directory.search(by, { query: '', ...asked }, world.clock.now())

const names = async (asked: Partial<CustomershipSearch> = {}) =>
  (await search(asked)).customerships.map(({ firstName, lastName }) => `${lastName} ${firstName}`)

interface Family {
  readonly organiser?: string
  readonly product?: string
  readonly worker?: UserId
  readonly visitInHours?: number
}

async function open(firstName: string, lastName: string, o: Family = {}): Promise<CustomershipId> {
  const id = await world.openCustomership(firstName, lastName)
  await change(id, o)
  return id
}

async function change(id: CustomershipId, o: Family): Promise<void> {
  const today = dayAt(world.clock.now())
  const { organiser = 'mallikunta', product = 'home-service', worker = world.by } = o
  await world.store.register.transact((tx) =>
    tx.change(id, async (one) => {
      const decision = newEntry()
      const granted = { grantedMinutes: 600, grantedPer: 'month' as const, goals: [] }
      const valid = { from: addDays(today, -10), until: addDays(today, 100) }
      const paid = { controller: 'organiser', funding: 'purchased' } as const
      const data = { organiser, product, ...paid, ...valid, ...granted }
      await one.put('decision', decision, data, world.by)
      const assignment = { worker, from: today, tasks: ['care' as const] }
      await one.put('assignment', newEntry(), assignment, world.by)
      if (o.visitInHours === undefined) return
      const start = world.clock.now() + o.visitInHours * hour
      const times = { plannedStart: toMoment(start), plannedEnd: toMoment(start + hour) }
      const visit = { decision, product, worker, ...times, state: 'planned' as const }
      await one.put('visit', newEntry(), visit, world.by)
    })
  )
}

test('any word of a name is found by its beginning, in any order; å ä ö stand last', async () => {
  await open('Aino', 'Öberg')
  await open('Eeva-Liisa', 'Virtanen')
  await open('Aino', 'Virtanen')
  await open('Åsa', 'Aalto')
  expect(await names()).toEqual(['Aalto Åsa', 'Virtanen Aino', 'Virtanen Eeva-Liisa', 'Öberg Aino'])
  expect(await names({ descending: true })).toEqual((await names()).toReversed())
  expect(await names({ query: 'vir ai' })).toEqual(['Virtanen Aino'])
  expect(await names({ query: 'LIISA' })).toEqual(['Virtanen Eeva-Liisa'])
  expect(await search({ query: 'isa' })).toEqual({ total: 0, customerships: [] })
  expect(await search({ query: '-' })).toEqual({ total: 0, customerships: [] })
})

test('organiser, product, worker and state each narrow, alone and together', async () => {
  const worker = newUser()
  await open('Yksi', 'Kivi', { organiser: 'naapurikunta' })
  await open('Kaksi', 'Kivi', { product: 'family-work', worker })
  const third = await open('Kolme', 'Kivi', { worker })
  await open('Neljä', 'Puro')
  expect(await names({ organiser: 'naapurikunta' })).toEqual(['Kivi Yksi'])
  expect(await names({ product: 'family-work' })).toEqual(['Kivi Kaksi'])
  expect(await names({ worker })).toEqual(['Kivi Kaksi', 'Kivi Kolme'])
  expect(await names({ worker, product: 'home-service', query: 'kivi' })).toEqual(['Kivi Kolme'])
  const endDay = addDays(dayAt(world.clock.now()), 5)
  await world.store.register.transact((tx) =>
    tx.change(third, (one) =>
      one.setEnding({ endDay, deleteBy: addDays(endDay, 60), reason: 'client-moved' })
    )
  )
  expect(await names({ state: 'ending' })).toEqual(['Kivi Kolme'])
  expect(await names({ state: 'active', worker })).toEqual(['Kivi Kaksi'])
  expect(await names({ sort: 'endDay' })).toEqual(
    (await names({ sort: 'state' })).toSorted(endingFirst)
  )
})

const endingFirst = (a: string, b: string) =>
  Number(b.endsWith('Kolme')) - Number(a.endsWith('Kolme'))

test('by the next visit the soonest come first, and those without one last either way', async () => {
  await open('Ei', 'Käyntiä')
  await open('Myöhemmin', 'Käynti', { visitInHours: 24 * 40 })
  await open('Pian', 'Käynti', { visitInHours: 2 })
  const soonest = ['Käynti Pian', 'Käynti Myöhemmin', 'Käyntiä Ei']
  expect(await names({ sort: 'nextVisit' })).toEqual(soonest)
  const latest = ['Käynti Myöhemmin', 'Käynti Pian', 'Käyntiä Ei']
  expect(await names({ sort: 'nextVisit', descending: true })).toEqual(latest)
  world.clock.time += 3 * hour
  expect((await search({ query: 'pian' })).customerships[0]?.nextVisitAt).toBeNull()
})

test('today’s visits over, the one far away is the next, the same day still', async () => {
  const id = await open('Harva', 'Käynti', { visitInHours: 1 })
  await change(id, { visitInHours: 24 * 60 })
  await search()
  const far = toMoment(world.clock.now() + 24 * 60 * hour)
  world.clock.time += 2 * hour
  expect((await search()).customerships[0]?.nextVisitAt).toBe(far)
})

test('pages follow one another without a gap and count the whole', async () => {
  for (let index = 0; index < 7; index += 1) await open('Perhe', `Numero${index}`)
  const pages = await Promise.all([0, 3, 6, 9].map((offset) => search({ offset, limit: 3 })))
  expect(pages.map(({ total }) => total)).toEqual([7, 7, 7, 7])
  const shown = pages.flatMap(({ customerships }) => customerships.map(({ lastName }) => lastName))
  expect(shown).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `Numero${index}`))
})

test('a new name and a new worker show at the next search', async () => {
  const id = await open('Vanha', 'Ääninen')
  await open('Toinen', 'Metsä')
  await search()
  await world.store.register.transact((tx) =>
    tx.change(id, async (one) => {
      const [profile] = await one.ofKind('profile')
      if (profile) await one.put('profile', profile.id, world.profile('Uusi', 'Aamunkoi'), world.by)
    })
  )
  const worker = newUser()
  await change(id, { worker })
  expect(await names()).toEqual(['Aamunkoi Uusi', 'Metsä Toinen'])
  expect(await names({ worker })).toEqual(['Aamunkoi Uusi'])
  expect(await names({ query: 'vanha' })).toEqual([])
})

test('what a failed change would have said is not believed', async () => {
  const id = await open('Pysyvä', 'Nimi')
  await search()
  const failing = world.store.register.transact((tx) =>
    tx.change(id, async (one) => {
      await one.put(
        'assignment',
        newEntry(),
        { worker: coordinator.id, from: one.facts.startDay, tasks: ['care'] },
        world.by
      )
      throw new Error('undone')
    })
  )
  await expect(failing).rejects.toThrow('undone')
  expect(await names({ worker: coordinator.id })).toEqual([])
  expect(await names()).toEqual(['Nimi Pysyvä'])
})

test('an overseer, whose task opens no client’s data, learns neither names nor how many', async () => {
  await open('Salainen', 'Perhe')
  const overseer: SignedIn = { id: newUser(), role: 'main-user', tasks: ['oversight'] }
  expect(await search({}, overseer)).toEqual({ total: 0, customerships: [] })
})
