import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt, instantOf } from '#contract/day.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, unlock } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let tablet: Tablet
let field: Page

/** Makes Chromium a browser that lacks what others were seen to lack; the vault's worker included. */
async function lessen({ context }: Tablet): Promise<void> {
  await context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
    Reflect.deleteProperty(StorageManager.prototype, 'estimate')
    for (const name of ['SyncManager', 'PublicKeyCredential', 'onbeforeinstallprompt'])
      Reflect.deleteProperty(globalThis, name)
    for (const name of ['persisted', 'persist'])
      Object.assign(StorageManager.prototype, { [name]: () => Promise.resolve(false) })
  })
  await context.route('**/immutable/workers/*.js', async (route) => {
    const { pathname } = new URL(route.request().url())
    const answer = await fetch(`${household.office}${pathname}`)
    const {
      'content-encoding': _as,
      'content-length': _long,
      ...headers
    } = Object.fromEntries(answer.headers)
    const without = 'delete StorageManager.prototype.getDirectory;\n'
    await route.fulfill({ headers, body: without + (await answer.text()) })
  })
}

/** How many families are held, and how many keys of theirs the keyring in the database holds. */
const held = (page: Page): Promise<[number, number]> =>
  page.evaluate(async () => {
    const open = (name: string) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(new Error('not opened'))
      })
    const all = (database: IDBDatabase, store: string) =>
      new Promise<unknown[]>((resolve) => {
        const asking = database.transaction(store).objectStore(store).getAll()
        asking.onsuccess = () => resolve(asking.result)
      })
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const vault = await open(names.find((name) => name.startsWith('kotikaynti-')) ?? '')
    const families = await all(vault, 'customerships')
    vault.close()
    const files = await open('keyring-files')
    const [keyring] = (await all(files, 'files')) as Uint8Array[]
    files.close()
    const slots = keyring?.slice(8192) ?? new Uint8Array()
    const used = slots.filter((_, at) => at % 64 === 0 && slots.slice(at, at + 64).some(Boolean))
    return [families.length, used.length] as [number, number]
  })

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    await addCaseload(parts, people.worker.username, ['Aamu'])
  })
  tablet = await Tablet.create('tablet')
  await lessen(tablet)
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
})

afterAll(async () => {
  await tablet.destroy()
  await household.destroy()
})

test('without a file system of its own the keyring lies in the database, and opens the tablet', async () => {
  await field.goto(household.tablet)
  await signIn(field, people.worker.username)
  await enrol(field)
  await field.getByText('Asiakkaat on haettu: 1').waitFor()
  await field.getByText('Tässä selaimessa sovellus ei avaudu ilman verkkoa').waitFor()
  await field.getByRole('link', { name: 'Aloita' }).click()
  await heading(field, 'Tänään').waitFor()
  expect(await held(field)).toEqual([1, 1])
  await field.reload()
  await unlock(field, 'tämä ei ole se oikea lause')
  await field.getByText(/ei täsmää/).waitFor()
  await unlock(field)
  await field.getByText('Aamu').first().waitFor()
})

test('the page Me tells in plain words what this browser lacks', async () => {
  await field.getByRole('link', { name: 'Minä' }).first().click()
  const told = field.getByRole('list', { name: 'Tässä selaimessa' })
  await told.waitFor()
  expect(await told.locator('strong').allInnerTexts()).toEqual([
    'Ei avaudu ilman verkkoa',
    'Avaimia ei voi pyyhkiä levyltä kokonaan',
    'Laite avataan vain salalauseella',
    'Lähettää vain, kun sovellus on auki',
    'Selain ei kerro, paljonko tilaa on jäljellä',
    'Asenna sovellus selaimen valikosta'
  ])
  expect(await findFaultsInBothLights(field)).toEqual([])
})

test('what has to go takes its key along from the keyring in the database', async () => {
  await field.evaluate(
    async ([day, highest]) => {
      const open = (name: string) =>
        new Promise<IDBDatabase>((resolve) => {
          const opening = indexedDB.open(name)
          opening.onsuccess = () => resolve(opening.result)
        })
      const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
      const vault = await open(names.find((name) => name.startsWith('kotikaynti-')) ?? '')
      const writing = vault.transaction(['customerships', 'faces'], 'readwrite')
      for (const store of ['customerships', 'faces']) {
        const rows = writing.objectStore(store)
        const asking = rows.getAll()
        asking.onsuccess = () => {
          for (const row of asking.result as object[]) rows.put({ ...row, purgeAfter: day })
        }
      }
      await new Promise((resolve) => {
        writing.oncomplete = resolve
      })
      vault.close()
      const door = await open('kotikaynti')
      const marking = door.transaction('marks', 'readwrite')
      marking.objectStore('marks').put({ id: 'time', highest, offset: 0 })
      await new Promise((resolve) => {
        marking.oncomplete = resolve
      })
      door.close()
    },
    [today(), instantOf(addDays(today(), 1), 8, 0)] as const
  )
  await tablet.context.route('**/api/**', (route) => route.abort())
  await field.reload()
  await heading(field, 'Avaa lukitus').waitFor()
  await expect.poll(() => held(field), { timeout: 15_000 }).toEqual([0, 0])
})

const today = () => dayAt(performance.timeOrigin + performance.now())
