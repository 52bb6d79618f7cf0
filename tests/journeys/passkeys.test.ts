import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AuthenticatorInBrowser } from '#tests/support/authenticator-in-browser.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, toTheDay, unlock } from '#tests/support/door.ts'
import { Household, passphrase, password, people } from '#tests/support/household.ts'
import { scanFolderForBytes } from '#tests/support/scan.ts'

let household: Household
let tablet: Tablet
let page: Page
let authenticator: AuthenticatorInBrowser
/** Everything that left the page, and everything that any passkey derived. */
const sent: string[] = []
const touchButton = (name: string | RegExp = 'Sormenjälki, kasvot tai PIN') =>
  page.getByRole('button', { name })

/** Hands out what PRF answered, as the page's own code saw it: nothing else can know it. */
const watchSecrets = () => {
  const given: string[] = []
  Object.assign(globalThis, { givenSecrets: given })
  for (const name of ['get', 'create'] as const) {
    const ask = navigator.credentials[name].bind(navigator.credentials)
    navigator.credentials[name] = async (options?: object) => {
      const credential = (await ask(options)) as PublicKeyCredential | null
      const first = credential?.getClientExtensionResults().prf?.results?.first
      if (first instanceof ArrayBuffer) given.push(Array.from(new Uint8Array(first)).join())
      return credential
    }
  }
}

const givenSecrets = async (): Promise<Uint8Array[]> => {
  const given = await page.evaluate(
    () => (globalThis as unknown as { givenSecrets: string[] }).givenSecrets
  )
  return given.map((text) => Uint8Array.from(text.split(',').map(Number)))
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    await addCaseload(parts, people.worker.username, ['Aamu'])
  })
  tablet = await Tablet.create()
  page = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  // Each touch is a key derivation, a worker and a disk, on machines that may be busy.
  page.setDefaultTimeout(60_000)
  await page.addInitScript(watchSecrets)
  page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')))
  authenticator = await AuthenticatorInBrowser.plugInto(page)
})
afterAll(async () => {
  await tablet?.destroy()
  await household?.destroy()
})

const lock = async () => {
  await page.getByRole('link', { name: 'Minä' }).first().click()
  await page.getByRole('button', { name: 'Lukitse nyt' }).click()
  await heading(page, 'Avaa lukitus').waitFor()
}
const openMe = async () => {
  await page.getByRole('link', { name: 'Minä' }).first().click()
  await page.getByRole('heading', { name: 'Avauskeinot' }).waitFor()
}
const opened = () => page.getByRole('heading', { level: 1, name: /^(Minä|Tänään)$/ }).waitFor()

test('whoever enrols a device adds a fingerprint at once, and the passphrase is the spare', async () => {
  await page.goto(`${household.tablet}/sign-in`)
  await signIn(page, people.worker.username)
  await enrol(page)
  await page.getByRole('heading', { name: /Ota sormenjälki/ }).waitFor()
  await touchButton().click()
  await toTheDay(page)
  await opened()
  expect(await authenticator.credentials()).toHaveLength(1)
})

test('one touch opens the device, also without a network', async () => {
  await lock()
  await touchButton().click()
  await opened()
  await lock()
  await tablet.context.setOffline(true)
  await touchButton().click()
  await opened()
  await tablet.context.setOffline(false)
})

