import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deviceListSchema, type DeviceSummary } from '#contract/device.ts'
import type { CustomershipId } from '#contract/id.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, toTheDay, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { scanFolder, scanFolderForBytes } from '#tests/support/scan.ts'

const firstNames = ['Aamukaste', 'Bertteliina', 'Ceciliana']
const patient = { timeout: 60_000, interval: 250 }
const day = 86_400_000

let proxy: FaultProxy
let household: Household
let desk: Tablet
let office: Page
let clients: Client[]
let atOffice: OfficeDesk
const tablets: Tablet[] = []

/** Much is written over and looked through here: a slow machine may take its time. */
async function firstPage({ context }: Tablet): Promise<Page> {
  context.setDefaultTimeout(60_000)
  return context.pages()[0] ?? (await context.newPage())
}
const refuseAll = () => {
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
}

async function deviceAtOffice(id: string): Promise<DeviceSummary> {
  const answer = await atOffice.ask('GET', '/api/devices')
  const { devices } = deviceListSchema.parse(await answer.json())
  const found = devices.find((device) => device.id === id)
  if (!found) throw new Error('the office knows no such device')
  return found
}

const stateOf = async (id: string) => (await deviceAtOffice(id)).state

const revoke = async (id: string) => {
  expect((await atOffice.ask('DELETE', `/api/devices/${id}`)).status).toBe(204)
}

/** How often the words stand in a note at the office. */
async function countAtOffice(words: string): Promise<number> {
  const { notes } = await atOffice.feed()
  return notes.filter(({ note }) => note.kind === 'note' && note.data.fields['done'] === words)
    .length
}

/** Of whom a revoked device brought something, for the office to decide on. */
async function awaitingFromRevoked(): Promise<CustomershipId[]> {
  const { awaiting } = await atOffice.feed()
  return awaiting.flatMap(({ code, customership }) =>
    code === 'device-revoked' && customership ? [customership] : []
  )
}

async function newTablet(username: string = people.worker.username) {
  const tablet = await Tablet.create('tablet')
  tablets.push(tablet)
  const field = await firstPage(tablet)
  await field.goto(household.tablet)
  const device = await enrolled(field, username)
  return { tablet, field, device }
}

async function enrolled(field: Page, username: string): Promise<string> {
  await signIn(field, username)
  const before = new Set(await doorDevices(field))
  await enrol(field)
  await toTheDay(field)
  const device = (await doorDevices(field)).find((id) => !before.has(id))
  if (!device) throw new Error('nobody was enrolled')
  // From here on it opens without a network.
  await field.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  return device
}

/** The devices that have a database here. */
const doorDevices = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name = '' }) =>
      name.startsWith('kotikaynti-') ? [name.slice('kotikaynti-'.length)] : []
    )
  )

/** How many sealed rows of clients lie here, without any key. */
const rowsIn = (page: Page, device: string): Promise<number> =>
  page.evaluate(async (name) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error('it does not open'))
    })
    const stores = ['customerships', 'faces', 'copies', 'pages']
    const transaction = database.transaction(stores, 'readonly')
    const counts = await Promise.all(
      stores.map(
        (store) =>
          new Promise<number>((resolve) => {
            const asked = transaction.objectStore(store).count()
            asked.onsuccess = () => resolve(asked.result)
          })
      )
    )
    database.close()
    return counts.reduce((sum, count) => sum + count, 0)
  }, `kotikaynti-${device}`)

/** A row of a client without a last day of its own, as one who copied it earlier could lay it there. */
const layRow = (page: Page, device: string): Promise<void> =>
  page.evaluate(async (name) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
    })
    const row = { id: crypto.randomUUID(), revision: 1, view: 'k1', purgeAfter: null }
    const store = database.transaction('faces', 'readwrite').objectStore('faces')
    await new Promise((resolve) => {
      store.put({ ...row, sealed: new ArrayBuffer(64) }).onsuccess = resolve
    })
    database.close()
  }, `kotikaynti-${device}`)

