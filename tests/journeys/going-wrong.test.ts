import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { addDays, dayAt } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import type { Tablet } from '#tests/support/browser.ts'
import type { Client } from '#tests/support/caseload.ts'
import { heading, unlock } from '#tests/support/door.ts'
import {
  begin,
  FaultyHousehold,
  openOutbox,
  patient,
  saved,
  sign
} from '#tests/support/faulty-household.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { heldIn } from '#tests/support/raw-vault.ts'

// What fails around whoever works: the line, the server, its disk, the device and its browser.

const firstNames = [
  'Aamu',
  'Bertta',
  'Cecilia',
  'Dagmar',
  'Elviira',
  'Fanny',
  'Gunvor',
  'Hilppa',
  'Ilma'
]

let house: FaultyHousehold
let tablet: Tablet
let field: Page

beforeAll(async () => {
  house = await FaultyHousehold.create(firstNames)
  ;({ tablet, page: field } = await house.enrolled())
})

beforeEach(() => house.proxy.heal())

afterAll(() => house.close())

test('a captive portal that answers with pages costs nothing, and delivery goes on when it ends', async () => {
  const client = house.nextClient()
  const asked: string[] = []
  house.proxy.fault = (path) => {
    asked.push(path)
    return { does: 'portal' }
  }
  // Whoever unlocks is given what is newest: that too is answered by the portal.
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Lukitse nyt' }).click()
  await unlock(field)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Kahvilan verkossa kirjoitettu')
  await sign(field)
  await openOutbox(field)
  await field.getByRole('button', { name: 'Lähetä nyt' }).click()
  await field.getByText('Kirjaukset ovat tallessa ja lähtevät itsestään, kun verkko on.').waitFor()
  for (const path of ['/api/sync/push', '/api/sync/pull'])
    await expect.poll(() => asked, patient).toContain(path)
  await field.getByText('Vahvistettu kirjaus').first().waitFor()
  expect(await field.getByRole('alert').count()).toBe(0)
  expect(await findFaultsInBothLights(field)).toEqual([])
  expect(await house.atOffice.written(client)).toEqual([])

  house.proxy.heal()
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  expect(await house.atOffice.written(client)).toEqual(['Kahvilan verkossa kirjoitettu'])
})

test('a full device keeps the words on the screen, says so, and saves when there is room', async () => {
  const client = house.nextClient()
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Tilaa oli vielä')
  await saved(field)
  const tools = await tablet.context.newCDPSession(field)
  const origin = house.household.tablet
  await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  const words = 'Tila loppui kesken lauseen'
  // The browser looks at its quota twice a minute at most: somebody goes on writing until it does.
  await expect
    .poll(async () => {
      await field.getByLabel('Toteutus').fill('')
      await field.getByLabel('Toteutus').fill(words)
      await field.getByText(/^Tallennettu tälle laitteelle|^Tallennus ei onnistunut/).waitFor()
      return field.getByText('Tallennus ei onnistunut. Teksti on yhä näytöllä.').isVisible()
    }, patient)
    .toBe(true)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe('Tila loppui kesken lauseen')

  await tools.send('Storage.overrideQuotaForOrigin', { origin })
  await tools.detach()
  await field.getByRole('button', { name: 'Yritä uudelleen' }).click()
  await saved(field)
  await sign(field)
  await expect
    .poll(() => house.atOffice.written(client), patient)
    .toEqual(['Tila loppui kesken lauseen'])
})

test('a full device is opened and read, hands over what was signed, and lets go of what it must', async () => {
  const [client, former] = [house.nextClient(), house.nextClient()]
  house.proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Vahvistettu ennen kuin tila loppui')
  await sign(field)
  const tools = await tablet.context.newCDPSession(field)
  const origin = house.household.tablet
  await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  await expect.poll(() => whatAPutMeets(field), patient).toBe('QuotaExceededError')

  await field.reload()
  await unlock(field)
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await field.getByRole('link', { name: former.firstName }).first().click()
  await heading(field, new RegExp(former.firstName)).waitFor()
  expect(await house.atOffice.written(client)).toEqual([])

  await unassign(former)
  house.proxy.heal()
  await field.evaluate(() => dispatchEvent(new Event('online')))
  await expect
    .poll(() => house.atOffice.written(client), patient)
    .toEqual(['Vahvistettu ennen kuin tila loppui'])
  await expect.poll(() => heldIn(field), patient).not.toContain(former.customership)
  expect(await heldIn(field)).toContain(client.customership)
  expect(await whatAPutMeets(field)).toBe('QuotaExceededError')
  await field.getByText('Laitteen tila on loppu. Poista kuvia tai sovelluksia').waitFor(patient)
  expect(await findFaultsInBothLights(field)).toEqual([])

  await tools.send('Storage.overrideQuotaForOrigin', { origin })
  await tools.detach()
  await openOutbox(field)
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  expect(await house.atOffice.written(client)).toEqual(['Vahvistettu ennen kuin tila loppui'])
})

