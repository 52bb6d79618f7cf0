import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AuthenticatorInBrowser } from '#tests/support/authenticator-in-browser.ts'
import { Tablet } from '#tests/support/browser.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, password, people } from '#tests/support/household.ts'

const newPassword = 'vihreä laiva merellä'
const touch = 'Sormenjälki, kasvot tai PIN'

let household: Household
let desk: Tablet
let office: Page
let finger: AuthenticatorInBrowser

beforeAll(async () => {
  household = await Household.create()
  desk = await Tablet.create('desktop')
  office = desk.context.pages()[0] ?? (await desk.context.newPage())
  finger = await AuthenticatorInBrowser.plugInto(office)
})
afterAll(async () => {
  await desk.destroy()
  await household.destroy()
})

/** Another browser of the same person: no cookie is shared. */
async function elsewhere(): Promise<{ own: BrowserContext; page: Page }> {
  const browser: Browser | null = desk.context.browser()
  if (!browser) throw new Error('there is no browser')
  const own = await browser.newContext({ locale: 'fi-FI' })
  own.setDefaultTimeout(15_000)
  return { own, page: await own.newPage() }
}

async function openAccount(): Promise<void> {
  await office.getByRole('link', { name: 'Oma tili' }).click()
  await heading(office, 'Oma tili').waitFor()
}

async function signOut(): Promise<void> {
  await office.getByRole('button', { name: 'Kirjaudu ulos' }).click()
  await heading(office, 'Kirjaudu sisään').waitFor()
}

const passkeys = () => office.getByRole('list', { name: 'Avainkoodit (passkey)' })

test('a main user adds a passkey and signs in by it, without a user name', async () => {
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await openAccount()
  await office.getByText('Sinulla ei ole vielä avainkoodia.').waitFor()
  await office.getByRole('button', { name: 'Lisää avainkoodi' }).click()
  const dialog = office.getByRole('dialog', { name: 'Lisää avainkoodi' })
  await dialog.getByLabel('Avainkoodin nimi').fill('Toimiston kone')
  await dialog.getByRole('button', { name: touch }).click()
  await passkeys().getByText('Toimiston kone').waitFor()
  expect(await finger.credentials()).toMatchObject([{ isResidentCredential: true }])
  expect(await findFaultsInBothLights(office)).toEqual([])

  await signOut()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('button', { name: touch }).click()
  await heading(office, 'Tilanne').waitFor()
  await openAccount()
  await passkeys()
    .getByText(/Käytetty viimeksi/)
    .waitFor()
})

test('whom the fingerprint reader does not know is told so and is not in; the next touch lets its owner in', async () => {
  await signOut()
  await finger.recognise(false)
  await office.getByRole('button', { name: touch }).click()
  await office.getByText('Tunnistus ei onnistunut').waitFor()
  // A reader that has refused too often refuses everybody: the passkey moves to another.
  const [held] = await finger.credentials()
  await finger.unplug()
  finger = await AuthenticatorInBrowser.plugInto(office)
  if (held) await finger.take(held)
  await office.getByRole('button', { name: touch }).click()
  await heading(office, 'Tilanne').waitFor()
})

test('a changed password ends the other browser, and the new one opens', async () => {
  const { own, page } = await elsewhere()
  await page.goto(household.office)
  await signIn(page, people.coordinator.username)
  await heading(page, 'Tilanne').waitFor()

  await openAccount()
  const change = async (current: string) => {
    await office.getByLabel('Nykyinen salasana').fill(current)
    await office.getByLabel('Uusi salasana', { exact: true }).fill(newPassword)
    await office.getByLabel('Uusi salasana uudelleen').fill(newPassword)
    await office.getByRole('button', { name: 'Vaihda salasana' }).click()
  }
  await change('jokin aivan muu')
  await office.getByText('Nykyinen salasana ei täsmää.').waitFor()
  await change(password)
  await office.getByText('Salasana on vaihdettu').waitFor()
  await page.getByRole('heading', { name: 'Jatka kirjautumalla' }).waitFor()
  await own.close()

  const anew = await elsewhere()
  await anew.page.goto(household.office)
  await signIn(anew.page, people.coordinator.username, newPassword)
  await heading(anew.page, 'Tilanne').waitFor()
  await anew.own.close()
})

test('another main user restores access by a link, and nobody else knows the new password', async () => {
  const { own, page } = await elsewhere()
  await page.goto(household.tablet)
  await signIn(page, people.worker.username)
  await heading(page, 'Ota laite käyttöön').waitFor()

  await office.getByRole('link', { name: 'Käyttäjät' }).first().click()
  await office.getByRole('link', { name: people.worker.displayName }).click()
  await heading(office, people.worker.displayName).waitFor()
  await office.getByRole('button', { name: 'Palauta pääsy' }).click()
  const dialog = office.getByRole('dialog', {
    name: `Palautetaanko pääsy: ${people.worker.displayName}?`
  })
  await dialog.getByText('Vanha salasana ja avainkoodit').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await dialog.getByRole('button', { name: 'Palauta pääsy' }).click()
  const told = office.getByRole('dialog', { name: `Kertakoodi: ${people.worker.displayName}` })
  const link = await told.getByText('/welcome#').innerText()
  await told.getByRole('button', { name: 'Linkki on kerrottu' }).click()

  await page.reload()
  await heading(page, 'Kirjaudu sisään').waitFor()
  await signIn(page, people.worker.username)
  await page.getByText('Käyttäjätunnus tai salasana ei täsmää').waitFor()
  await page.goto(link)
  await heading(page, 'Uusi salasana').waitFor()
  expect(await findFaultsInBothLights(page)).toEqual([])
  await page.getByRole('textbox', { name: 'Salasana' }).fill(newPassword)
  await page.getByRole('button', { name: 'Tallenna salasana' }).click()
  // What was pending is as it was: nothing, so the next thing is the device.
  await heading(page, 'Ota laite käyttöön').waitFor()
  await own.close()
})
