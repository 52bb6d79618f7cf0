import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entryIdSchema } from '#contract/id.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import {
  addCanaryFamily,
  canaryWords,
  colleagueName,
  endAssignment,
  type CanaryWords
} from '#tests/support/canary-family.ts'
import type { Client } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, toTheDay, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { Forensics } from '#tests/support/forensics.ts'
import { Household, passphrase, password, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { KeyRecorder } from '#tests/support/key-recorder.ts'
import { pngOf } from '#tests/support/pictures.ts'

const stays = canaryWords('Pysyva')
const leaves = canaryWords('Lahteva')
/** What the worker writes on this tablet. */
const own = {
  signed: 'ZyxOma vahvistettu kirjaus 55117ä',
  draft: 'ZyxOma keskeneräinen luonnos 66229ä',
  suggested: 'ZyxOma ehdotus lemmikeistä 77341ä'
}
const recorder = new KeyRecorder()

let proxy: FaultProxy
let household: Household
let tablet: Tablet
let field: Page
let staying: Client
let leaving: Client
let atOffice: OfficeDesk
/** The customership's wrapped key, as it lies in the keyring while it is held. */
const wrappedKeys = new Map<string, Buffer>()

const withoutNetwork: FaultProxy['fault'] = (path) =>
  path.startsWith('/api/') ? { does: 'refuse' } : recorder.fault(path)

/** Nothing is slept through: the longest that a slow machine may take. */
const patient = { timeout: 40_000, interval: 250 }

const words = (): string[] => [
  ...Object.values(stays),
  ...Object.values(leaves),
  ...Object.values(own),
  colleagueName,
  passphrase,
  password
]

/** Pixels that spell words: whoever finds the page finds them. */
const paperOf = (family: CanaryWords) => pngOf(`${family['paper']} `.repeat(20), 60)

const secrets = (): Buffer[] => [
  ...words().map((word) => Buffer.from(word)),
  Buffer.from(String(stays['paper'])),
  ...recorder.secrets()
]

const readableIn = (folder: string) => new Forensics(secrets()).scanProfile(folder)

async function bringPaper({ customership }: Client, family: CanaryWords): Promise<void> {
  const id = entryIdSchema.parse(newUuidV7(performance.timeOrigin + performance.now()))
  const bytes = paperOf(family)
  const path = `/api/office/customerships/${customership}/documents`
  const stored = await atOffice.ask('PUT', `${path}/${id}/pages/1`, bytes)
  expect(stored.status).toBe(200)
  const sha256 = createHash('sha256').update(bytes).digest('base64url')
  const added = await atOffice.ask('POST', path, {
    id,
    type: 'medication-permit',
    title: family['title'],
    validUntil: '2099-12-31',
    identityCode: 'none',
    original: 'none',
    pages: [{ page: 1, sha256, mediaType: 'image/png' }]
  })
  expect(added.status).toBe(201)
}

async function open(): Promise<void> {
  const context = await tablet.open()
  await recorder.listen(context)
  field = context.pages()[0] ?? (await context.newPage())
}

/** How many rows each table of this browser's vault has. */
const held = (): Promise<Record<string, number>> =>
  field.evaluate(async () => {
    const all = await indexedDB.databases()
    const name = all.map((one) => one.name ?? '').find((one) => one.startsWith('kotikaynti-')) ?? ''
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error('not opened'))
    })
    const counts: Record<string, number> = {}
    for (const store of ['customerships', 'faces', 'pages', 'copies'])
      counts[store] = await new Promise<number>((resolve) => {
        const counting = database.transaction(store).objectStore(store).count()
        counting.onsuccess = () => resolve(counting.result)
      })
    database.close()
    return counts
  })

/** Each key slot of the keyring begins with the id whose key it holds. */
async function wrappedKeyOf({ customership }: Client): Promise<Buffer | null> {
  const id = Buffer.from(customership.replaceAll('-', ''), 'hex')
  const entries = await readdir(tablet.profile, { withFileTypes: true, recursive: true })
  for (const entry of entries) {
    if (!entry.isFile() || !entry.parentPath.includes('File System')) continue
    const bytes = await readFile(join(entry.parentPath, entry.name))
    const at = bytes.indexOf(id)
    if (at !== -1) return bytes.subarray(at + id.length, at + id.length + 40)
  }
  return null
}

