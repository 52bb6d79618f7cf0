import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomershipId } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

const soon = { timeout: 15_000 }

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let own: Client

/** The provider itself answers for what is recorded of them. */
async function answerOurselves({ store }: Parts, id: CustomershipId): Promise<void> {
  await store.register.transact((tx) =>
    tx.change(id, async (change) => {
      const [decision] = await change.ofKind('decision')
      if (!decision) throw new Error('a client was added')
      const data = { ...decision.data, controller: 'provider', funding: 'direct' } as const
      await change.put('decision', decision.id, data, decision.by)
    })
  )
}

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
    own = paying
    await answerOurselves(parts, own.customership)
  })
  ;[desk, tablet] = await Promise.all([Tablet.create('desktop'), Tablet.create('tablet')])
  office = await desk.firstPage()
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

const button = (name: string | RegExp) => office.getByRole('button', { name, exact: true })
const inDialog = () => office.getByRole('dialog')
const chip = (words: string) => office.getByText(words, { exact: true }).first()

async function register(kind: string, client: string | null): Promise<void> {
  await office.getByRole('link', { name: 'Pyynnöt', exact: true }).first().click()
  await heading(office, 'Pyynnöt').waitFor()
  await office.getByRole('link', { name: 'Kirjaa pyyntö' }).click()
  await heading(office, 'Kirjaa pyyntö').waitFor()
  await office.getByRole('radio', { name: new RegExp(`^${kind}`) }).check()
  if (client === null) await office.getByRole('radio', { name: /^Ei asiakas/ }).check()
  else {
    await office.getByLabel('Hae asiakas nimellä').fill(client)
    await office.getByRole('button', { name: `${client} Kuvitteellinen` }).click()
  }
  await office.getByRole('radio', { name: 'Asiakas itse' }).check()
  await office.getByLabel('Miten henkilöllisyys varmistettiin').selectOption('strong')
  await button('Kirjaa pyyntö').click()
  await heading(office, kind).waitFor()
}

/** Which way, of whatever is open. */
const byPost = () => inDialog().getByLabel('Mitä tietä').selectOption('post')

async function answer(words: 'Toteutetaan' | 'Ei toteuteta', ground?: string): Promise<void> {
  await button('Vastaa pyyntöön').click()
  await inDialog().getByRole('radio', { name: words }).check()
  if (ground !== undefined) await inDialog().getByLabel('Peruste').selectOption(ground)
  await byPost()
  await inDialog().getByRole('button', { name: 'Kirjaa vastaus' }).click()
  await inDialog().waitFor({ state: 'hidden' })
}

test('§13 where the organiser is controller the request is forwarded, and the letter says so', async () => {
  await office.goto(`${household.office}/office/requests`)
  await office.getByText('Ei avoimia pyyntöjä').waitFor()
  await office.getByRole('link', { name: 'Kirjaa pyyntö' }).click()
  await button('Kirjaa pyyntö').click()
  await office.getByText('Täytä tämä kohta').first().waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await register('Pääsy omiin tietoihin', 'Aada')
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('link', { name: 'Tilanne', exact: true }).first().click()
  await office.getByRole('heading', { name: 'Pyynnöt, joiden kuukausi kuluu' }).waitFor(soon)
  await office.getByRole('link', { name: /Pääsy omiin tietoihin: vastattava/ }).click()
  await heading(office, 'Pääsy omiin tietoihin').waitFor()
  await button('Siirrä rekisterinpitäjälle').click()
  await byPost()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await inDialog().getByRole('button', { name: 'Merkitse siirretyksi' }).click()
  await chip('Siirretty rekisterinpitäjälle').waitFor()
  const download = office.waitForEvent('download')
  await button('Vastauskirje suomeksi').click()
  expect((await download).suggestedFilename()).toMatch(/^P-\d{4}-0001-fi\.pdf$/)
})