/** What is wrapped in the keyring: the root and each customership's key, as they lie on the disk. */
async function wrappedKeys(page: Page, device: string): Promise<Buffer[]> {
  const bytes = Buffer.from(
    await page.evaluate(async (name) => {
      const folder = await navigator.storage.getDirectory()
      const file = await (await folder.getFileHandle(name)).getFile()
      return [...new Uint8Array(await file.arrayBuffer())]
    }, `keyring-${device}`)
  )
  const [, root = ''] = /"wrapped":"([\w-]+)"/.exec(bytes.toString('latin1')) ?? []
  const slots = Array.from({ length: 50 }, (_, index) =>
    bytes.subarray(slotsAt + index * 64 + 16, slotsAt + index * 64 + 56)
  )
  return [Buffer.from(root, 'base64url'), ...slots.filter((slot) => slot.some((one) => one > 0))]
}
const slotsAt = 8192

/** Which of the keys lie in the profile; its browser is closed, so that nothing is yet to be written. */
async function runsFound(tablet: Tablet, keys: readonly Buffer[]): Promise<Set<number>> {
  const found = await scanFolderForBytes(tablet.profile, keys)
  return new Set(found.map((line) => Number(line.split(' ').at(-1))))
}

async function write(field: Page, { firstName }: Client, words: string): Promise<void> {
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  await heading(field, 'Tänään').waitFor()
  await field.getByRole('radio', { name: 'Viikko' }).click()
  await field.getByRole('link', { name: firstName }).first().click()
  await heading(field, `Käynti: ${firstName}`).waitFor()
  const begin = field.getByRole('button', { name: 'Aloita käynti' })
  const tick = field.getByRole('checkbox', { name: 'Lastenhoito' })
  // What may be pressed is drawn a frame behind the heading.
  await begin.or(tick).first().waitFor()
  if (await begin.isVisible()) await begin.click()
  await tick.click()
  await field.getByLabel('Toteutus').fill(words)
  await field.getByRole('button', { name: 'Vahvista' }).click()
  await field.getByText('Kirjaus on vahvistettu').waitFor()
}

async function lock(field: Page): Promise<void> {
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Lukitse nyt' }).click()
  await heading(field, 'Avaa lukitus').waitFor()
}

const wiped = (field: Page) => field.getByText('Tämä laite on tyhjennetty').waitFor(patient)

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, firstNames)
    await addCaseload(parts, people.outsider.username, ['Dagmariina'])
  }, proxy.port)
  proxy.target = household.server.port
  desk = await Tablet.create('desktop')
  office = await firstPage(desk)
  atOffice = await OfficeDesk.signedIn(household)
})
beforeEach(() => proxy.heal())
afterAll(async () => {
  await Promise.all([desk, ...tablets].map((one) => one.destroy()))
  await proxy.close()
  await household.destroy()
})

test('revoked while it is open: three unsent notes arrive, then no byte of a key or a client is left', async () => {
  const { tablet, field, device } = await newTablet()
  refuseAll()
  for (const client of clients) await write(field, client, `Viesti perheeltä ${client.firstName}`)
  const keys = await wrappedKeys(field, device)
  expect(keys.length).toBe(1 + clients.length)
  await tablet.close()
  expect(await runsFound(tablet, keys)).toEqual(new Set(keys.keys()))
  await tablet.open()
  const again = await firstPage(tablet)
  await again.goto(household.tablet)
  await unlock(again)
  await heading(again, 'Tänään').waitFor()

  await office.goto(`${household.office}/office/users`)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').or(heading(office, 'Käyttäjät')).waitFor()
  await office.goto(`${household.office}/office/users`)
  const { name } = await deviceAtOffice(device)
  await office.getByRole('button', { name: `Poista käytöstä: ${name}` }).click()
  const asking = office.getByRole('dialog')
  await asking.getByRole('button', { name: 'Poista käytöstä' }).click()
  await asking.waitFor({ state: 'hidden' })
  await office.getByText(/^Ei vielä vahvistettu. Laina-aika päättyy \d+\.\d+\.\d{4}$/).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])

  proxy.heal()
  await again.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => stateOf(device), patient).toBe('wiped')
  const { wipedAt, waiting, holds } = await deviceAtOffice(device)
  expect([typeof wipedAt, waiting, holds]).toEqual(['string', 0, 0])
  expect(new Set(await awaitingFromRevoked())).toEqual(
    new Set(clients.map(({ customership }) => customership))
  )

  await expect.poll(() => doorDevices(again).catch(() => 'on its way'), patient).toEqual([])
  await wiped(again)
  expect(await findFaultsInBothLights(again)).toEqual([])
  const cookies = await tablet.context.cookies()
  expect(cookies.filter(({ name: one }) => one.includes('device-'))).toEqual([])
  await tablet.close()
  expect(await runsFound(tablet, keys)).toEqual(new Set())
  const words = [...firstNames, 'Viesti perheeltä']
  const planted = join(tablet.profile, 'planted')
  await writeFile(planted, Buffer.from(words.join(' ')).toString('base64'))
  expect((await scanFolder(tablet.profile, words)).length).toBe(words.length)
  await rm(planted)
  expect(await scanFolder(tablet.profile, words)).toEqual([])

  await office.reload()
  await office.getByText('Tyhjennetty').waitFor()
}, 300_000)

