import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAt, type Day } from '#contract/day.ts'
import { writeDay } from '#lib/ui/written.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { answerOurselves, RightsDesk } from '#tests/support/rights-desk.ts'

let household: Household
let desk: Tablet
let office: Page
let rights: RightsDesk
let today: Day

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    today = dayAt(parts.clock.now())
    const [client] = await addCaseload(parts, people.worker.username, ['Bertta'])
    if (!client) throw new Error('one was added')
    await answerOurselves(parts, client.customership)
  })
  desk = await Tablet.create('desktop')
  office = await desk.firstPage()
  rights = new RightsDesk(office)
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
})
afterAll(async () => {
  await desk.destroy()
  await household.destroy()
})

test('§13 an objection is weighed, and refused on what weighs more', async () => {
  await rights.register('Käsittelyn vastustaminen', 'Bertta')
  await rights.button('Kirjaa punninta').click()
  await rights.dialog.getByLabel('Mikä painaa ja miksi').fill('Lapsen etu')
  await rights.dialog.getByRole('button', { name: 'Tallenna' }).click()
  await office.getByText('Lapsen etu').waitFor()
  await rights.answer('Ei toteuteta', 'compelling-grounds')
  await rights.said('Ei toteutettu').waitFor()
})

test('§13 data is moved, and somebody who is no client hears what everybody hears', async () => {
  await rights.register('Tietojen siirtäminen', 'Bertta')
  await rights.answer('Toteutetaan')
  await rights.said('Toteutettu').waitFor()

  await rights.register('Poistaminen', null)
  await office.getByText(/^Nimeä eikä tekstiä ei kirjata/).waitFor()
  await rights.button('Vastaa pyyntöön').click()
  await rights.byPost()
  await rights.dialog.getByRole('button', { name: 'Kirjaa vastaus' }).click()
  await rights.said('Tietoja ei ole').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('§13 erasure ends the customership as any ending does, and its last word is the deletion’s', async () => {
  await rights.register('Poistaminen', 'Bertta')
  await office.getByText(/^Ensin: aseta asiakkuuden päättyminen/).waitFor()
  const address = office.url()
  await rights.button('Päätä asiakkuus').click()
  await office.getByRole('heading', { name: 'Asiakkuuden päättäminen' }).waitFor()
  await office.getByRole('textbox', { name: 'Viimeinen päivä' }).fill(writeDay(today))
  await office.getByLabel('Syy').selectOption('client-asked')
  await rights.button('Päätä asiakkuus').click()
  await rights.dialog.getByRole('button', { name: 'Päätä asiakkuus' }).click()
  await office.getByRole('heading', { name: 'Päättämisen tarkistuslista' }).waitFor()
  await office.goto(address)
  await office.getByText(/^Asiakkuus päättyy .*, tiedot poistetaan viimeistään /).waitFor()
  await rights.answer('Toteutetaan')
  await rights.said('Toteutettu').waitFor()
})
