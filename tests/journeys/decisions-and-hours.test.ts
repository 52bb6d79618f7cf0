import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, toMoment, type Day } from '#contract/day.ts'
import { entryIdSchema } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { findFaults } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let client: Client
let today: Day

/** As a Finn writes it. */
function written(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}.${month}.${year}`
}

/** A visit of 1 h 7 min, held today; another of an hour is planned. */
async function addHeldVisit({ store, clock }: Parts): Promise<void> {
  const start = instantOf(dayAt(clock.now()), 6)
  await store.register.transact((tx) =>
    tx.change(client.customership, async (change) => {
      const planned = await change.entry('visit', client.visit)
      if (!planned) throw new Error('a visit was planned')
      const { decision, product, worker } = planned.data
      const times = { startedAt: toMoment(start), endedAt: toMoment(start + 67 * 60_000) }
      const visit = { decision, product, worker, ...times, state: 'completed' as const }
      await change.put('visit', entryIdSchema.parse(newUuidV7(start)), visit, worker)
    })
  )
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    const [first] = await addCaseload(parts, people.worker.username, ['Hertta'])
    if (!first) throw new Error('a client was added')
    client = first
    today = dayAt(parts.clock.now())
    await addHeldVisit(parts)
  })
  desk = await Tablet.create('desktop')
  tablet = await Tablet.create('tablet')
  office = desk.context.pages()[0] ?? (await desk.context.newPage())
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
})
afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

async function openDecisions(page: Page): Promise<void> {
  await page.goto(`${household.office}/office/clients/${client.customership}`)
  const asked = page.getByRole('button', { name: 'Suunnittelu', exact: true })
  const tab = page.getByRole('tab', { name: /Päätökset/ })
  await asked.or(tab).first().waitFor()
  if (await asked.isVisible()) await asked.click()
  await tab.click()
}

const card = (page: Page) => page.getByRole('region', { name: 'Lapsiperheiden kotipalvelu' })
const dialog = (name: string, page = office) => page.getByRole('dialog', { name })

test('a rule of the organiser is added, and its meaning is seen before it is saved', async () => {
  await office.getByRole('link', { name: 'Asetukset' }).click()
  await heading(office, 'Asetukset').waitFor()
  await office.getByText('Ei sääntöä').waitFor()
  await office.getByRole('button', { name: 'Uusi sääntö tilaajalle Mallikunta' }).click()
  const rule = dialog('Laskentasääntö')
  await rule.getByRole('textbox', { name: 'Ensimmäinen päivä' }).fill('1.1.2025')
  await rule.getByLabel('Pyöristetään').selectOption('15')
  await rule.getByRole('radio', { name: 'Ylöspäin' }).check()
  await rule.getByText('1,25 h').waitFor()
  await rule.getByLabel('Vähintään laskutetaan').fill('viisi')
  await rule.getByRole('button', { name: 'Tallenna' }).click()
  await rule.getByText('Kirjoita minuutit lukuna').waitFor()
  await rule.getByLabel('Vähintään laskutetaan').fill('30')
  expect(await findFaults(office)).toEqual([])
  await rule.getByRole('button', { name: 'Tallenna' }).click()
  await rule.waitFor({ state: 'hidden' })
  await office.getByText('1.1.2025 alkaen').waitFor()

  // What has decided about past visits stands; the next version begins today at the earliest.
  await office.getByRole('button', { name: /Uusi versio/ }).click()
  await rule.getByRole('textbox', { name: 'Ensimmäinen päivä' }).fill(written(addDays(today, -1)))
  await rule.getByRole('button', { name: 'Tallenna' }).click()
  await rule.getByText('uusi voi alkaa aikaisintaan tänään').waitFor()
  await rule.getByRole('button', { name: 'Peruuta' }).click()
})

test('§6 granted, planned, used and left are drawn over time, and told as a table', async () => {
  await openDecisions(office)
  await card(office).getByText('12,75 h').first().waitFor()
  await card(office).getByText('Samat luvut taulukkona').click()
  const row = card(office).getByRole('row').nth(1)
  expect((await row.locator('td').allTextContents()).map((text) => text.trim())).toEqual([
    '15 h',
    '1,25 h',
    '1 h',
    '12,75 h'
  ])
  expect(await findFaults(office)).toEqual([])
})

test('§6 the tablet says what is left, as of when, also without a network', async () => {
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
  await household.server.stop()
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await heading(field, 'Asiakkaat').waitFor()
  await field.getByRole('link', { name: /Hertta/ }).click()
  await heading(field, /Hertta/).waitFor()
  await field.getByText('Jäljellä 12,75 h').waitFor()
  await field.getByText(/^Tilanne \d+\.\d+\.\d+ klo \d+\.\d\d/).waitFor()
  expect(await findFaults(field)).toEqual([])
  await household.server.start()
})

async function edit(page: Page, field: string, value: string, then = 'save'): Promise<void> {
  await card(page)
    .first()
    .getByRole('button', { name: /Muokkaa päätöstä/ })
    .click()
  const editing = dialog('Muokkaa päätöstä', page)
  await editing.getByLabel(field).first().fill(value)
  if (then === 'save') await editing.getByRole('button', { name: 'Tallenna' }).click()
}

test('§6 what goes beyond is said before saving, possible with a reason, and visible afterwards', async () => {
  await openDecisions(office)
  await edit(office, 'Viimeinen voimassaolopäivä', written(addDays(today, -1)))
  const asked = dialog('Tallennetaanko silti?')
  await asked.getByText('Päätös päättyy ennen pidettyä käyntiä').waitFor()
  await asked.getByText('Käynti on päätöksen voimassaolon ulkopuolella').waitFor()
  expect(await findFaults(office)).toEqual([])
  await asked.getByRole('button', { name: 'Palaa muokkaamaan' }).click()
  await dialog('Muokkaa päätöstä').getByRole('button', { name: 'Tallenna' }).click()
  await asked.getByRole('button', { name: 'Tallenna perusteltuna' }).click()
  await asked.getByText('Täytä tämä kohta').waitFor()
  await asked.getByLabel('Perustelu').fill('Tilaaja päätti päätöksen takautuvasti')
  await asked.getByRole('button', { name: 'Tallenna perusteltuna' }).click()
  await dialog('Muokkaa päätöstä').waitFor({ state: 'hidden' })
  await card(office).getByText('Tilaaja päätti päätöksen takautuvasti').waitFor()
  await card(office)
    .getByText(new RegExp(`${people.coordinator.displayName}, ${written(today)}`))
    .waitFor()
})

test('§6 another decision follows, beside the one that ended', async () => {
  await office.getByRole('button', { name: 'Uusi päätös' }).click()
  const added = dialog('Uusi päätös')
  await added.getByLabel('Tilaaja', { exact: true }).selectOption({ label: 'Mallikunta' })
  await added.getByLabel('Palvelutuote').selectOption({ label: 'Lapsiperheiden kotipalvelu' })
  await added
    .getByRole('textbox', { name: 'Viimeinen voimassaolopäivä' })
    .fill(written(addDays(today, 20)))
  await added.getByLabel('Myönnetyt tunnit').fill('6,5')
  await added.getByRole('button', { name: 'Tallenna' }).click()
  await added.waitFor({ state: 'hidden' })
  await card(office).nth(1).waitFor()
  await card(office).first().getByText('Päättyy 20 päivän päästä').waitFor()
  await card(office).nth(1).getByText('Päättynyt').waitFor()
})

test('two coordinators: the second sees what the first changed, and keeps their own text', async () => {
  const first = await desk.context.newPage()
  await openDecisions(first)
  await edit(office, 'Tavoitteet', 'Arki sujuu', 'wait')
  await edit(first, 'Myönnetyt tunnit', '8')
  await dialog('Muokkaa päätöstä', first).waitFor({ state: 'hidden' })
  await first.close()

  const mine = dialog('Muokkaa päätöstä')
  await mine.getByText('Toinen on muuttanut päätöstä sillä välin').waitFor()
  await mine.getByRole('definition').filter({ hasText: '8 h' }).waitFor()
  expect(await mine.getByLabel('Tavoitteet').inputValue()).toBe('Arki sujuu')
  expect(await findFaults(office)).toEqual([])
  await mine.getByLabel('Myönnetyt tunnit').fill('8')
  await mine.getByRole('button', { name: 'Tallenna' }).click()
  await mine.waitFor({ state: 'hidden' })
  await card(office).first().getByText('Arki sujuu').waitFor()
})
