import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { entriesOf } from '#contract/entry.ts'
import type { VisitState } from '#contract/visit.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, passphrase, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { Taps } from '#tests/support/taps.ts'

let household: Household
let proxy: FaultProxy
let tablet: Tablet
let field: Page
let taps: Taps
let atOffice: OfficeDesk

const names = ['Aamukaste', 'Batuulia', 'Cyrenaica', 'Dagmariina', 'Eulaliina']
let clients: Client[]

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, names, [12, 0], '+358400000009')
  }, proxy.port)
  proxy.target = household.server.port
  atOffice = await OfficeDesk.signedIn(household)
  tablet = await Tablet.create('tablet')
  // Nobody sees an icon here: what the platform is told to draw on it is written down instead.
  await tablet.context.addInitScript(() => {
    navigator.setAppBadge = (count) => {
      Object.assign(globalThis, { badge: count })
      return Promise.resolve()
    }
  })
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
  taps = await Taps.on(field)
})
beforeEach(() => proxy.heal())
afterAll(async () => {
  await tablet.destroy()
  await proxy.close()
  await household.destroy()
})

/** How the visit stands in the office's own register. */
async function stateAtOffice({ customership, visit }: Client): Promise<VisitState | undefined> {
  const path = `/api/office/customerships/${customership}?purpose=organising`
  const answer = await atOffice.ask('GET', path)
  const { entries } = customershipAnswerSchema.parse(await answer.json())
  return entriesOf(entries, 'visit').find(({ id }) => id === visit)?.data.state
}

const badge = () => field.evaluate(() => (globalThis as { badge?: number }).badge)

/** The next visit is shown large; of whom it is, is told. */
async function next(): Promise<Client> {
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  const card = field.getByRole('region', { name: 'Seuraava käynti' })
  await card.waitFor()
  const shown = await card.innerText()
  const client = clients.find(({ firstName }) => shown.includes(firstName))
  if (!client) throw new Error('nobody comes next')
  await taps.taken()
  return client
}

test('the next family is rung with one tap from the day, by name, without a network', async () => {
  proxy.fault = () => ({ does: 'refuse' })
  const client = await next()
  const call = field.getByRole('link', { name: `Soita perheelle: ${client.firstName}` })
  expect(await call.getAttribute('href')).toBe('tel:+358400000009')
})

test('a client who is not at home is two taps from the day', async () => {
  const client = await next()
  await field.getByRole('link', { name: 'Peruttu tai ei paikalla' }).tap()
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
  await field.getByRole('button', { name: 'Asiakas ei paikalla' }).tap()
  await field.getByText('Ei paikalla').first().waitFor()
  expect(await taps.taken()).toBe(2)
  await expect.poll(() => stateAtOffice(client), { timeout: 30_000 }).toBe('not-at-home')
})

test('a cancelled visit is two taps from its page: one says so, and the other when', async () => {
  const client = await next()
  await field.getByRole('link', { name: 'Peruttu tai ei paikalla' }).tap()
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
  await taps.taken()
  await field.getByRole('button', { name: 'Peruttu', exact: true }).tap()
  const asked = field.getByRole('group', { name: 'Milloin asiakas perui?' })
  await asked.waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await asked.getByRole('button', { name: 'Asiakas ei perunut, me peruimme' }).tap()
  await field.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await taps.taken()).toBe(2)
  await expect.poll(() => stateAtOffice(client), { timeout: 30_000 }).toBe('cancelled-by-provider')
})

test('a typical visit is at most eight taps, from opening the app to a signed note, without a network', async () => {
  await next()
  proxy.fault = () => ({ does: 'refuse' })
  // The tap on the app's icon, which no page sees.
  await field.goto(`${household.tablet}/today`)
  let count = 1
  await heading(field, 'Avaa lukitus').waitFor()
  // The words have the focus already.
  await field.keyboard.type(passphrase)
  await field.getByRole('button', { name: 'Avaa', exact: true }).tap()
  await field.getByText('Seuraava käynti').waitFor()
  count += await taps.taken()
  await field.getByRole('button', { name: 'Aloita käynti' }).tap()
  for (const task of ['Lastenhoito', 'Ruokailu', 'Ulkoilu'])
    await field.getByRole('checkbox', { name: task }).tap()
  await field.getByLabel('Toteutus').tap()
  await field.keyboard.type('Leikimme pihalla ja söimme yhdessä.')
  await field.getByRole('button', { name: 'Vahvista' }).tap()
  await field.getByText('Kirjaus on vahvistettu').waitFor()
  count += await taps.taken()
  expect(count).toBeLessThanOrEqual(8)
  const told = field.getByText(/odottaa lähetystä/).first()
  const unsent = async () => Number.parseInt(await told.innerText())
  expect(await unsent()).toBeGreaterThan(0)
  // What was opened is reported too, a moment later: both count it, each in its own time.
  await expect.poll(async () => (await badge()) === (await unsent())).toBe(true)
})

test('one look before driving off says what is missing, and that all is well again', async () => {
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  await next()
  await field.getByRole('link', { name: 'Peruttu tai ei paikalla' }).click()
  await field.getByRole('button', { name: 'Asiakas ei paikalla' }).click()
  await field.getByRole('button', { name: 'Korjaa' }).waitFor()
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  await field.getByRole('link', { name: 'Valmis lähtöön?' }).click()
  await heading(field, 'Valmis lähtöön').waitFor()
  const list = field.getByRole('list', { name: 'Valmis lähtöön' })
  await list.getByText(/kirjau(s|sta) odottaa lähetystä/).waitFor()
  await list.getByText(`Päivän ${names.length} asiakasta on tällä laitteella`).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  proxy.heal()
  await field.evaluate(() => {
    navigator.storage.persisted = () => Promise.resolve(true)
  })
  await field.getByRole('button', { name: 'Päivitä ja lähetä' }).click()
  await list.getByText('Kaikki kirjaukset on lähetetty').waitFor({ timeout: 30_000 })
  await field.getByText('Kaikki on kunnossa. Hyvää matkaa!').waitFor({ timeout: 30_000 })
  await expect.poll(badge).toBe(0)
})
