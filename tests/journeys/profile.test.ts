import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fieldsUnder, phrases } from '#contract/clause-eight.ts'
import { toMoment } from '#contract/day.ts'
import type { EntryData } from '#contract/entry.ts'
import type { CustomershipId } from '#contract/id.ts'
import { noticeFi } from '#contract/notice-words-fi.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, password, people } from '#tests/support/household.ts'
import { userIdSchema } from '#contract/id.ts'
import { hashPassword } from '#server/auth/password.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'

/** Words that occur nowhere but in this family's protected address. */
const street = 'Piilopirtinpolku 9'
const town = 'Kätkölänkylä'
const second = { username: 'paula', displayName: 'Paula Koordinaattori' }

let household: Household
let desk: Tablet
let otherDesk: Tablet
let tablet: Tablet
let sirpa: Page
let paula: Page
let field: Page
let customership: CustomershipId

async function addFamily(parts: Parts): Promise<void> {
  const { store, clock } = parts
  const now = clock.now()
  const coordinator = await store.users.findByUsername(people.coordinator.username)
  if (!coordinator) throw new Error('there is a coordinator')
  await store.users.add({
    ...coordinator,
    ...second,
    id: userIdSchema.parse(newUuidV7(now)),
    passwordHash: await hashPassword(password)
  })
  const [client] = await addCaseload(parts, people.worker.username, ['Zemfira'])
  if (!client) throw new Error('there is a client')
  customership = client.customership
  const said = <T>(value: T) => ({
    value,
    source: 'client' as const,
    by: coordinator.id,
    at: toMoment(now)
  })
  await store.register.transact(async (tx) => {
    await tx.change(customership, async (change) => {
      const [profile] = await change.entries({ kinds: ['profile'] })
      if (profile?.kind !== 'profile') throw new Error('there is a profile')
      const data: EntryData<'profile'> = {
        ...profile.data,
        phone: said('+358400000001'),
        street: said(street),
        town: said(town),
        addressProtected: said('yes' as const)
      }
      await change.put('profile', profile.id, data, coordinator.id)
    })
  })
}

async function openAtOffice(page: Page, username: string): Promise<void> {
  await page.goto(household.office)
  await signIn(page, username)
  await heading(page, 'Tilanne').waitFor()
  await page.goto(`${household.office}/office/clients/${customership}`)
  const purpose = page.getByRole('button', { name: /Järjestäminen/ })
  await purpose
    .or(page.getByRole('tab', { name: 'Perustiedot' }))
    .first()
    .waitFor()
  if (await purpose.isVisible()) await purpose.click()
  await page.getByRole('button', { name: 'Korjaa tietoja' }).waitFor()
}

const pageOf = async (browser: Tablet) =>
  browser.context.pages()[0] ?? (await browser.context.newPage())

beforeAll(async () => {
  household = await Household.create(addFamily)
  desk = await Tablet.create('desktop')
  otherDesk = await Tablet.create('desktop')
  tablet = await Tablet.create('tablet')
  sirpa = await pageOf(desk)
  paula = await pageOf(otherDesk)
  field = await pageOf(tablet)
})

afterAll(async () => {
  await Promise.all([desk.destroy(), otherDesk.destroy(), tablet.destroy()])
  await household.destroy()
})

test('§8 anyone reads the notice: its fourteen headings, and every stored field in its place', async () => {
  await field.goto(household.tablet)
  await field.getByRole('link', { name: 'Tietosuojaseloste' }).click()
  await heading(field, 'Tietosuojaseloste').waitFor()
  await field.getByText('Versio 1, voimassa').waitFor()
  const headings = await field.getByRole('heading', { level: 2 }).allTextContents()
  expect(headings.map((each) => Number.parseInt(each))).toEqual(
    Array.from({ length: 14 }, (_, index) => index + 1)
  )
  const told = field.getByRole('region', { name: /^8\./ }).getByRole('listitem')
  const named = [...phrases, 'papers' as const, 'beyond' as const].flatMap((clause) =>
    fieldsUnder(clause).map((one) => noticeFi[`field.${one}`])
  )
  expect(await told.allTextContents()).toEqual(named)
  expect(await findFaultsInBothLights(field)).toEqual([])
})

test('two coordinators: the second sees what changed beside their own text, chooses, and saves', async () => {
  await Promise.all([
    openAtOffice(sirpa, people.coordinator.username),
    openAtOffice(paula, second.username)
  ])
  for (const page of [sirpa, paula])
    await page.getByRole('button', { name: 'Korjaa tietoja' }).click()
  await sirpa.getByLabel('Puhelin').fill('040 000 0002')
  await sirpa.getByLabel('Lemmikit').fill('Kissa')
  await paula.getByLabel('Puhelin').fill('040 000 0003')
  await paula.getByLabel('Erityistarpeet').fill('Kuulokoje')
  await sirpa.getByRole('button', { name: 'Tallenna' }).click()
  await sirpa.getByRole('button', { name: 'Korjaa tietoja' }).waitFor()

  await paula.getByRole('button', { name: 'Tallenna' }).click()
  await paula.getByText('Toinen käyttäjä muutti näitä tietoja').waitFor()
  expect(await paula.getByLabel('Puhelin').inputValue()).toBe('040 000 0003')
  expect(await paula.getByLabel('Erityistarpeet').inputValue()).toBe('Kuulokoje')
  await expect.poll(() => paula.getByLabel('Lemmikit').inputValue()).toBe('Kissa')
  const choice = paula.getByRole('group', { name: 'Puhelin' })
  expect(await choice.textContent()).toContain(people.coordinator.displayName)
  expect(await findFaultsInBothLights(paula)).toEqual([])
  await choice.getByRole('radio', { name: new RegExp(people.coordinator.displayName) }).check()
  await paula.getByRole('button', { name: 'Tallenna' }).click()
  await paula.getByRole('button', { name: 'Korjaa tietoja' }).waitFor()
  await paula.getByText('040 000 0002'.replaceAll(' ', '\u00a0')).waitFor()
  await paula.getByText('Kuulokoje').waitFor()
})