test('§13 a wrong fact is put right: what stood there and why stay known', async () => {
  await register('Oikaisu', 'Bertta')
  await office.getByText('Ensin: oikaise tiedot, tai kieltäydy perusteella.').waitFor()
  await office.getByText('Perustiedot', { exact: true }).click()
  await button('Oikaise: Puhelin').click()
  await inDialog().getByLabel('Puhelin').fill('040 765 4321')
  await inDialog().getByLabel('Miksi oikaistaan').fill('Numero vaihtui')
  await inDialog().getByRole('button', { name: 'Oikaise', exact: true }).click()
  await office.getByText('Ennen: 040 123 4567').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await answer('Toteutetaan')
  await chip('Toteutettu').waitFor()
})

test('§13 what is restricted is only read, at the office and on the tablet, until the person was told', async () => {
  await register('Käsittelyn rajoittaminen', 'Bertta')
  await button('Rajoita käsittelyä').click()
  await inDialog().getByLabel('Peruste').selectOption('accuracy-contested')
  await inDialog().getByRole('button', { name: 'Rajoita käsittelyä' }).click()
  await button('Poista rajoitus').waitFor()
  const address = office.url()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await answer('Toteutetaan')
  await chip('Toteutettu').waitFor()

  await office.goto(`${household.office}/office/clients`)
  await office.getByText('Käsittelyä rajoitettu').waitFor()
  await office.goto(address)
  await office.getByRole('link', { name: 'Avaa asiakkuus' }).click()
  await office.getByText(/^Käsittelyä on rajoitettu .* alkaen$/).waitFor()
  expect(await button('Muuta').count()).toBe(0)

  await field.getByRole('link', { name: 'Asiakkaat', exact: true }).first().click()
  await field
    .getByRole('link', { name: /Bertta/ })
    .first()
    .click()
  await field.getByText('Käsittelyä on rajoitettu').waitFor({ timeout: 30_000 })
  expect(await field.getByRole('link', { name: 'Aloita suunnittelematon käynti' }).count()).toBe(0)
  expect(await findFaultsInBothLights(field)).toEqual([])

  await office.goto(address)
  await button('Poista rajoitus').click()
  await inDialog().getByLabel('Syy').fill('Tiedot tarkistettu')
  await byPost()
  await inDialog().getByRole('button', { name: 'Poista rajoitus' }).click()
  await office.getByText(/^Poistettu .*, kerrottu /).waitFor()
  await field.getByText('Käsittelyä on rajoitettu').waitFor({ state: 'detached', timeout: 30_000 })
})

test('§13 an objection is weighed, and refused on what weighs more', async () => {
  await register('Käsittelyn vastustaminen', 'Bertta')
  await button('Kirjaa punninta').click()
  await inDialog().getByLabel('Mikä painaa ja miksi').fill('Lapsen etu')
  await inDialog().getByRole('button', { name: 'Tallenna' }).click()
  await office.getByText('Lapsen etu').waitFor()
  await answer('Ei toteuteta', 'compelling-grounds')
  await chip('Ei toteutettu').waitFor()
})

test('§13 data is moved, and somebody who is no client hears what everybody hears', async () => {
  await register('Tietojen siirtäminen', 'Bertta')
  await answer('Toteutetaan')
  await chip('Toteutettu').waitFor()

  await register('Poistaminen', null)
  await office.getByText(/^Nimeä eikä tekstiä ei kirjata/).waitFor()
  await button('Vastaa pyyntöön').click()
  await byPost()
  await inDialog().getByRole('button', { name: 'Kirjaa vastaus' }).click()
  await chip('Tietoja ei ole').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('§13 erasure ends the customership as any ending does, and its last word is the deletion’s', async () => {
  await register('Poistaminen', 'Bertta')
  await office.getByText(/^Ensin: aseta asiakkuuden päättyminen/).waitFor()
  const address = office.url()
  await button('Päätä asiakkuus').click()
  await office.getByRole('heading', { name: 'Päätä asiakkuus' }).first().waitFor()
  await office.getByLabel('Syy').selectOption('client-asked')
  await office
    .getByRole('button', { name: /^Aseta päättymispäivä|^Päätä asiakkuus/ })
    .last()
    .click()
  await office.getByRole('heading', { name: 'Tarkistuslista' }).waitFor(soon)
  await office.goto(address)
  await office.getByText(/^Asiakkuus päättyy .*, tiedot poistetaan viimeistään /).waitFor()
  await answer('Toteutetaan')
  await chip('Toteutettu').waitFor()
})
