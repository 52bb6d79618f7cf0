import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { addDays, dayAt, instantOf, toMoment, wallTimeAt, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { entryIdSchema } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn, unlock } from '#tests/support/door.ts'
import { findFaults, findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'

const names = ['Hilla', 'Iita', 'Jooa', 'Kerttu', 'Lempi'] as const
type Name = (typeof names)[number]

let household: Household
let tablet: Tablet
let phone: Tablet
let helmi: Page
let outi: Page
let atOffice: OfficeDesk
let clients: Client[]
let today: Day

const clientOf = (name: Name) => clients.find(({ firstName }) => firstName === name)!
const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const follow = (page: Page, name: string) =>
  page.getByRole('link', { name, exact: true }).first().click()

/** An organiser that pays by the hour begun, and a colleague who serves the fourth family too. */
async function addRuleAndColleague({ store, clock }: Parts): Promise<void> {
  const { organisation } = await store.organisation.read()
  if (!organisation) throw new Error('an organisation was founded')
  const terms = { roundingMinutes: 60, roundingMode: 'up', minBillableMinutes: 0 } as const
  const cancelling = { cancelNoticeHours: 24, cancelBillable: false, shared: 'once' } as const
  const from = addDays(today, -100)
  const rule = { organiser: 'mallikunta', from, ...terms, ...cancelling }
  await store.organisation.write({ ...organisation, rules: [rule] })
  const colleague = await store.users.findByUsername(people.outsider.username)
  if (!colleague) throw new Error('a colleague works there')
  await store.register.transact((tx) =>
    tx.change(clientOf('Kerttu').customership, (change) => {
      const assignment = { worker: colleague.id, from, tasks: ['care' as const] }
      const id = entryIdSchema.parse(newUuidV7(clock.now()))
      return change.put('assignment', id, assignment, colleague.id)
    })
  )
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    today = dayAt(parts.clock.now())
    clients = await addCaseload(parts, people.worker.username, names, [0, 0])
    await addRuleAndColleague(parts)
  })
  atOffice = await OfficeDesk.signedIn(household)
  ;[tablet, phone] = await Promise.all([Tablet.create('tablet'), Tablet.create('phone')])
  helmi = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  outi = phone.context.pages()[0] ?? (await phone.context.newPage())
  await helmi.goto(household.tablet)
  await comeIn(helmi, people.worker.username)
})
afterAll(async () => {
  await Promise.all([tablet.destroy(), phone.destroy()])
  await household.destroy()
})

async function visitsOf(name: Name): Promise<Entry<'visit'>[]> {
  const path = `/api/office/customerships/${clientOf(name).customership}?purpose=planning`
  const answer = await atOffice.ask('GET', path)
  return entriesOf(customershipAnswerSchema.parse(await answer.json()).entries, 'visit')
}
const visitOf = async (name: Name) =>
  (await visitsOf(name)).find(({ id }) => id === clientOf(name).visit)

async function openVisit(page: Page, name: Name): Promise<void> {
  const { customership, visit } = clientOf(name)
  await follow(page, 'Tänään')
  await heading(page, 'Tänään').waitFor()
  await page.locator(`a[href="/visits/${visit}?customership=${customership}"]`).first().click()
  await heading(page, `Käynti: ${name}`).waitFor()
}
const choose = (page: Page, reason: string) => page.getByRole('radio', { name: reason }).click()

test('a forgotten start is told with one tap of a reason, offline; three times stand on the screen and say why they differ', async () => {
  await openVisit(helmi, 'Hilla')
  await tablet.context.setOffline(true)
  await tap(helmi, 'Aloita käynti')
  await tap(helmi, 'Lopeta käynti')
  const { hour, minute } = wallTimeAt(Date.now() - 40 * 60_000)
  await helmi.getByLabel('Alkoi').fill(`${hour}.${String(minute).padStart(2, '0')}`)
  await tap(helmi, 'Käynti toteutui')
  await helmi.getByText('Kerro syy').waitFor()
  expect(await findFaultsInBothLights(helmi)).toEqual([])
  await choose(helmi, 'Unohdin aloittaa')
  await tap(helmi, 'Käynti toteutui')
  const history = helmi.getByRole('region', { name: 'Korjaushistoria' })
  await history.getByText('Syy: Unohdin aloittaa').waitFor()
  expect(await history.innerText()).toMatch(/Kirjattu ensin: Alkoi .*Korjattu: Toteutunut/s)
  const times = await helmi.locator('dl').first().innerText()
  expect(times).toMatch(/Suunniteltu\s+0\.00–1\.00 · 1 h\s+Toteutunut\s.*min\s+Laskutettava\s+1 h/s)
  expect(times).toContain('Pyöristetty ylöspäin täysiin 60 minuuttiin.')
  expect(times).toContain('tämän laitteen tiedoista laskettuna')
  expect(await findFaultsInBothLights(helmi)).toEqual([])
})