test('§8 a protected address is shown by an act of its own, and is on no print', async () => {
  const seen = () => paula.getByText(street)
  await paula.getByText('Osoite on suojattu').waitFor()
  expect(await seen().count()).toBe(0)
  await paula.getByRole('button', { name: 'Näytä osoite' }).click()
  await seen().waitFor()
  expect(await findFaultsInBothLights(paula)).toEqual([])
  await paula.emulateMedia({ media: 'print' })
  expect(await seen().isVisible()).toBe(false)
  await paula.getByText('Suojattua osoitetta ei tulosteta.').waitFor()
  await paula.emulateMedia({ media: 'screen' })
  await paula.getByRole('button', { name: 'Piilota osoite' }).click()
  expect(await seen().count()).toBe(0)
})

test('a contact is added after the opening, with a home and a warning', async () => {
  await paula.getByRole('button', { name: 'Lisää henkilö' }).click()
  const dialog = paula.getByRole('dialog')
  await dialog.getByLabel('Nimi', { exact: true }).fill('Sisko Kuvitteellinen')
  await dialog.getByLabel('Puhelin').fill('12')
  await dialog.getByLabel('Hänellä on koti, jossa käydään').check()
  await dialog.getByLabel('Katuosoite').fill('Toisenkodinkuja 2')
  await dialog.getByLabel('Miten sisään pääsee').fill('Soita ovikelloa kahdesti')
  await dialog.getByRole('button', { name: 'Tallenna' }).click()
  await dialog.getByText('Kirjoita numero näin: 040 123 4567').waitFor()
  expect(await findFaultsInBothLights(paula)).toEqual([])
  await dialog.getByLabel('Puhelin').fill('040 000 0009')
  await dialog.getByRole('button', { name: 'Tallenna' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await paula.getByText('Toisenkodinkuja 2').waitFor()
})

test('§8 the tablet shows the address on the card, and no town of it on any list', async () => {
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
  await field.getByText('Zemfira').first().waitFor()
  expect(await field.getByText(town).count()).toBe(0)
  await field.getByRole('link', { name: 'Asiakkaat' }).click()
  await field.getByRole('link', { name: /Zemfira/ }).waitFor()
  expect(await field.getByText(town).count()).toBe(0)
  await field.getByRole('link', { name: /Zemfira/ }).click()
  await field.getByText(`${street}, ${town}`).waitFor()
  await field.getByText('Toisenkodinkuja 2').waitFor()
  await field.emulateMedia({ media: 'print' })
  expect(await field.getByText(street).first().isVisible()).toBe(false)
  await field.emulateMedia({ media: 'screen' })
})

test('a suggestion made offline is accepted by the office, and the worker is told once', async () => {
  await tablet.context.setOffline(true)
  await field.getByRole('button', { name: 'Ehdota korjausta: Lemmikit' }).click()
  const dialog = field.getByRole('dialog')
  await dialog.getByLabel('Näin sen pitäisi olla').fill('Kissa ja koira, 010594Y9032')
  await dialog.getByText('Henkilötunnus peitettiin').waitFor()
  await dialog.getByLabel('Näin sen pitäisi olla').fill('Kissa ja koira')
  expect(await findFaultsInBothLights(field)).toEqual([])
  await dialog.getByRole('button', { name: 'Ehdota toimistolle' }).click()
  await field.getByText('Ehdotit: Kissa ja koira').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await tablet.context.setOffline(false)

  await paula.getByRole('link', { name: 'Tilanne' }).click()
  await paula.getByRole('heading', { name: 'Ehdotetut korjaukset' }).waitFor()
  await paula.getByRole('link', { name: /Zemfira.*yksi ehdotus/ }).click()
  await paula.getByLabel('Kirjataan näin: Lemmikit').fill('Kissa ja iso koira')
  expect(await findFaultsInBothLights(paula)).toEqual([])
  await paula.getByRole('button', { name: 'Hyväksy: Lemmikit' }).click()
  await paula.getByRole('heading', { name: 'Ehdotetut korjaukset' }).waitFor({ state: 'hidden' })
  await paula.getByText('Kissa ja iso koira').waitFor()

  const answer = field.getByText('Toimisto hyväksyi ehdotuksesi: Lemmikit')
  // The network comes and goes, and the tablet asks what is new.
  await tablet.context.setOffline(true)
  await tablet.context.setOffline(false)
  await answer.waitFor()
  await field.getByText('Kissa ja iso koira').first().waitFor()
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await field.getByRole('link', { name: /Zemfira/ }).click()
  await field.getByText('Kissa ja iso koira').first().waitFor()
  expect(await answer.count()).toBe(0)
})
