import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { heading, signIn, toTheDay, unlock } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, passphrase, people } from '#tests/support/household.ts'

const first = 'Leivottiin pullaa ja siivottiin'
const second = 'Käytiin kaupassa ja kirjastossa'

let household: Household
let tablet: Tablet
let phone: Tablet
let onTablet: Page
let onPhone: Page
let client: Client

const tap = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click()
const follow = (page: Page, name: string) =>
  page.getByRole('link', { name, exact: true }).first().click()

async function enrol(page: Page): Promise<void> {
  await page.goto(household.tablet)
  await signIn(page, people.worker.username)
  await heading(page, 'Ota laite käyttöön').waitFor()
  await page.getByLabel('Salalause', { exact: true }).fill(passphrase)
  await page.getByLabel('Salalause uudelleen').fill(passphrase)
  await page.getByRole('button', { name: 'Ota käyttöön' }).click()
  await page.getByText('Asiakkaat on haettu: 1').waitFor()
  await toTheDay(page)
}

/** "Lähetä nyt" delivers and fetches, until nothing waits. */
async function exchange(page: Page): Promise<void> {
  await follow(page, 'Lähtevät')
  await heading(page, 'Lähtevät').waitFor()
  const send = page.getByRole('button', { name: 'Lähetä nyt' })
  if (await send.isVisible()) await send.click()
  await page.getByText('Mikään ei odota lähetystä').waitFor()
}

/** Whoever unlocks fetches. */
async function fetchAgain(page: Page): Promise<void> {
  await page.reload()
  await unlock(page)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

async function openVisit(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Tänään', exact: true }).first().click()
  await heading(page, 'Tänään').waitFor()
  await page.getByRole('link', { name: `Jatka: ${client.firstName}` }).click()
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    client = (await addCaseload(parts, people.worker.username, ['Helka']))[0]!
  })
  ;[tablet, phone] = await Promise.all([Tablet.create('tablet'), Tablet.create('phone')])
  onTablet = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  onPhone = phone.context.pages()[0] ?? (await phone.context.newPage())
  await enrol(onTablet)
})

afterAll(async () => {
  await Promise.all([tablet.destroy(), phone.destroy()])
  await household.destroy()
})

test('two tablets of one worker write of one visit apart, and Tänään asks for one text', async () => {
  await onTablet.getByRole('button', { name: 'Aloita käynti' }).click()
  await heading(onTablet, 'Käynti: Helka').waitFor()
  await exchange(onTablet)
  await enrol(onPhone)
  await Promise.all(
    [onTablet, onPhone].map(async (page) => {
      await openVisit(page)
      await heading(page, 'Käynti: Helka').waitFor()
    })
  )
  await onTablet.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await onTablet.getByLabel('Toteutus').fill(first)
  await onPhone.getByLabel('Toteutus').fill(second)
  await Promise.all(
    [onTablet, onPhone].map((page) => page.getByText('Tallennettu tälle laitteelle').waitFor())
  )
  await exchange(onPhone)
  await exchange(onTablet)
  await onTablet
    .getByRole('region', { name: 'Kesken' })
    .getByText(/kaksi versiota/)
    .waitFor()
  await follow(onTablet, 'Tänään')
  await heading(onTablet, 'Tänään').waitFor()
  await onTablet.getByText(/Kirjauksesta on kaksi versiota/).waitFor()
})

test('side by side: one tap for each field, and one text goes on', async () => {
  await onTablet.getByRole('link', { name: 'Jatka: Helka' }).click()
  await heading(onTablet, 'Käynti: Helka').waitFor()
  await tap(onTablet, 'Lopeta käynti')
  await tap(onTablet, 'Käynti toteutui')
  await follow(onTablet, 'Tänään')
  await heading(onTablet, 'Tänään').waitFor()
  // The row is drawn anew once the hands rest, and this one presses at once.
  await onTablet.locator('a[href*="/versions"]', { hasText: 'Jatka' }).click()
  await heading(onTablet, 'Kaksi versiota').waitFor()
  expect(await findFaultsInBothLights(onTablet)).toEqual([])
  await tap(onTablet, 'Yhdistä')
  await onTablet.getByText('Valitse, mikä jää').waitFor()
  await onTablet.getByRole('radio', { name: 'Molemmat' }).click()
  await tap(onTablet, 'Yhdistä')
  await heading(onTablet, 'Käynti: Helka').waitFor()
  const text = await onTablet.getByLabel('Toteutus').inputValue()
  expect([`${first}\n\n${second}`, `${second}\n\n${first}`]).toContain(text)
  expect(await onTablet.getByRole('checkbox', { name: 'Lastenhoito' }).isChecked()).toBe(true)
  expect(await onTablet.getByText('Kirjauksesta on kaksi versiota').count()).toBe(0)
  await exchange(onTablet)
  await onTablet.getByText('Yhdistetty kirjaus').waitFor()
  await fetchAgain(onPhone)
  await openVisit(onPhone)
  await expect.poll(() => onPhone.getByLabel('Toteutus').inputValue()).toBe(text)
})

test('a signed note is completed with a reason, without a network, and stands as it was', async () => {
  const visit = `/visits/${client.visit}?customership=${client.customership}`
  await openVisit(onTablet)
  await tap(onTablet, 'Vahvista')
  await onTablet.getByText('Kirjaus on vahvistettu').waitFor()
  await exchange(onTablet)
  await tablet.context.setOffline(true)
  await follow(onTablet, 'Tänään')
  await onTablet.locator(`a[href="${visit}"]`).first().click()
  await follow(onTablet, 'Täydennä tai korjaa')
  await heading(onTablet, 'Täydennä tai korjaa').waitFor()
  await tap(onTablet, 'Vahvista täydennys')
  await onTablet.getByText('Kirjaus on vielä ennallaan.').waitFor()
  await onTablet.getByLabel('Havainnot').fill('Lapsi oli iloinen')
  await onTablet.getByText('Tallennettu tälle laitteelle').waitFor()
  await tap(onTablet, 'Vahvista täydennys')
  await onTablet.getByText('Kerro syy').waitFor()
  expect(await findFaultsInBothLights(onTablet)).toEqual([])
  await tap(onTablet, 'Jäi kirjaamatta')
  await tap(onTablet, 'Vahvista täydennys')
  await heading(onTablet, 'Käynti: Helka').waitFor()
  const amendment = onTablet.getByRole('region', { name: /^Täydennys / })
  await amendment.getByText('Lapsi oli iloinen').waitFor()
  expect(await amendment.innerText()).toMatch(/Helmi Kotikäyttäjä\. Syy: Jäi kirjaamatta/)
  await amendment.getByText('Odottaa lähetystä').waitFor()
  expect(await findFaultsInBothLights(onTablet)).toEqual([])

  await tablet.context.setOffline(false)
  await exchange(onTablet)
  await onPhone.goto(`${household.tablet}/clients/${client.customership}`)
  await unlock(onPhone)
  await onPhone
    .getByRole('region', { name: /^Täydennys / })
    .getByText('Lapsi oli iloinen')
    .waitFor()
})