const copiesOf = ({ customership }: Client) =>
  new Forensics([wrappedKeys.get(customership) ?? Buffer.alloc(0)]).scanProfile(tablet.profile)

async function openCard({ firstName }: Client): Promise<void> {
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await field.getByRole('link', { name: firstName }).first().click()
  await heading(field, new RegExp(firstName)).waitFor()
}

async function begin({ firstName }: Client, text: string): Promise<void> {
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  await heading(field, 'Tänään').waitFor()
  await field.getByRole('radio', { name: 'Viikko' }).click()
  await field.getByRole('link', { name: firstName }).first().click()
  await heading(field, `Käynti: ${firstName}`).waitFor()
  await field.getByRole('button', { name: 'Aloita käynti' }).click()
  await field.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await field.getByLabel('Toteutus').fill(text)
  await field.getByText('Tallennettu tälle laitteelle').waitFor()
}

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  proxy.fault = recorder.fault
  household = await Household.create(async (parts) => {
    staying = await addCanaryFamily(parts, people.worker.username, stays)
    leaving = await addCanaryFamily(parts, people.worker.username, leaves)
  }, proxy.port)
  proxy.target = household.server.port
  atOffice = await OfficeDesk.signedIn(household)
  await bringPaper(staying, stays)
  await bringPaper(leaving, leaves)
  tablet = await Tablet.create('tablet')
  await tablet.close()
  await open()
})

afterAll(async () => {
  await tablet.destroy()
  await proxy.close()
  await household.destroy()
})

test('the scan finds each word and each key in a browser that keeps them readable', async () => {
  const careless = await Tablet.create('tablet')
  try {
    const page = careless.context.pages()[0] ?? (await careless.context.newPage())
    await page.goto(household.tablet)
    const raw = crypto.getRandomValues(new Uint8Array(32))
    const everything = { words: words(), raw: [...raw], page: paperOf(stays).toString('base64') }
    await page.evaluate(async (kept) => {
      const usages: KeyUsage[] = ['encrypt']
      const bytes = new Uint8Array(kept.raw)
      const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, usages)
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('careless')
        opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
        opening.onsuccess = () => resolve(opening.result)
      })
      const writing = database.transaction('kept', 'readwrite', { durability: 'strict' })
      writing.objectStore('kept').put(kept.words, 'words')
      writing.objectStore('kept').put(key, 'key')
      const picture = Uint8Array.from(atob(kept.page), (letter) => letter.charCodeAt(0))
      writing.objectStore('kept').put(picture, 'page')
      await new Promise((resolve) => {
        writing.oncomplete = resolve
      })
      database.close()
    }, everything)
    await careless.close()
    const looked = [...words().map((word) => Buffer.from(word)), Buffer.from(raw)]
    const found = await new Forensics(looked).scanProfile(careless.profile)
    const numbers = new Set(found.map((line) => Number(line.split(': ')[1])))
    expect([...numbers].sort((a, b) => a - b)).toEqual(looked.map((_, index) => index))
    const paper = new Forensics([Buffer.from(String(stays['paper']))])
    expect(await paper.scanProfile(careless.profile)).not.toEqual([])
  } finally {
    await careless.destroy()
  }
})

