import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Tablet } from '#tests/support/browser.ts'
import { heading, signIn, unlock } from '#tests/support/door.ts'
import {
  begin,
  FaultyHousehold,
  identityCode,
  openDay,
  patient,
  saved,
  sign
} from '#tests/support/faulty-household.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { password, people } from '#tests/support/household.ts'

// What a person does in haste or by mistake, and what it does not cost.

let house: FaultyHousehold
let tablet: Tablet
let field: Page

beforeAll(async () => {
  house = await FaultyHousehold.create(['Iivari', 'Jalmari', 'Kaleva', 'Lahja'])
  ;({ tablet, page: field } = await house.enrolled())
})

beforeEach(() => house.proxy.heal())

afterAll(() => house.close())

/** What time does in the end to every session. */
const endSession = async () => {
  await fetch('/api/session', { method: 'DELETE', headers: { 'Kotikaynti-Protocol': '1' } })
}

/** A desk of one's own, where the coordinator is signed in. */
async function atDesk(): Promise<Page> {
  const { page } = await house.browser('desktop')
  await page.goto(house.household.office)
  await signIn(page, people.coordinator.username)
  await heading(page, 'Tilanne').waitFor()
  return page
}

test('a wrong password and an unknown user are told alike, and haste is told when to try again', async () => {
  const { page: office } = await house.browser('desktop')
  await office.goto(house.household.office)
  const refusal = office.getByRole('alert')
  const told = async (username: string) => {
    await signIn(office, username, 'ei tämä ole salasana')
    await refusal.getByText('Käyttäjätunnus tai salasana ei täsmää').waitFor()
    return refusal.innerText()
  }
  const wrongPassword = await told(people.outsider.username)
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.reload()
  expect(await told('olematon')).toBe(wrongPassword)

  const attempt = async (word: string) => {
    const answered = office.waitForResponse((response) => response.url().endsWith('/api/session'))
    await signIn(office, people.outsider.username, word)
    return (await answered).status()
  }
  await expect.poll(() => attempt('ei tämäkään ole'), patient).toBe(429)
  await office.getByText('Liian monta yritystä').waitFor()
  await office.getByText(/^Yritä uudelleen (\d+ )?sekunnin kuluttua\.$/).waitFor()
  expect(await office.getByLabel('Käyttäjätunnus').inputValue()).toBe(people.outsider.username)
  expect(await findFaultsInBothLights(office)).toEqual([])
  await expect.poll(() => attempt(password), patient).toBe(200)
  await heading(office, 'Ota laite käyttöön').waitFor()
})

test('an identity code is masked in the form of a new client, and an expired session does not cost the form', async () => {
  const office = await atDesk()
  await office.getByRole('link', { name: 'Asiakkaat' }).click()
  await office.getByRole('link', { name: 'Uusi asiakkuus' }).click()
  await heading(office, 'Uusi asiakkuus').waitFor()
  await office.getByLabel('Etunimi').fill('Muusa')
  await office.getByLabel('Sukunimi').fill('Lomakkeinen')
  await office.getByLabel('Terveys').pressSequentially(`Astma, ${identityCode}, lääke repussa`)
  await office.getByText('Henkilötunnus peitettiin. Sitä ei tallenneta tänne.').waitFor()
  expect(await office.getByLabel('Terveys').inputValue()).toBe('Astma, ••••••-••••, lääke repussa')
  await office.getByLabel('Tilaaja', { exact: true }).selectOption({ index: 1 })
  await office.getByLabel('Palvelutuote').selectOption({ label: 'Lapsiperheiden kotipalvelu' })
  await office.getByRole('textbox', { name: 'Voimassa alkaen' }).fill('1.1.2025')
  await office.getByRole('textbox', { name: 'Viimeinen voimassaolopäivä' }).fill('31.12.2099')
  await office.getByLabel('Myönnetyt tunnit').fill('12,5')
  expect(await findFaultsInBothLights(office)).toEqual([])

  await office.evaluate(endSession)
  const cover = office.getByRole('dialog', { name: 'Jatka kirjautumalla' })
  await cover.waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  expect(await office.getByLabel('Etunimi').isVisible()).toBe(false)
  await cover.getByLabel('Salasana').fill('ei tämä')
  await cover.getByRole('button', { name: 'Jatka työtä' }).click()
  await cover.getByText('Käyttäjätunnus tai salasana ei täsmää').waitFor()
  await cover.getByLabel('Salasana').fill(password)
  await cover.getByRole('button', { name: 'Jatka työtä' }).click()
  await cover.waitFor({ state: 'hidden' })
  expect(await office.getByLabel('Etunimi').inputValue()).toBe('Muusa')
  await office.getByRole('button', { name: 'Perusta asiakkuus' }).click()
  await heading(office, /Lomakkeinen/).waitFor()
  await office.getByRole('tab', { name: 'Tiedot' }).click()
  await office.getByText('Astma, ••••••-••••, lääke repussa').waitFor()
})

