import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { enrol, heading, signIn } from '#tests/support/door.ts'
import { Household, passphrase, people } from '#tests/support/household.ts'
import type { RecordedDatabase, RecordedVault } from './recorded-vault.ts'

/**
 * Records what a tablet of the version at hand has on its disk when it has written offline, and what its server has:
 * `node tests/wire/record-vault.ts NAME` after a build, once for each version of the wire or of the vault, in a
 * checkout of it. What is recorded must be deliverable for ever.
 */
const name = process.argv[2]
if (!name) throw new Error('node tests/wire/record-vault.ts NAME')

const signedWords = 'Leivottiin ja luettiin satua'
const draftWords = 'Ulkoiltiin vielä sateessa'

async function startVisit(page: Page, firstName: string, words: string): Promise<void> {
  await page.getByRole('link', { name: 'Tänään' }).first().click()
  await heading(page, 'Tänään').waitFor()
  await page.getByRole('radio', { name: 'Viikko' }).click()
  await page.getByRole('link', { name: firstName }).first().click()
  await heading(page, `Käynti: ${firstName}`).waitFor()
  await page.getByRole('button', { name: 'Aloita käynti' }).click()
  await page.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await page.getByLabel('Toteutus').fill(words)
  await page.getByText('Tallennettu tälle laitteelle').first().waitFor()
}

/** Every database of the origin, as it lies there. */
const databasesIn = (page: Page): Promise<RecordedDatabase[]> =>
  page.evaluate(async () => {
    const finished = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error('not read'))
      })
    const base64 = (bytes: Uint8Array): string =>
      btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    /** JSON, with bytes told as such. */
    function plain(value: unknown): unknown {
      if (value instanceof ArrayBuffer) return { $buffer: base64(new Uint8Array(value)) }
      if (value instanceof Uint8Array) return { $bytes: base64(value) }
      if (Array.isArray(value)) return value.map(plain)
      if (typeof value !== 'object' || value === null) return value
      if (Object.getPrototypeOf(value) !== Object.prototype)
        throw new Error(`a ${value.constructor.name} cannot be recorded`)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
    }
    const recorded = []
    for (const { name = '', version = 1 } of await indexedDB.databases()) {
      const database = await finished(indexedDB.open(name))
      const stores = []
      for (const store of database.objectStoreNames) {
        const at = database.transaction(store).objectStore(store)
        const indexes = [...at.indexNames].map((index) => {
          const { keyPath, unique, multiEntry } = at.index(index)
          return { name: index, keyPath, unique, multiEntry }
        })
        const keyPath = at.keyPath as string | string[]
        const keys = (await finished(at.getAllKeys())).map(plain)
        const rows = (await finished(at.getAll())).map(plain)
        stores.push({ name: store, keyPath, indexes, keys, rows })
      }
      database.close()
      recorded.push({ name, version, stores })
    }
    return recorded
  })

/** Base64 by name. */
const filesIn = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const files: Record<string, string> = {}
    const root = (await navigator.storage.getDirectory()) as unknown as AsyncIterable<
      [string, FileSystemFileHandle]
    >
    for await (const [file, handle] of root) {
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer())
      files[file] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    }
    return files
  })

async function filesUnder(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile())
      files[path.slice(folder.length + 1)] = (await readFile(path)).toString('base64')
  }
  return files
}

const household = await Household.create(async (parts) => {
  await addCaseload(parts, people.worker.username, ['Aamu', 'Bertta'])
})
const tablet = await Tablet.create('tablet')
try {
  const page = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  page.setDefaultTimeout(60_000)
  await page.goto(household.tablet)
  await signIn(page, people.worker.username)
  await enrol(page)
  await page.getByText(/Asiakkaat on haettu/).waitFor()
  // Versions that do not say so have kept their files when they say the first.
  const kept = page.getByText('Sovellus avautuu myös ilman verkkoa')
  await kept.waitFor({ timeout: 15_000 }).catch(() => undefined)
  await page.getByRole('link', { name: 'Aloita' }).click()
  await heading(page, 'Tänään').waitFor()
  await household.server.stop()
  await startVisit(page, 'Aamu', signedWords)
  await page.getByRole('button', { name: 'Vahvista' }).click()
  await page.getByText('Kirjaus on vahvistettu').waitFor()
  await startVisit(page, 'Bertta', draftWords)
  const recordedAt = await page.evaluate(() => Date.now())
  // Another page of the origin, which holds nothing open.
  await page.route('**/recorded', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p>' })
  )
  await page.goto(`${household.tablet}/recorded`)
  const recorded: RecordedVault = {
    recordedAt,
    passphrase,
    words: [signedWords, draftWords],
    origin: household.tablet,
    origins: household.env['KOTIKAYNTI_ORIGIN'] ?? '',
    databases: await databasesIn(page),
    files: await filesIn(page),
    cookies: (await tablet.context.cookies(household.tablet)).map(({ name, value }) => [
      name,
      value
    ]),
    server: await filesUnder(household.folder)
  }
  const file = new URL(`vaults/${name}.gz`, import.meta.url)
  await writeFile(file, gzipSync(JSON.stringify(recorded), { level: 9 }))
  console.log(`recorded ${recorded.databases.map(({ version }) => version).join(' and ')}`)
} finally {
  await tablet.destroy()
  await household.destroy()
}
process.exit(0)
