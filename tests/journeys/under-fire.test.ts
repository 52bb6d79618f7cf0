import { randomInt } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAt, instantOf, toMoment } from '#contract/day.ts'
import { entryIdSchema } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Seeded } from '#server/demo/seeded.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { Truth } from '#tests/support/truth.ts'
import { Weather } from '#tests/support/weather.ts'

/** How many walks are taken, and from which seed on: one that failed is walked again by its seed. */
const walks = Number(process.env['KOTIKAYNTI_WALKS'] ?? 1)
const first = Number(process.env['KOTIKAYNTI_WALK_SEED'] ?? randomInt(1_000_000))
const seeds = Array.from({ length: walks }, (_, index) => first + index)

const names = ['Aamu', 'Bertta', 'Cecilia', 'Dagmar']
const nameIn = (seed: number, name: string) => `${name}-${seed}`
/** The longest that a look may take to find what was just written on every screen. */
const patient = { timeout: 20_000, interval: 100 }
/** The longest that a tablet waits before it tries once more, and a slow machine. */
const drained = { timeout: 100_000, interval: 250 }

interface Note {
  readonly client: Client
  readonly words: string
}

let proxy: FaultProxy
let household: Household
let tablet: Tablet
let page: Page
let truth: Truth
let atOffice: OfficeDesk
const notesOf = new Map<number, Note[]>()

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    for (const seed of seeds) notesOf.set(seed, await addNotes(parts, seed))
  }, proxy.port)
  proxy.target = household.server.port
  atOffice = await OfficeDesk.signedIn(household)
  tablet = await Tablet.create('tablet')
  page = await tablet.firstPage()
  await page.goto(household.tablet)
  await comeIn(page, people.worker.username)
  truth = new Truth(page, household, proxy)
})

afterAll(async () => {
  await tablet.destroy()
  await proxy.close()
  await household.destroy()
})

/** One visit each, and a second one with the first client, of which the same is said. */
async function addNotes(parts: Parts, seed: number): Promise<Note[]> {
  const { username } = people.worker
  const clients = await addCaseload(
    parts,
    username,
    names.map((name) => nameIn(seed, name))
  )
  const [twice] = clients
  if (!twice) throw new Error('there is no client')
  const words = `Ulkoiltiin ja syötiin (${seed})`
  return [
    { client: twice, words },
    ...clients.slice(1).map((client) => ({ client, words: `Kerran: ${client.firstName} – ”€”` })),
    { client: { ...twice, visit: await planAgain(parts, twice) }, words }
  ]
}

async function planAgain({ store, clock }: Parts, { customership }: Client) {
  const id = entryIdSchema.parse(newUuidV7(clock.now()))
  const start = instantOf(dayAt(clock.now()), 14, 0)
  await store.register.transact((tx) =>
    tx.change(customership, async (change) => {
      const [planned] = await change.entries({ kinds: ['visit'] })
      if (planned?.kind !== 'visit') throw new Error('there is no visit')
      const times = { plannedStart: toMoment(start), plannedEnd: toMoment(start + 3_600_000) }
      await change.put('visit', id, { ...planned.data, ...times }, planned.by)
    })
  )
  return id
}

/** Whatever the network does, what is said is so. */
async function look(shown: string): Promise<void> {
  await expect.poll(() => truth.faults(shown), patient).toEqual([])
}

async function openOutbox(): Promise<void> {
  await page
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  await look('Lähtevät')
}

async function open({ client }: Note): Promise<void> {
  await page.getByRole('link', { name: 'Tänään' }).first().click()
  await page.getByRole('radio', { name: 'Viikko' }).click()
  await look('Tänään')
  await page
    .getByRole('link', { name: client.firstName })
    .and(page.locator(`[href*="${client.visit}"]`))
    .first()
    .click()
  await look(`Käynti: ${client.firstName}`)
}

/** What a worker does of one visit, each a step after which everything said must be so. */
function stepsOf(note: Note, chance: Seeded): (() => Promise<void>)[] {
  const shown = `Käynti: ${note.client.firstName}`
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const steps = [
    async () => {
      await open(note)
      await button('Aloita käynti').click()
      await button('Lopeta käynti').waitFor()
    },
    async () => {
      await page.getByRole('checkbox', { name: 'Lastenhoito' }).click()
      await page.getByLabel('Toteutus').fill(note.words.slice(0, 9))
      await page.getByText('Tallennettu tälle laitteelle').waitFor()
      await page.getByLabel('Toteutus').fill(note.words)
      await page.getByText('Tallennettu tälle laitteelle').waitFor()
    }
  ]
  if (chance.isWithin(60))
    steps.push(async () => {
      await button('Lopeta käynti').click()
      await button('Käynti toteutui').click()
      await button('Lopeta käynti').waitFor({ state: 'hidden' })
    })
  steps.push(async () => {
    await button('Vahvista').click()
    await page.getByText('Kirjaus on vahvistettu').waitFor()
  })
  return steps.map((step) => async () => {
    await step()
    await look(shown)
  })
}

async function reload(shown: string): Promise<void> {
  await page.reload()
  truth.forget()
  await look('Avaa lukitus')
  await unlock(page)
  await look(shown)
}

async function lock(shown: string): Promise<void> {
  await page.getByRole('button', { name: 'Lukitse', exact: true }).click()
  await look('Avaa lukitus')
  await unlock(page)
  await look(shown)
}

async function walk(seed: number, notes: readonly Note[]): Promise<void> {
  const chance = new Seeded('walk', seed)
  for (const [index, note] of notes.entries()) {
    const shown = `Käynti: ${note.client.firstName}`
    const steps = stepsOf(note, chance)
    // Once each by turns, in the middle of a visit that chance chooses a step of.
    const interruption = [reload, lock][index % 3]
    const interrupted = chance.between(1, steps.length - 1)
    for (const [at, step] of steps.entries()) {
      if (at === interrupted && interruption) await interruption(shown)
      await step()
    }
    await openOutbox()
  }
}

test.each(seeds)(
  'whatever becomes of each request, the tablet says truly what is only here, loses nothing and sends nothing twice (seed %i)',
  async (seed) => {
    const notes = notesOf.get(seed) ?? []
    proxy.fault = new Weather(seed).fault
    await walk(seed, notes)
    proxy.heal()
    // Nobody touches it.
    await page.getByText('Mikään ei odota lähetystä').waitFor({ timeout: drained.timeout })
    await look('Lähtevät')
    expect(await page.getByRole('region', { name: 'Vaatii toimia' }).count()).toBe(0)
    for (const { client } of notes) {
      const written = notes
        .filter((note) => note.client.customership === client.customership)
        .map(({ words }) => words)
      expect(await atOffice.written(client)).toEqual(written)
    }
  },
  240_000
)