/** Beside the vault, of which nothing is touched. */
const whatAPutMeets = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('beside')
      request.onupgradeneeded = () => request.result.createObjectStore('rows')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error('not opened'))
    })
    try {
      return await new Promise<string>((resolve) => {
        const put = database.transaction('rows', 'readwrite')
        put.oncomplete = () => resolve('room')
        put.onabort = () => resolve(put.error?.name ?? 'aborted')
        put.objectStore('rows').put('one', 'row')
      })
    } finally {
      database.close()
    }
  })

/** The office decides that nobody visits the client any more. */
async function unassign({ customership }: Client): Promise<void> {
  const path = `/api/office/customerships/${customership}`
  const answer = await house.atOffice.ask('GET', `${path}?purpose=carrying-out`)
  const { entries } = customershipAnswerSchema.parse(await answer.json())
  for (const { id, revision, data } of entriesOf(entries, 'assignment')) {
    const until = addDays(dayAt(Date.now()), -1)
    const body = { id, data: { ...data, until }, based: revision, reason: 'Sovittu' }
    expect((await house.atOffice.ask('POST', `${path}/assignments`, body)).status).toBe(201)
  }
}

test('a server killed in the middle of a push applies everything exactly once', async () => {
  const three = [house.nextClient(), house.nextClient(), house.nextClient()]
  house.proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  for (const client of three) {
    await begin(field, client)
    await field.getByLabel('Toteutus').fill(`Kerran: ${client.firstName}`)
    await sign(field)
  }
  await openOutbox(field)
  const waiting = () => field.getByText('Vahvistettu kirjaus').count()
  expect(await waiting()).toBeGreaterThanOrEqual(3)
  for (const once of ['sent', 'answered'] as const) {
    const killed = Promise.withResolvers<void>()
    const then = () => void house.household.server.kill().then(killed.resolve)
    house.proxy.fault = (path) => (path === '/api/sync/push' ? { does: 'lose', once, then } : null)
    await field.getByRole('button', { name: 'Lähetä nyt' }).click()
    await killed.promise
    house.proxy.fault = () => ({ does: 'refuse' })
    await house.household.server.start()
    expect(await waiting()).toBeGreaterThanOrEqual(3)
  }
  house.proxy.heal()
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  for (const client of three)
    expect(await house.atOffice.written(client)).toEqual([`Kerran: ${client.firstName}`])
})

test('while the disk of the server is full nothing is taken, and nothing is lost', async () => {
  const client = house.nextClient()
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Levy oli täynnä')
  await saved(field)
  await house.household.server.fillDisk(true)
  const refused = tablet.context.waitForEvent('response', (response) =>
    response.url().endsWith('/api/sync/push')
  )
  await sign(field)
  const answer = await refused
  expect([answer.status(), ((await answer.json()) as { code: string }).code]).toEqual([
    503,
    'store-unavailable'
  ])
  expect((await fetch(`http://127.0.0.1:${house.household.server.port}/api/health`)).status).toBe(
    503
  )
  await openOutbox(field)
  await field.getByText('Vahvistettu kirjaus').first().waitFor()
  await field.getByRole('button', { name: 'Lähetä nyt' }).click()
  await field.getByText('Tietoja ei saatu päivitettyä').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])

  await house.household.server.fillDisk(false)
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  expect(await house.atOffice.written(client)).toEqual(['Levy oli täynnä'])
})

test('Background Sync delivers what waits when no page is open', async () => {
  const { tablet, page: field } = await house.enrolled()
  const client = house.nextClient()
  house.proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Sivu oli jo suljettu')
  await sign(field)
  await field.evaluate(async () => {
    const { sync } = (await navigator.serviceWorker.ready) as unknown as {
      sync: { getTags(): Promise<string[]> }
    }
    while ((await sync.getTags()).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 100))
  })
  await field.goto('about:blank')
  house.proxy.heal()

  const browser = await tablet.context.newCDPSession(field)
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(house.household.tablet))
      if (ours) resolve(ours.registrationId)
    })
  })
  await browser.send('ServiceWorker.enable')
  const registrationId = await registered
  const tag = 'kotikaynti-outbox'
  const event = { origin: house.household.tablet, registrationId, tag, lastChance: false }
  await browser.send('ServiceWorker.dispatchSyncEvent', event)
  await expect.poll(() => house.atOffice.written(client), patient).toEqual(['Sivu oli jo suljettu'])
  await browser.detach()
  await field.goto(house.household.tablet)
  await unlock(field)
  await heading(field, 'Tänään').waitFor()
})

test.for(['indexedDB', 'locks'])(
  'a browser without %s is told so in three languages',
  async (lacking) => {
    const { page } = await house.browser('desktop')
    await page.addInitScript((name) => {
      Reflect.deleteProperty(name === 'locks' ? Navigator.prototype : globalThis, name)
    }, lacking)
    await page.goto(house.household.office)
    for (const name of [
      'Tämä selain ei riitä',
      'Den här webbläsaren räcker inte',
      'This browser is not enough'
    ])
      await page.getByRole('heading', { name, level: 2 }).waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
    expect(await findFaultsInBothLights(page)).toEqual([])
  }
)