test('how far one drove for the client is told with two taps once the visit is over, and takes nothing back', async () => {
  await tap(helmi, 'Lisää kilometrit')
  const dialog = helmi.getByRole('dialog', { name: 'Ajetut kilometrit' })
  await dialog.locator('input:focus').fill('noin kymmenen')
  await dialog.getByRole('button', { name: 'Tallenna' }).click()
  await dialog.getByText('Kirjoita kilometrit lukuna').waitFor()
  expect(await findFaultsInBothLights(helmi)).toEqual([])
  await dialog.getByLabel('Kilometrit').fill('12,5')
  await dialog.getByRole('button', { name: 'Tallenna' }).click()
  await helmi.getByText('Ajettu 12,5 km').waitFor()
  await tablet.context.setOffline(false)
  await expect
    .poll(async () => (await visitsOf('Hilla'))[0]?.data, { timeout: 30_000 })
    .toMatchObject({ kilometres: 12.5, state: 'completed', reason: 'Unohdin aloittaa' })
  await tablet.context.setOffline(true)
})

test('a visit that nobody started, and outcomes recorded by mistake, are put right both ways', async () => {
  await openVisit(helmi, 'Iita')
  await tap(helmi, 'Unohdin aloittaa')
  await heading2(helmi, 'Käynti on jo pidetty').waitFor()
  await tap(helmi, 'Käynti toteutui')
  await helmi.getByText(/^Käynti 0\.01–/).waitFor()

  await openVisit(helmi, 'Jooa')
  await tap(helmi, 'Asiakas ei paikalla')
  await tap(helmi, 'Korjaa')
  await tap(helmi, 'Käynti toteutui')
  await choose(helmi, 'Kirjasin väärin')
  await tap(helmi, 'Käynti toteutui')
  await helmi.getByText(/^Käynti 0\.02–/).waitFor()
  await tap(helmi, 'Korjaa')
  await choose(helmi, 'Muu syy')
  await helmi.getByLabel('Mikä syy?').fill('Lapsi avasi, vanhempi ei ollut kotona')
  await tap(helmi, 'Asiakas ei paikalla')
  const times = helmi.locator('dl').first()
  await times.getByText(/Tilaaja ei maksa tästä/).waitFor()
  await tablet.context.setOffline(false)
  await expect.poll(async () => (await visitOf('Jooa'))?.data.state, polling).toBe('not-at-home')
  const { reason, formerly } = (await visitOf('Jooa'))!.data
  expect(reason).toBe('Lapsi avasi, vanhempi ei ollut kotona')
  expect(formerly?.map((one) => [one.state, one.reason])).toEqual([
    ['not-at-home', undefined],
    ['completed', 'Kirjasin väärin']
  ])
  expect((await visitOf('Iita'))?.data).toMatchObject({ reason: 'Unohdin aloittaa' })
})
const heading2 = (page: Page, name: string) => page.getByRole('heading', { name, level: 2 })
const polling = { timeout: 30_000 }

test('the office reads the three times of a visit, and what was recorded first', async () => {
  const office = await tablet.context.newPage()
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await office.goto(`${household.office}/office/clients/${clientOf('Hilla').customership}`)
  const asked = office.getByRole('button', { name: 'Suunnittelu', exact: true })
  const tab = office.getByRole('tab', { name: /Käynnit/ })
  await asked.or(tab).first().waitFor()
  if (await asked.isVisible()) await asked.click()
  await tab.click()
  await office.getByRole('button', { name: /^Ajat ja laskutus/ }).click()
  const dialog = office.getByRole('dialog', { name: 'Ajat ja laskutus' })
  await dialog.getByText('Pyöristetty ylöspäin täysiin 60 minuuttiin.').waitFor()
  await dialog.getByText('Syy: Unohdin aloittaa').waitFor()
  expect(await findFaults(office)).toEqual([])
  await office.close()
})

