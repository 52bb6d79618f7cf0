import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addCaseload } from '#tests/support/caseload.ts'
import { Tablet } from '#tests/support/browser.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page

const sentence = 'Selosteessa on nyt kaikki, mitä työ vaatii.'

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    await addCaseload(parts, people.worker.username, ['Aada', 'Eero'])
  })
  desk = await Tablet.create('desktop')
  tablet = await Tablet.create()
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

const menu = (name: string) => office.getByRole('link', { name, exact: true })

test('§14 the settings say that the notice differs; a significant change is published, and the worker acknowledges it', async () => {
  await menu('Asetukset').click()
  const card = office.getByRole('region', { name: 'Tietosuojaseloste' })
  await card.getByText('8. Mitä rekisterissä on').waitFor()
  await card.getByRole('button', { name: 'Katso muutokset ja julkaise' }).click()
  const dialog = office.getByRole('dialog', { name: 'Julkaise selosteen versio 2' })
  await dialog.getByText('Nämä tiedot työ vaatii yllä mainittujen lisäksi.').waitFor()
  await dialog.getByRole('radio', { name: /^Kyllä/ }).check()
  await dialog.getByRole('button', { name: 'Julkaise', exact: true }).click()
  // Nothing is published without what changed, in every language.
  expect(await dialog.getByText('Täytä tämä kohta').count()).toBe(3)
  await dialog.getByLabel(/suomeksi/).fill(sentence)
  await dialog.getByLabel(/ruotsiksi/).fill('Nu finns allt i beskrivningen.')
  await dialog.getByLabel(/englanniksi/).fill('The notice now holds all.')
  expect(await findFaultsInBothLights(office)).toEqual([])
  await dialog.getByRole('button', { name: 'Julkaise', exact: true }).click()
  await card.getByText('Julkaistu seloste vastaa asetuksia.').waitFor()

  await field.goto(household.tablet)
  await signIn(field, people.worker.username)
  await heading(field, 'Ennen kuin aloitat').waitFor()
  await field.getByText(sentence).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Olen lukenut' }).click()
  await heading(field, 'Ota laite käyttöön').waitFor()
})

test('§14 anyone reads what changed, marked by more than colour, and is told of a version that is not there', async () => {
  await field.goto(`${household.tablet}/privacy`)
  await field.getByRole('link', { name: 'Versio 2', exact: true }).click()
  await heading(field, 'Tietosuojaseloste, versio 2').waitFor()
  await field.getByText(sentence).waitFor()
  await field.locator('ins', { hasText: 'Nämä tiedot työ vaatii' }).waitFor()
  await field.locator('del', { hasText: 'seuraavassa versiossa' }).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.goto(`${household.tablet}/privacy/9`)
  await heading(field, 'Tietosuojaseloste').waitFor()
  await field.getByText('Tätä versiota ei ole').waitFor()
})

test('§14 Tilanne says that clients are to be told until all of them are', async () => {
  await menu('Tilanne').click()
  await office.getByRole('link', { name: '2 asiakkaalle kertomatta' }).click()
  const list = office.getByRole('region', { name: 'Kerro asiakkaille: versio 2' })
  await list.getByText('Kerrottu 0/2 asiakkaalle').waitFor()
  await list.getByRole('button', { name: 'Valitse kaikki' }).click()
  await list.getByRole('button', { name: 'Merkitse kerrotuksi (2)' }).click()
  await list.getByText('Kerrottu 2/2 asiakkaalle').waitFor()
  await list.getByText('2 asiakkaalle kerrottu').click()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await menu('Tilanne').click()
  await heading(office, 'Tilanne').waitFor()
  await expect.poll(() => office.getByText('asiakkaalle kertomatta').count()).toBe(0)
})

test('§12 an incident is registered, its hours run on Tilanne, and the self-check leads to it', async () => {
  await menu('Omavalvonta').click()
  await menu('Poikkeamat').click()
  await office.getByRole('button', { name: 'Kirjaa poikkeama' }).click()
  const form = office.getByRole('dialog', { name: 'Kirjaa poikkeama' })
  await form.getByLabel('Mitä tapahtui').selectOption({ label: 'Laite kadonnut tai varastettu' })
  await form.getByLabel('Henkilöitä').fill('2')
  await form.getByLabel('Kuvaus').fill('Tabletti jäi bussiin, tunnus 010594Y9032')
  expect(await form.getByLabel('Kuvaus').inputValue()).toContain('••••••-••••')
  expect(await findFaultsInBothLights(office)).toEqual([])
  await form.getByRole('button', { name: 'Tallenna' }).click()
  const card = office.getByRole('region', { name: 'Laite kadonnut tai varastettu' })
  await card.getByText(/7[12] tuntia aikaa ilmoittaa/).waitFor()
  await card.getByRole('button', { name: 'Viranomaiselle ei ilmoiteta' }).click()
  const step = office.getByRole('dialog', { name: 'Viranomaiselle ei ilmoiteta' })
  await step.getByLabel('Peruste', { exact: true }).selectOption({ index: 1 })
  await step.getByLabel('Perustelu').fill('Laite oli lukossa.')
  await step.getByRole('button', { name: 'Kirjaa', exact: true }).click()
  await card.getByText('Käsittely kesken').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])

  await menu('Tarkistus').click()
  await office.getByText('Kohta kohdalta').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('link', { name: /Käsittelemättömiä tietoturvapoikkeamia/ }).click()
  await card.waitFor()
  await menu('Käsittelytoimet').click()
  await office.getByText('Itse maksavat asiakkaat').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})