test('one touch signs in and opens the device as well', async () => {
  await page.getByRole('link', { name: 'Minä' }).first().click()
  await page.getByRole('button', { name: 'Kirjaudu ulos' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Kirjaudu ulos' }).click()
  await heading(page, 'Avaa lukitus').waitFor()
  await page.goto(`${household.tablet}/sign-in`)
  await touchButton().click()
  await heading(page, 'Tänään').waitFor()
})

test('who is not recognised is told so, and the passphrase opens', async () => {
  await lock()
  await authenticator.recognise(false)
  await touchButton().click()
  await page.getByText('Tunnistus ei onnistunut').waitFor()
  await authenticator.recognise(true)
  await unlock(page)
  await opened()
})

test('a second passkey opens as well; the first is removed and opens nothing', async () => {
  const [first] = await authenticator.credentials()
  await authenticator.unplug()
  authenticator = await AuthenticatorInBrowser.plugInto(page)
  await openMe()
  await page.getByRole('button', { name: 'Lisää avainkoodi (passkey)' }).click()
  const adding = page.getByRole('dialog')
  await adding.getByLabel('Avainkoodin nimi').fill('Toinen')
  await adding.getByLabel('Nykyinen salalause', { exact: true }).fill(passphrase)
  await adding.getByRole('button', { name: 'Sormenjälki, kasvot tai PIN' }).click()
  // The session came from unlocking, so the server asks who it is.
  const asked = adding.getByLabel('Salasanasi', { exact: true })
  await Promise.race([asked.waitFor(), page.getByText('Avainkoodi avaa nyt').waitFor()])
  if (await asked.isVisible()) {
    await asked.fill(password)
    await adding.getByRole('button', { name: 'Sormenjälki, kasvot tai PIN' }).click()
  }
  await page.getByText('Avainkoodi avaa nyt tämän laitteen').waitFor()
  await lock()
  await touchButton(/PIN: Toinen/).click()
  await opened()

  await openMe()
  await page.getByRole('button', { name: /^Poista Tabletti/ }).click()
  const removing = page.getByRole('dialog')
  await removing.getByRole('button', { name: 'Säilytä Toinen' }).click()
  await removing.getByText('Toinen säilyy').waitFor()
  await removing.getByLabel('Nykyinen salalause', { exact: true }).fill(passphrase)
  await removing.getByRole('button', { name: /^Poista Tabletti/ }).click()
  await page.getByText('Avauskeino on poistettu').waitFor()
  await lock()
  await touchButton().click()
  await opened()

  // The removed one, on an authenticator that has no other: the lock asks for the one that stands.
  if (!first) throw new Error('there was no passkey')
  await lock()
  await authenticator.unplug()
  authenticator = await AuthenticatorInBrowser.plugInto(page)
  await authenticator.take(first)
  await touchButton().click()
  await page.getByText('Tunnistus ei onnistunut').waitFor()
  await unlock(page)
  await opened()
})

test('a changed passphrase opens, the old one does not', async () => {
  const renewed = 'seitsemän vihreää kiveä rannalla'
  await openMe()
  await page.getByRole('button', { name: 'Vaihda salalause' }).click()
  const changing = page.getByRole('dialog')
  await changing.getByLabel('Nykyinen salalause', { exact: true }).fill(passphrase)
  await changing.getByLabel('Salalause', { exact: true }).fill(renewed)
  await changing.getByLabel('Salalause uudelleen').fill(renewed)
  await changing.getByRole('button', { name: 'Vaihda salalause' }).click()
  await page.getByText('Salalause on vaihdettu').waitFor()
  await lock()
  await unlock(page)
  await page.getByText(/Salalause ei täsmää/).waitFor()
  await unlock(page, renewed)
  await opened()
})

test('what a passkey derives is in no request and nowhere on the disk', async () => {
  const secrets = await givenSecrets()
  expect(secrets.length).toBeGreaterThan(4)
  expect(sent.length).toBeGreaterThan(10)
  for (const secret of secrets) {
    const base64 = Buffer.from(secret).toString('base64url')
    expect(sent.filter((text) => text.includes(base64.slice(0, 40)))).toEqual([])
  }
  await tablet.close()
  expect(await scanFolderForBytes(tablet.profile, secrets)).toEqual([])
})

test('where nothing is derived that is said, and the passphrase alone opens', async () => {
  await tablet.destroy()
  tablet = await Tablet.create()
  page = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  page.setDefaultTimeout(60_000)
  await AuthenticatorInBrowser.plugInto(page, { hasPrf: false })
  await page.goto(`${household.tablet}/sign-in`)
  await signIn(page, people.worker.username)
  await enrol(page)
  await touchButton().click()
  await page.getByText('Tämä avainkoodi ei voi avata laitetta ilman verkkoa').waitFor()
  await page.getByRole('button', { name: 'Jatka pelkällä salalauseella' }).click()
  await toTheDay(page)
  await opened()
  await lock()
  expect(await touchButton().count()).toBe(0)
  await unlock(page)
  await opened()
})