test('revoked while no page is open: the service worker delivers and drops, and the page ends the keys without a network', async () => {
  const { tablet, field, device } = await newTablet()
  refuseAll()
  const [client] = clients
  if (!client) throw new Error('there is no client')
  await write(field, client, 'Sivu oli suljettu, kun laite katosi')
  const keys = await wrappedKeys(field, device)
  await field.evaluate(async () => {
    const { sync } = (await navigator.serviceWorker.ready) as unknown as {
      sync: { getTags(): Promise<string[]> }
    }
    while ((await sync.getTags()).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 100))
  })
  await field.goto('about:blank')
  await revoke(device)
  const before = (await awaitingFromRevoked()).length
  proxy.heal()

  const browser = await tablet.context.newCDPSession(field)
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(household.tablet))
      if (ours) resolve(ours.registrationId)
    })
  })
  await browser.send('ServiceWorker.enable')
  const registrationId = await registered
  const event = { origin: household.tablet, registrationId, tag: 'kotikaynti-outbox' }
  await browser.send('ServiceWorker.dispatchSyncEvent', { ...event, lastChance: false })
  await expect
    .poll(async () => (await awaitingFromRevoked()).length, patient)
    .toBeGreaterThan(before)
  // What it dropped is not yet a wipe: the keyring is the page's.
  expect(await stateOf(device)).toBe('revoked')
  await browser.detach()

  await tablet.context.setOffline(true)
  await field.goto(household.tablet)
  await wiped(field)
  expect(await rowsIn(field, device)).toBe(0)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await tablet.close()
  expect(await runsFound(tablet, keys)).toEqual(new Set())
  expect(await scanFolder(tablet.profile, firstNames)).toEqual([])

  await tablet.open()
  const again = await firstPage(tablet)
  await again.goto(household.tablet)
  await wiped(again)
  await expect.poll(() => stateOf(device), patient).toBe('wiped')
}, 300_000)

test('on a shared tablet only the revoked one goes, and an answer that is cut off is finished at the next start', async () => {
  const { field, device } = await newTablet()
  await lock(field)
  await field.getByRole('link', { name: 'Uusi käyttäjä' }).click()
  await heading(field, /Kirjaudu/).waitFor()
  const other = await enrolled(field, people.outsider.username)
  const keys = await wrappedKeys(field, other)
  await lock(field)
  await revoke(device)
  let told = 0
  proxy.fault = (path) => {
    if (!path.endsWith('/wiped')) return null
    told += 1
    return { does: 'lose', once: 'answered', then: () => undefined }
  }
  await field.reload()
  await expect.poll(() => told, patient).toBeGreaterThan(0)
  expect((await doorDevices(field)).sort()).toEqual([device, other].sort())
  proxy.heal()
  await field.reload()
  await expect.poll(() => doorDevices(field), patient).toEqual([other])
  expect(await stateOf(device)).toBe('wiped')
  expect(await stateOf(other)).toBe('active')
  expect(await wrappedKeys(field, other)).toEqual(keys)
  await unlock(field)
  await heading(field, 'Minä').waitFor()
}, 300_000)