test('a newer version that another tab took is told at the office, and the form stays as it is', async () => {
  const office = await atDesk()
  await office.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await office.getByRole('link', { name: 'Uusi asiakkuus' }).click()
  await office.getByLabel('Etunimi').fill('Muusa')
  await office.evaluate(async () => {
    await navigator.serviceWorker.ready
    navigator.serviceWorker.dispatchEvent(new Event('controllerchange'))
  })
  await office.getByRole('button', { name: 'Ota käyttöön' }).waitFor()
  expect(await office.getByLabel('Etunimi').isVisible()).toBe(true)
  expect(await office.getByLabel('Etunimi').inputValue()).toBe('Muusa')
})

test('an identity code typed into a note is masked, and the rest of the note stays and arrives', async () => {
  const client = house.nextClient()
  await begin(field, client)
  await field.getByLabel('Toteutus').pressSequentially(`Äiti sanoi ${identityCode} ja jatkoi`)
  await field.getByText('Henkilötunnus peitettiin. Muu teksti säilyi.').waitFor()
  const words = 'Äiti sanoi ••••••-•••• ja jatkoi'
  expect(await field.getByLabel('Toteutus').inputValue()).toBe(words)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await sign(field)
  await expect.poll(() => house.atOffice.written(client), patient).toEqual([words])
})

test('words typed just before leaving a visit are there afterwards', async () => {
  const client = house.nextClient()
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Viime hetken sanat')
  await openDay(field)
  await field.getByRole('radio', { name: 'Viikko' }).click()
  await field.getByRole('link', { name: client.firstName }).first().click()
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe('Viime hetken sanat')
})

test('two tabs write one note, and locking one locks both after the last words are kept', async () => {
  const client = house.nextClient()
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Ensimmäisessä kirjoitettu')
  await saved(field)
  const second = await tablet.context.newPage()
  await second.goto(`${house.household.tablet}/visits/${client.visit}`)
  await unlock(second)
  await heading(second, `Käynti: ${client.firstName}`).waitFor()
  expect(await second.getByLabel('Toteutus').inputValue()).toBe('Ensimmäisessä kirjoitettu')
  await second.getByLabel('Havainnot').fill('Toisessa kirjoitettu')
  await saved(second)

  await second.getByRole('link', { name: 'Minä' }).first().click()
  await heading(second, 'Minä').waitFor()
  await field.getByLabel('Toteutus').fill('Ensimmäisessä kirjoitettu loppuun')
  await second.getByRole('button', { name: 'Lukitse nyt' }).click()
  await heading(second, 'Avaa lukitus').waitFor()
  await heading(field, 'Avaa lukitus').waitFor()
  expect(await field.content()).not.toContain('Ensimmäisessä')
  await second.close()

  await unlock(field)
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe('Ensimmäisessä kirjoitettu loppuun')
  expect(await field.getByLabel('Havainnot').inputValue()).toBe('Toisessa kirjoitettu')
})

test('wrong passphrases wait and then end the vault, but not what waits in it', async () => {
  const { page: field } = await house.enrolled()
  const client = house.nextClient()
  house.proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Salalause unohtui')
  await sign(field)
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Lukitse nyt' }).click()
  await heading(field, 'Avaa lukitus').waitFor()

  await field.clock.install()
  const ended = field.getByText('Tätä laitetta ei voi enää avata salalauseella')
  const wait = field.getByText('Odota hetki')
  const wrong = field.getByText(/^Salalause ei täsmää/)
  await unlock(field, 'aivan väärä lause tässä')
  await wrong.waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  let waits = 0
  for (let tries = 1; tries < 10;) {
    await unlock(field, `aivan väärä lause ${tries}`)
    await field
      .getByRole('button', { name: 'Avaa', exact: true, disabled: false })
      .or(ended)
      .waitFor()
    if (await wait.isVisible()) {
      waits += 1
      await field.getByText(/^Voit yrittää uudelleen /).waitFor()
      if (waits === 1) expect(await findFaultsInBothLights(field)).toEqual([])
      await field.clock.fastForward(15 * 60_000)
    } else tries += 1
  }
  expect(waits).toBe(5)
  await ended.waitFor()
  await field.getByText(/odottaa lähetystä/).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  expect(await house.atOffice.written(client)).toEqual([])

  house.proxy.heal()
  await field.clock.fastForward(60_000)
  await field.getByText('Kaikki on lähetetty').waitFor(patient)
  expect(await house.atOffice.written(client)).toEqual(['Salalause unohtui'])
  await field.getByRole('link', { name: 'Kirjaudu sisään' }).click()
  await signIn(field, people.worker.username)
  await heading(field, 'Ota laite käyttöön').waitFor()
})