test('two workers share a visit: the second records beside the first’s plan, and sees whose it is', async () => {
  await outi.goto(household.tablet)
  await comeIn(outi, people.outsider.username)
  await follow(outi, 'Asiakkaat')
  await outi
    .locator(`a[href="/clients/${clientOf('Kerttu').customership}"]`)
    .first()
    .click()
  await follow(outi, 'Aloita suunnittelematon käynti')
  await outi.getByRole('link', { name: /^Helmi Kotikäyttäjä/ }).click()
  await outi.getByText('Tämä on työntekijän Helmi Kotikäyttäjä käynti').waitFor()
  expect(await outi.getByRole('button', { name: 'Aloita käynti' }).count()).toBe(0)
  expect(await findFaultsInBothLights(outi)).toEqual([])
  await tap(outi, 'Aloita oma käyntini')
  await outi.getByText(/Mukana:/).waitFor()
  expect(await outi.getByText(/Mukana:/).innerText()).toContain('Helmi Kotikäyttäjä')
  await outi.getByRole('button', { name: 'Lopeta käynti' }).waitFor()
  await expect.poll(async () => (await visitsOf('Kerttu')).length, polling).toBe(2)
  expect((await visitOf('Kerttu'))?.data.state).toBe('planned')
})

/** Whoever unlocks fetches. */
async function fetchAgain(): Promise<void> {
  await helmi.goto(`${household.tablet}/today`)
  await unlock(helmi)
  await heading(helmi, 'Tänään').waitFor()
}

test('Tänään says what was moved and cancelled until it was seen, over a lock; the visit says who else is there', async () => {
  const moving = (await visitOf('Kerttu'))!
  const path = (name: Name) => `/api/office/customerships/${clientOf(name).customership}/visits`
  const { decision, worker } = moving.data
  const start = instantOf(today, 22)
  const times = { plannedStart: toMoment(start), plannedEnd: toMoment(start + 3_600_000) }
  const data = { decision, worker, ...times }
  const moved = { id: moving.id, based: moving.revision, data, reason: 'Perhe pyysi' }
  expect((await atOffice.ask('POST', path('Kerttu'), moved)).status).toBe(201)
  const cancelled = { visit: clientOf('Lempi').visit, cause: 'provider' }
  const { revision: based } = (await visitOf('Lempi'))!
  await atOffice.ask('POST', `${path('Lempi')}/cancellation`, { ...cancelled, based })

  const list = helmi.getByRole('list', { name: 'Päivän käynnit' })
  const row = (name: Name) => list.getByRole('listitem').filter({ hasText: name })
  const changes = helmi.getByRole('region', { name: 'Muutoksia' })
  await fetchAgain()
  await changes.getByText(/^Muuttunut klo/).waitFor(polling)
  await fetchAgain()
  await changes.getByText(/^Muuttunut klo/).waitFor(polling)
  await row('Lempi')
    .getByText(/^Peruttu klo/)
    .waitFor()
  expect(await findFaultsInBothLights(helmi)).toEqual([])
  await changes.getByRole('link', { name: /Kerttu/ }).click()
  await heading(helmi, 'Käynti: Kerttu').waitFor()
  expect(await helmi.getByText(/Mukana:/).innerText()).toContain('Outi Muualla')
  await follow(helmi, 'Tänään')
  await changes.getByText(/^Peruttu klo/).waitFor()
  expect(await changes.getByText(/^Muuttunut klo/).count()).toBe(0)
  await tap(helmi, 'Muutokset nähty')
  await changes.waitFor({ state: 'detached' })
  expect(
    await row('Lempi')
      .getByText(/^Peruttu klo/)
      .count()
  ).toBe(0)
  await row('Lempi').getByText('Me peruimme').waitFor()
})
