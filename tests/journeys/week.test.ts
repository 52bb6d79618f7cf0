import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { enrol, heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page

const firstPage = async ({ context }: Tablet) => context.pages()[0] ?? (await context.newPage())
const names = ['Kerttu', 'Milja', 'Väinö'] as const

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    await addCaseload(parts, people.worker.username, names)
  })
  ;[desk, tablet] = await Promise.all([Tablet.create('desktop'), Tablet.create('tablet')])
  office = await firstPage(desk)
  field = await firstPage(tablet)
})

afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

const grid = () => office.getByRole('grid')
const said = (words: RegExp) => office.getByRole('status').filter({ hasText: words })
const press = async (...keys: string[]) => {
  for (const key of keys) await office.keyboard.press(key)
}

/** As a person without a mouse comes to a button: by Tab, until it has the focus. */
async function tabTo(name: string | RegExp): Promise<void> {
  const wanted = office.getByRole('button', { name, exact: typeof name === 'string' })
  for (let tries = 0; tries < 20; tries += 1) {
    await press('Tab')
    const focused = wanted.and(office.locator(':focus'))
    if ((await focused.count()) > 0) return
  }
  throw new Error(`Tab never came to ${String(name)}`)
}

test('a visit is planned, moved, repeated and cancelled without a mouse', async () => {
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await office.getByRole('link', { name: 'Käynnit' }).click()
  await heading(office, 'Käynnit').waitFor()
  await grid()
    .getByRole('button', { name: /Kerttu/ })
    .waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])

  await grid()
    .getByRole('button', { name: /Kerttu/ })
    .focus()
  await press('Home', 'PageDown')
  await grid()
    .getByRole('button', { name: /Kerttu/ })
    .waitFor({ state: 'detached' })
  await grid()
    .getByRole('gridcell', { name: /Suunnittele käynti: Helmi/ })
    .first()
    .focus()
  await press('n')
  const planning = office.getByRole('dialog', { name: 'Suunnittele käynti' })
  await planning.getByRole('button', { name: /Kuvitteellinen Milja/ }).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.keyboard.type('Kert')
  await planning.getByRole('button', { name: /Milja/ }).waitFor({ state: 'detached' })
  await press('Enter')
  await planning.getByLabel('Palvelupäätös').waitFor()
  await press('Tab', 'Tab', 'Tab', 'Tab')
  await office.keyboard.type('9')
  await press('Tab')
  await office.keyboard.type('10.30')
  await tabTo('Suunnittele käynti')
  await press('Enter')
  await planning.waitFor({ state: 'hidden' })
  await said(/^Suunniteltu: Kerttu, ma/).waitFor()

  const planned = grid().getByRole('button', { name: /9\.00–10\.30 Kerttu/ })
  await expect.poll(() => planned.and(office.locator(':focus')).count()).toBe(1)
  await press('m', 'ArrowRight', 'ArrowRight')
  await said(/Paikka nyt: ke/).waitFor()
  await press('Enter')
  await said(/^Siirretty: Kerttu, Helmi Kotikäyttäjä, ke/).waitFor()
  await expect.poll(() => planned.and(office.locator(':focus')).count()).toBe(1)

  await press('r')
  const repeating = office.getByRole('dialog', { name: 'Toista viikoittain' })
  await repeating.getByText(/^4 käyntiä lisää, viimeinen ke/).waitFor()
  await tabTo('Toista viikoittain')
  await press('Enter')
  await repeating.waitFor({ state: 'hidden' })
  await said(/^Suunniteltu 4 käyntiä lisää/).waitFor()
  await expect.poll(() => planned.and(office.locator(':focus')).count()).toBe(1)

  await press('Delete')
  const cancelling = office.getByRole('dialog', { name: 'Perutaanko käynti?' })
  await cancelling.getByText('Myös tämän jälkeen toistuvat').waitFor()
  await tabTo('Peru käynti')
  await press('Enter')
  await cancelling.waitFor({ state: 'hidden' })
  await said(/^Käynti peruttu: Kerttu/).waitFor()
  await grid()
    .getByRole('button', { name: /Asiakas perui ajoissa/ })
    .waitFor()

  await press('?')
  const shortcuts = office.getByRole('dialog', { name: 'Pikanäppäimet' })
  await shortcuts.getByText('Anna työntekijän päivä muille').waitFor()
  await press('Escape')
})

test("a sick worker's day is swapped in one act, and its clashes are said first and seen afterwards", async () => {
  await press('PageUp')
  await grid()
    .getByRole('button', { name: /Asiakas perui ajoissa/ })
    .waitFor({ state: 'detached' })
  await grid()
    .getByRole('button', { name: /Kerttu/ })
    .first()
    .focus()
  await press('s')
  const swapping = office.getByRole('dialog', { name: 'Vaihda työntekijän päivä' })
  await swapping.getByLabel('Kaikille sama').selectOption({ label: people.outsider.displayName })
  await swapping.getByRole('button', { name: 'Vaihda päivä' }).click()
  const asking = office.getByRole('dialog', { name: 'Tallennetaanko silti?' })
  await asking.getByText('Työntekijällä on samaan aikaan toinen käynti').waitFor()
  await asking.getByLabel('Perustelu').fill('Perheet asuvat samassa rapussa')
  await asking.getByRole('button', { name: 'Tallenna perusteltuna' }).click()
  await said(/^Päivä vaihdettu: 3 siirtyi/).waitFor()
  await grid()
    .getByRole('button', { name: /Väinö.*Päällekkäin/ })
    .press('Enter')
  const opened = office.getByRole('dialog', { name: 'Käynti: Väinö' })
  await opened.getByText('Perheet asuvat samassa rapussa').waitFor()
  await opened.getByText('Työntekijällä ei ole tablettia').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await press('Escape')
})

test("what the substitute's tablet fetches turns to haettu at the office", async () => {
  await field.goto(household.tablet)
  await signIn(field, people.outsider.username)
  await enrol(field)
  await field.getByText('Asiakkaat on haettu: 3').waitFor()
  for (const name of names)
    await grid()
      .getByRole('button', { name: new RegExp(`${name}.*haettu \\d+\\.\\d\\d`) })
      .waitFor()
})
