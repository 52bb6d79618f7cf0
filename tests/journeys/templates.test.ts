import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt, toMoment } from '#contract/day.ts'
import type { Document } from '#contract/document.ts'
import { entryIdSchema } from '#contract/id.ts'
import { formatDay } from '#lib/i18n/format.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { findFaults, findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let client: Client
let ended: string

const firstPage = async ({ context }: Tablet) => context.pages()[0] ?? (await context.newPage())
const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** One client whose medication permit ended yesterday. */
async function fill(parts: Parts): Promise<void> {
  client = (await addCaseload(parts, people.worker.username, ['Iida']))[0]!
  const now = parts.clock.now()
  const by = (await parts.store.users.findByUsername(people.worker.username))!.id
  const validUntil = addDays(dayAt(now), -1)
  ended = formatDay(validUntil)
  const permit: Document = {
    ...{ type: 'medication-permit', identityCode: 'none', validUntil },
    pages: [{ page: 1, mediaType: 'image/png', sha256: 'A'.repeat(43) }],
    addedBy: by,
    addedAt: toMoment(now),
    original: [{ state: 'destroyed', by, at: toMoment(now) }]
  }
  const id = entryIdSchema.parse(newUuidV7(now))
  await parts.store.register.transact((tx) =>
    tx.change(client.customership, async (change) => {
      await change.put('document', id, permit, by)
      const [profile] = await change.ofKind('profile')
      const street = { value: 'Koivutie 7', source: 'client', by, at: toMoment(now) } as const
      if (profile) await change.put('profile', profile.id, { ...profile.data, street }, by)
    })
  )
}

beforeAll(async () => {
  household = await Household.create(fill)
  ;[desk, tablet] = await Promise.all([Tablet.create('desktop'), Tablet.create('tablet')])
  ;[office, field] = await Promise.all([firstPage(desk), firstPage(tablet)])
  await Promise.all([office.goto(household.office), field.goto(household.tablet)])
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
})
afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

const openEditor = async (page: Page) => {
  await page.goto(`${household.office}/office/settings/templates/home-service`)
  await heading(page, 'Lapsiperheiden kotipalvelu').waitFor()
}

async function addField(page: Page, title: string): Promise<void> {
  await tap(page, 'Lisää kohta')
  await page.getByRole('group', { name: 'Otsikko' }).getByLabel('Suomeksi').fill(title)
}

test('a main user says whom to call and which map, and is told who would learn an address', async () => {
  await office.goto(`${household.office}/office/settings`)
  await office.getByLabel('Sosiaalipäivystyksen numero').fill('02 626 2003')
  await office.getByRole('checkbox', { name: 'Osoitteen vieressä on linkki karttaan' }).check()
  await office.getByLabel('Karttapalvelun osoite').fill('https://kartta.example/?q={address}')
  await office.getByText('kartta.example saa tietää asiakkaan osoitteen').waitFor()
  const form = office.locator('form').filter({ hasText: 'Sosiaalipäivystyksen numero' })
  await form.getByRole('button', { name: 'Tallenna' }).click()
  await form.getByText('Tallennettu').waitFor()
  expect(await findFaults(office)).toEqual([])
})

test('a template is edited beside the note that the worker will see, and published as the next version', async () => {
  await openEditor(office)
  const preview = office.getByRole('region', { name: 'Esikatselu' })
  await preview.getByText('Lupaa ei ole. Tarvitaan lääkkeenantolupa.').waitFor()
  await preview.getByRole('radio', { name: 'Luvat voimassa' }).click()
  await preview.getByRole('checkbox', { name: 'Annettiin lääkettä' }).check()
  await preview.getByRole('group', { name: 'Annetut lääkkeet, rivi 1' }).waitFor()

  await addField(office, 'Sää')
  await office.getByLabel('Miten vastataan').selectOption({ label: 'Kyllä-rasti' })
  await preview.getByRole('checkbox', { name: 'Sää' }).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])

  const other = await desk.context.newPage()
  await openEditor(other)
  await addField(other, 'Tunnelma')
  await tap(office, 'Julkaise versio 2')
  await office.getByText('Versio 2 on julkaistu').waitFor()

  // The other is overtaken: what was typed is kept, and nothing is published over what was not seen.
  await other.getByText('Joku muu on julkaissut version 2').waitFor()
  expect(await other.getByRole('button', { name: /Julkaise versio/ }).isDisabled()).toBe(true)
  await tap(other, 'Katso versio 2')
  await other
    .getByRole('region', { name: 'Esikatselu' })
    .getByRole('checkbox', { name: 'Sää' })
    .waitFor()
  await tap(other, 'Jatka omastani')
  await tap(other, 'Julkaise versio 3')
  await other.getByText('Versio 3 on julkaistu').waitFor()
  await other.close()
})

test('§12 without a permit of that day medicine is not there to tick, and the tablet says why', async () => {
  await comeIn(field, people.worker.username)
  await tap(field, 'Aloita käynti')
  await heading(field, 'Käynti: Iida').waitFor()
  await field.getByText(`Lääkkeenantolupa päättyi ${ended}`).waitFor()
  expect(await field.getByRole('checkbox', { name: 'Annettiin lääkettä' }).isDisabled()).toBe(true)
  await field.getByLabel('Tunnelma').waitFor()
  const transport = field.getByRole('checkbox', { name: 'Kuljetettiin asiakasta tai lasta' })
  expect(await transport.isDisabled()).toBe(true)
})

test('a concern shows whom to call without a network, and says that it alerts nobody', async () => {
  await field.context().setOffline(true)
  await field.getByRole('checkbox', { name: 'Huoli tai poikkeama' }).check()
  await field.getByText('Tämä ei hälytä ketään. Soita.').waitFor()
  await field.getByRole('checkbox', { name: 'Lastensuojeluilmoitus tehty' }).check()
  const numbers = await field
    .getByRole('alert')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  expect(numbers).toEqual(['tel:112', 'tel:+35826262003', 'tel:+358201234567'])
  await tap(field, 'Nyt: Milloin ilmoitus tehtiin')
  await field.getByText('Tallennettu tälle laitteelle').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.context().setOffline(false)
})

test('delivered, it tops Tilanne until a main user tells what was done', async () => {
  await office.getByRole('link', { name: 'Tilanne' }).first().click()
  await heading(office, 'Tilanne').waitFor()
  const concerns = office.getByRole('region', { name: 'Huoli' })
  await concerns.getByText('Lastensuojeluilmoitus tehty').waitFor()
  expect(await office.locator('main h2').first().textContent()).toContain('Huoli')
  await concerns.getByRole('button', { name: 'Kuittaa: Iida Kuvitteellinen' }).click()
  await office
    .getByRole('dialog')
    .getByLabel('Mitä tehtiin')
    .fill('Soitettu äidille ja päivystykseen')
  expect(await findFaults(office)).toEqual([])
  await tap(office, 'Tallenna kuittaus')
  await concerns.waitFor({ state: 'detached' })
})

test('the card links the address to the map that the organisation chose', async () => {
  await field.getByRole('link', { name: 'Asiakkaan kortti' }).click()
  await heading(field, 'Iida Kuvitteellinen').waitFor()
  const map = field.getByRole('link', { name: 'Näytä kartalla' })
  expect(await map.getAttribute('href')).toBe('https://kartta.example/?q=Koivutie%207')
})
