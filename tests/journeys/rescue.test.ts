import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rescueFileSchema } from '#contract/rescue.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, toTheDay, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'

let proxy: FaultProxy
let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let clients: Client[]
let atOffice: OfficeDesk

const patient = { timeout: 40_000, interval: 250 }
const firstPage = async ({ context }: Tablet) => context.pages()[0] ?? (await context.newPage())

function clientAt(index: number): Client {
  const client = clients[index]
  if (!client) throw new Error('there is no such client')
  return client
}

/** The network is there for the app's own files, and not for what is written. */
const refuseApi = () => {
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
}

async function begin({ firstName, visit }: Client): Promise<void> {
  await field.goto(`${household.tablet}/visits/${visit}`)
  await unlock(field)
  await heading(field, `Käynti: ${firstName}`).waitFor()
  await field.getByRole('button', { name: 'Aloita käynti' }).click()
  await field.getByRole('checkbox', { name: 'Lastenhoito' }).click()
}

const saved = () => field.getByText('Tallennettu tälle laitteelle').waitFor()

async function sign(): Promise<void> {
  await field.getByRole('button', { name: 'Vahvista' }).click()
  await field.getByText('Kirjaus on vahvistettu').waitFor()
}

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, [
      ...['Aamu', 'Bertta', 'Cecilia', 'Dagmar', 'Elviira', 'Fanny']
    ])
  }, proxy.port)
  proxy.target = household.server.port
  atOffice = await OfficeDesk.signedIn(household)
  desk = await Tablet.create('desktop')
  tablet = await Tablet.create('tablet')
  office = await firstPage(desk)
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  field = await firstPage(tablet)
  for (const { context } of [desk, tablet]) context.setDefaultTimeout(patient.timeout)
  // So that a test can close every connection behind the app's back.
  await tablet.context.addInitScript(() => {
    const connections: IDBDatabase[] = []
    Object.assign(globalThis, { connections })
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (...given) {
      const request = open.apply(this, given)
      request.addEventListener('success', () => connections.push(request.result))
      return request
    }
  })
  await field.goto(household.tablet)
  await signIn(field, people.worker.username)
  await enrol(field)
  await field.getByText('Asiakkaat on haettu: 6').waitFor(patient)
  await toTheDay(field)
})

beforeEach(() => proxy.heal())

afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await proxy.close()
  await household.destroy()
})

/** As a browser does that is short of memory, or an operating system that took the disk away. */
const closeAll = (how: 'silently' | 'told') =>
  field.evaluate((told) => {
    const { connections } = globalThis as unknown as { connections: IDBDatabase[] }
    for (const connection of connections.splice(0)) {
      connection.close()
      if (told) connection.dispatchEvent(new Event('close'))
    }
  }, how === 'told')

const stayed = async () =>
  field.evaluate(() => (globalThis as unknown as { stayed?: true }).stayed === true)

test('every connection to the disk is closed while somebody writes: the words stay and are saved, without a reload', async () => {
  const client = clientAt(0)
  await begin(client)
  await field.evaluate(() => Object.assign(globalThis, { stayed: true }))
  let words = ''
  for (const how of ['silently', 'told', 'silently'] as const) {
    words += `Yhteys levyyn katkesi ${how}. `
    await closeAll(how)
    await field.getByLabel('Toteutus').fill(words.trim())
    await saved()
    await closeAll(how)
    await expect.poll(() => field.getByLabel('Toteutus').inputValue()).toBe(words.trim())
  }
  // In the middle of a delivery and of a pull.
  proxy.fault = (path) => {
    if (path.startsWith('/api/sync/')) void closeAll('told')
    return null
  }
  await sign()
  await expect.poll(() => atOffice.written(client), patient).toEqual([words.trim()])
  proxy.heal()
  await field.getByRole('link', { name: 'Lähtevät' }).first().click()
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  expect(await stayed()).toBe(true)
})