test('unlocked, in the middle of a sentence, and killed: nothing is readable', async () => {
  await field.goto(household.tablet)
  await signIn(field, people.worker.username)
  await enrol(field)
  await field.getByText('Asiakkaat on haettu: 2').waitFor()
  await toTheDay(field)
  await expect.poll(held, patient).toMatchObject({ customerships: 2, faces: 2, pages: 2 })
  await openCard(leaving)
  await field.getByText(String(leaves['contactName'])).first().waitFor()
  await openCard(staying)
  for (const shown of ['allergies', 'signedByOther', 'contactName'])
    await field.getByText(String(stays[shown])).first().waitFor()
  await field
    .getByRole('button', { name: /^Näytä/ })
    .first()
    .click()
  await field.getByRole('img', { name: 'Sivu 1/1' }).waitFor()
  await field.getByRole('button', { name: 'Sulje' }).click()
  await field.getByRole('button', { name: 'Ehdota korjausta: Lemmikit' }).click()
  const dialog = field.getByRole('dialog')
  await dialog.getByLabel('Näin sen pitäisi olla').fill(own.suggested)
  await dialog.getByRole('button', { name: 'Ehdota toimistolle' }).click()
  await field.getByText(`Ehdotit: ${own.suggested}`).waitFor()

  proxy.fault = withoutNetwork
  await begin(leaving, own.signed)
  await field.getByRole('button', { name: 'Vahvista' }).click()
  await field.getByText('Kirjaus on vahvistettu').waitFor()
  await begin(staying, own.draft)
  expect(recorder.secrets().length).toBeGreaterThanOrEqual(7)
  const kinds = new Set(recorder.keys.map(({ what }) => what))
  expect(kinds).toEqual(new Set(['imported', 'derived', 'wrapped', 'wrapping', 'unwrapped']))

  await tablet.kill()
  expect(await readableIn(tablet.profile)).toEqual([])
  for (const client of [staying, leaving]) {
    const wrapped = await wrappedKeyOf(client)
    if (!wrapped) throw new Error('its wrapped key is not where it should be')
    expect(recorder.keys).toContainEqual({ what: 'wrapping', hex: wrapped.toString('hex') })
    wrappedKeys.set(client.customership, wrapped)
    expect(await copiesOf(client)).not.toEqual([])
  }
})

test('locked: nothing is readable, while the browser runs and after it', async () => {
  await open()
  await field.goto(household.tablet)
  await unlock(field)
  await heading(field, 'Tänään').waitFor()
  await openCard(staying)
  await field.getByText(String(stays['allergies'])).first().waitFor()
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Lukitse nyt' }).click()
  await heading(field, 'Avaa lukitus').waitFor()
  expect(await readableIn(tablet.profile)).toEqual([])
  await tablet.close()
  expect(await readableIn(tablet.profile)).toEqual([])
})

test('signed out: nothing is readable', async () => {
  proxy.fault = recorder.fault
  await open()
  // The browser was killed: whether it had written its cookies down is not left to chance.
  await tablet.context.clearCookies()
  await field.goto(household.tablet)
  await unlock(field)
  await field.getByRole('link', { name: 'Kirjaudu, niin tiedot päivittyvät' }).click()
  await signIn(field, people.worker.username)
  await heading(field, 'Tänään').waitFor()
  await field
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Kirjaudu ulos' }).click()
  const asked = field.getByRole('dialog')
  await asked.getByRole('button', { name: 'Kirjaudu ulos' }).click()
  await heading(field, 'Avaa lukitus').waitFor()
  await tablet.close()
  expect(await readableIn(tablet.profile)).toEqual([])
})

test('§7 one client had to go: no copy of its wrapped key is left, and the other’s still opens', async () => {
  await household.server.stop()
  await household.inside((parts) => endAssignment(parts, leaving))
  await household.server.start()
  await open()
  await field.goto(household.tablet)
  await heading(field, 'Avaa lukitus').waitFor()
  await expect.poll(held, patient).toEqual({ customerships: 1, faces: 1, pages: 1, copies: 0 })
  await expect.poll(() => wrappedKeyOf(leaving), patient).toBeNull()
  await tablet.close()
  expect(await copiesOf(leaving)).toEqual([])
  expect(await copiesOf(staying)).not.toEqual([])
  expect(await readableIn(tablet.profile)).toEqual([])

  await open()
  await field.goto(household.tablet)
  await unlock(field)
  await openCard(staying)
  await field.getByText(String(stays['allergies'])).first().waitFor()
  expect(await field.getByText(String(leaves['firstName'])).count()).toBe(0)
})

test('§7 the lease ended without a network: no copy of any wrapped key is left', async () => {
  proxy.fault = withoutNetwork
  await tablet.close()
  await open()
  const later = performance.timeOrigin + performance.now() + 8 * 86_400_000
  await tablet.context.clock.install({ time: later })
  await field.goto(household.tablet)
  await heading(field, 'Avaa lukitus').waitFor()
  await expect.poll(held, patient).toEqual({ customerships: 0, faces: 0, pages: 0, copies: 0 })
  await expect.poll(() => wrappedKeyOf(staying), patient).toBeNull()
  await tablet.close()
  for (const client of [leaving, staying]) expect(await copiesOf(client)).toEqual([])
  expect(await readableIn(tablet.profile)).toEqual([])
})
