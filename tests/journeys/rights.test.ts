import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { answerOurselves, RightsDesk } from '#tests/support/rights-desk.ts'

const soon = { timeout: 15_000 }

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let rights: RightsDesk

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    const [ordered, paying] = await addCaseload(
      parts,
      people.worker.username,
      ['Aada', 'Bertta'],
      [12, 0],
      '+358401234567'
    )
    if (!ordered || !paying) throw new Error('two were added')
    await answerOurselves(parts, paying.customership)
  })
  ;[desk, tablet] = await Promise.all([Tablet.create('desktop'), Tablet.create('tablet')])
  office = await desk.firstPage()
  rights = new RightsDesk(office)
  field = await tablet.firstPage()
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
})
afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

test('§13 where the organiser is controller the request is forwarded, and the letter says so', async () => {
  await office.goto(`${household.office}/office/requests`)
  await office.getByText('Ei avoimia pyyntöjä').waitFor()
  await office.getByRole('link', { name: 'Kirjaa pyyntö' }).click()
  await rights.button('Kirjaa pyyntö').click()
  await office.getByText('Täytä tämä kohta').first().waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await rights.register('Pääsy omiin tietoihin', 'Aada')
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('link', { name: 'Tilanne', exact: true }).first().click()
  await office.getByRole('heading', { name: 'Pyynnöt, joiden kuukausi kuluu' }).waitFor(soon)
  await office.getByRole('link', { name: /Pääsy omiin tietoihin: vastattava/ }).click()
  await heading(office, 'Pääsy omiin tietoihin').waitFor()
  await rights.button('Siirrä rekisterinpitäjälle').click()
  await rights.byPost()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await rights.dialog.getByRole('button', { name: 'Merkitse siirretyksi' }).click()
  await rights.said('Siirretty rekisterinpitäjälle').waitFor()
  const download = office.waitForEvent('download')
  await rights.button('Vastauskirje suomeksi').click()
  expect((await download).suggestedFilename()).toMatch(/^P-\d{4}-0001-fi\.pdf$/)
})

test('§13 a wrong fact is put right: what stood there and why stay known', async () => {
  await rights.register('Oikaisu', 'Bertta')
  await office.getByText('Ensin: oikaise tiedot, tai kieltäydy perusteella.').waitFor()
  await office.getByText('Perustiedot', { exact: true }).click()
  await rights.button('Oikaise: Puhelin').click()
  await rights.dialog.getByLabel('Puhelin').fill('040 765 4321')
  await rights.dialog.getByLabel('Miksi oikaistaan').fill('Numero vaihtui')
  await rights.dialog.getByRole('button', { name: 'Oikaise', exact: true }).click()
  await office.getByText('Ennen: 040 123 4567').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await rights.answer('Toteutetaan')
  await rights.said('Toteutettu').waitFor()
})

test('§13 what is restricted is only read, at the office and on the tablet, until the person was told', async () => {
  await rights.register('Käsittelyn rajoittaminen', 'Bertta')
  await rights.button('Rajoita käsittelyä').click()
  await rights.dialog.getByLabel('Peruste').selectOption('accuracy-contested')
  await rights.dialog.getByRole('button', { name: 'Rajoita käsittelyä' }).click()
  await rights.button('Poista rajoitus').waitFor()
  const address = office.url()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await rights.answer('Toteutetaan')
  await rights.said('Toteutettu').waitFor()

  await office.goto(`${household.office}/office/clients`)
  await office.getByText('Käsittelyä rajoitettu').waitFor()
  await office.goto(address)
  await office.getByRole('link', { name: 'Avaa asiakkuus' }).click()
  await office.getByText(/^Käsittelyä on rajoitettu .* alkaen$/).waitFor()
  expect(await rights.button('Muuta').count()).toBe(0)

  await field.getByRole('link', { name: 'Asiakkaat', exact: true }).first().click()
  await field
    .getByRole('link', { name: /Bertta/ })
    .first()
    .click()
  await field.getByText('Käsittelyä on rajoitettu').waitFor({ timeout: 30_000 })
  expect(await field.getByRole('link', { name: 'Aloita suunnittelematon käynti' }).count()).toBe(0)
  expect(await findFaultsInBothLights(field)).toEqual([])

  await office.goto(address)
  await rights.button('Poista rajoitus').click()
  await rights.dialog.getByLabel('Syy').fill('Tiedot tarkistettu')
  await rights.byPost()
  await rights.dialog.getByRole('button', { name: 'Poista rajoitus' }).click()
  await office.getByText(/^Poistettu .*, kerrottu /).waitFor()
  await field.getByText('Käsittelyä on rajoitettu').waitFor({ state: 'detached', timeout: 30_000 })
})