test('a tablet whose app does not start leads to the rescue page within seconds, offline too, and delivers from there', async () => {
  const client = clientAt(1)
  refuseApi()
  await begin(client)
  await field.getByLabel('Toteutus').fill('Sovellus ei enää käynnistynyt')
  await sign()
  // A broken update: the page that is kept names scripts that nobody has.
  await field.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const kept = request.url.includes('/app.html') ? await cache.match(request) : undefined
        if (!kept) continue
        const broken = (await kept.text()).replaceAll('/entry/', '/gone/')
        await cache.put(request, new Response(broken, { headers: kept.headers }))
      }
    }
  })
  proxy.fault = () => ({ does: 'refuse' })
  await field.goto(`${household.tablet}/today`)
  await field.getByRole('link', { name: 'Sovellus ei käynnisty? Avaa Pelastus' }).click()
  await heading(field, 'Pelastus').waitFor()
  await field.getByText(/odottaa lähetystä$/).waitFor()
  await field.getByText('Helmi', { exact: true }).waitFor()
  expect(await field.content()).not.toContain(client.firstName)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Lähetä toimistoon' }).click()
  await field.getByText(/^Ei yhteyttä toimistoon/).waitFor()
  await field.getByRole('button', { name: 'Hae sovellus uudelleen' }).click()
  await field.getByText(/^Haku vaatii yhteyden/).waitFor()

  proxy.heal()
  await field.getByRole('button', { name: 'Lähetä toimistoon' }).click()
  await field.getByText(/^Perillä: \d+\./).waitFor()
  await field.getByText('Mikään ei odota lähetystä.').waitFor()
  expect(await atOffice.written(client)).toEqual(['Sovellus ei enää käynnistynyt'])
  expect(await findFaultsInBothLights(field)).toEqual([])

  await field.getByRole('button', { name: 'Hae sovellus uudelleen' }).click()
  await heading(field, 'Avaa lukitus').waitFor(patient)
  await unlock(field)
  await field.getByRole('link', { name: 'Lähtevät' }).first().click()
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  expect(await atOffice.written(client)).toEqual(['Sovellus ei enää käynnistynyt'])
})

test('what is saved to a file is sealed, is taken in at the office, and what is written on afterwards follows it', async () => {
  const client = clientAt(2)
  refuseApi()
  await begin(client)
  await field.getByLabel('Toteutus').fill('Tiedostossa kulkenut')
  await saved()
  const page = await tablet.context.newPage()
  await page.goto(`${household.tablet}/rescue`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Tallenna tiedostoon' }).click()
  const path = await (await downloading).path()
  const text = await readFile(path, 'utf8')
  expect(rescueFileSchema.safeParse(JSON.parse(text)).success).toBe(true)
  for (const word of ['Tiedostossa', client.firstName, people.worker.displayName])
    expect(text).not.toContain(word)
  await page.close()

  await office.getByRole('link', { name: 'Käyttäjät' }).click()
  await office.getByLabel('Valitse tiedosto').setInputFiles({
    name: 'kotikaynti-pelastus.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text)
  })
  await office.getByText(/^\d+ kirjausta: \d+ tallennettu/).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  expect(await atOffice.written(client)).toEqual(['Tiedostossa kulkenut'])
  await office.getByLabel('Valitse tiedosto').setInputFiles({
    name: 'muu.json',
    mimeType: 'application/json',
    buffer: Buffer.from('tämä ei ole')
  })
  await office.getByText('Tämä ei ole pelastustiedosto').waitFor()

  await field.getByLabel('Toteutus').fill('Tiedostossa kulkenut ja jatkettu')
  await saved()
  proxy.heal()
  await sign()
  await expect
    .poll(() => atOffice.written(client), patient)
    .toEqual(['Tiedostossa kulkenut ja jatkettu'])
})

test('a tab gives way to a newer version: typed words are sealed first, and the newer outbox is delivered by the rescue page', async () => {
  const client = clientAt(3)
  refuseApi()
  await begin(client)
  await field.getByLabel('Toteutus').fill('Kirjoitettu juuri ennen päivitystä')
  const page = await tablet.context.newPage()
  await page.goto(`${household.tablet}/rescue`)
  await page.getByText(/odottaa lähetystä$/).waitFor()
  const reloaded = field.waitForEvent('load')
  // What a newer version does first: a schema that this one does not know.
  const waiting = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const { name = '' } = databases.find((one) => one.name?.startsWith('kotikaynti-')) ?? {}
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 40)
      request.onupgradeneeded = () => request.result.createObjectStore('newer')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error('not upgraded'))
    })
    const rows = await new Promise<{ waiting: number }[]>((resolve) => {
      const all = newer.transaction('outbox').objectStore('outbox').getAll()
      all.onsuccess = () => resolve(all.result as { waiting: number }[])
    })
    newer.close()
    return rows.filter((row) => row.waiting === 1).length
  })
  expect(waiting).toBeGreaterThan(0)
  await reloaded
  // This version can do nothing with it, writes nothing, and says where the notes can be sent from.
  await field.getByRole('link', { name: 'Avaa Pelastus' }).click()
  await heading(field, 'Pelastus').waitFor()
  proxy.heal()
  await field.getByRole('button', { name: 'Lähetä toimistoon' }).click()
  await field.getByText(/^Perillä: \d+\./).waitFor()
  expect(await atOffice.written(client)).toEqual(['Kirjoitettu juuri ennen päivitystä'])
  await page.close()
})