test('a forgotten passphrase is a new enrolment: what waited arrives once and in order, and what it opened is gone', async () => {
  const { field, device } = await newTablet()
  refuseAll()
  const [, client] = clients
  if (!client) throw new Error('there is no client')
  await write(field, client, 'Salalause unohtui kotiin')
  const keys = await wrappedKeys(field, device)
  await lock(field)
  proxy.fault = (path) => (path === '/api/sync/push' ? { does: 'refuse' } : null)
  await field.getByRole('button', { name: 'Unohditko salalauseen?' }).click()
  await field.getByRole('link', { name: 'Kirjaudu sisään' }).click()
  const next = await enrolled(field, people.worker.username)
  expect(next).not.toBe(device)
  expect((await wrappedKeys(field, device)).filter((key) => key.length > 0)).toEqual([])
  expect(await rowsIn(field, device)).toBe(0)
  expect(keys.length).toBeGreaterThan(1)
  expect((await deviceAtOffice(next)).state).toBe('active')
  expect(await countAtOffice('Salalause unohtui kotiin')).toBe(0)

  proxy.heal()
  await field.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => countAtOffice('Salalause unohtui kotiin'), patient).toBe(1)
  await expect.poll(async () => (await deviceAtOffice(device)).waiting, patient).toBe(0)
  expect(await countAtOffice('Salalause unohtui kotiin')).toBe(1)
}, 300_000)

test('§7 alone: an ended lease takes every client without a network, locked or open, and a clock set back does not bring it back', async () => {
  const { tablet, field, device } = await newTablet()
  expect(await rowsIn(field, device)).toBeGreaterThan(0)
  await tablet.context.setOffline(true)
  const start = Date.now()
  await field.clock.setFixedTime(start + 6 * day)
  await field.reload()
  await heading(field, 'Avaa lukitus').waitFor()
  expect(await rowsIn(field, device)).toBeGreaterThan(0)
  await unlock(field)
  await heading(field, 'Tänään').waitFor()
  await field.clock.setFixedTime(start + 8 * day)
  await field.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect.poll(() => rowsIn(field, device), patient).toBe(0)
  // Ten days back, with an older copy of a row laid in its place: the lease stays over.
  await field.clock.setFixedTime(start - 10 * day)
  await layRow(field, device)
  expect(await rowsIn(field, device)).toBe(1)
  await field.reload()
  await heading(field, 'Avaa lukitus').waitFor()
  await expect.poll(() => rowsIn(field, device), patient).toBe(0)
  const keys = await wrappedKeys(field, device)
  expect(keys.length).toBe(1)

  // One contact sets the time right, and what went comes back.
  await tablet.context.setOffline(false)
  await field.clock.setFixedTime(start)
  await field.reload()
  await unlock(field)
  await expect.poll(() => rowsIn(field, device), patient).toBeGreaterThan(0)
}, 300_000)

test('§7 alone: a longer lease that the server did not sign is not obeyed', async () => {
  const { tablet, field, device } = await newTablet()
  await lock(field)
  await tablet.context.setOffline(true)
  await field.evaluate(async (name) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
    })
    const store = database.transaction('meta', 'readwrite').objectStore('meta')
    const row = await new Promise<{ value: { until: string } }>((resolve) => {
      const asked = store.get('lease')
      asked.onsuccess = () => resolve(asked.result as { value: { until: string } })
    })
    row.value.until = '2099-01-01T00:00:00.000Z'
    await new Promise((resolve) => {
      store.put(row).onsuccess = resolve
    })
    database.close()
  }, `kotikaynti-${device}`)
  expect(await rowsIn(field, device)).toBeGreaterThan(0)
  await unlock(field)
  await heading(field, 'Minä').waitFor()
  expect(await rowsIn(field, device)).toBe(0)
}, 300_000)
