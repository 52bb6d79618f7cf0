import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entryIdSchema, type CustomershipId } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn, unlock } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

const newcomer = { displayName: 'Uuno Uusikäs', password: 'vihreä laiva merellä' }

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let client: CustomershipId

const firstPage = async ({ context }: Tablet) => context.pages()[0] ?? (await context.newPage())

/** One client, whom Helmi serves with two tasks. */
async function fill(parts: Parts): Promise<void> {
  const { store } = parts
  const [aamu] = await addCaseload(parts, people.worker.username, ['Aamu'], [23, 59])
  const worker = await store.users.findByUsername(people.worker.username)
  if (!aamu || !worker) throw new Error('nobody is there')
  client = aamu.customership
  await store.users.change(worker.id, { tasks: ['care', 'documents'] })
  const [assignment] = await store.register.assignments({ worker: worker.id })
  if (!assignment) throw new Error('nobody is assigned')
  const also = { worker: worker.id, from: assignment.from, tasks: ['documents' as const] }
  const id = entryIdSchema.parse(newUuidV7(parts.clock.now()))
  await store.register.transact((tx) =>
    tx.change(client, (change) => change.put('assignment', id, also, worker.id))
  )
}

beforeAll(async () => {
  household = await Household.create(fill)
  ;[desk, tablet] = await Promise.all([Tablet.create('desktop'), Tablet.create('tablet')])
  ;[office, field] = await Promise.all([firstPage(desk), firstPage(tablet)])
})
afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

async function openUsers(): Promise<void> {
  await office.getByRole('link', { name: 'Käyttäjät' }).first().click()
  await heading(office, 'Käyttäjät').waitFor()
}

async function openUser(name: string): Promise<void> {
  await openUsers()
  await office.getByRole('link', { name }).click()
  await heading(office, name).waitFor()
}

const pulled = () =>
  field.waitForResponse((answer) => answer.url().endsWith('/api/sync/pull') && answer.ok())

test('§12 what was read on a tablet without a network stands in the log of the office', async () => {
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
  await field.getByText('Aamu').first().waitFor()
  // The app's own files are kept before the network goes.
  await field.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await tablet.context.setOffline(true)
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await field.getByRole('link', { name: /Aamu/ }).first().click()
  await heading(field, /Aamu/).waitFor()
  // Nothing that anybody wrote waits: reading is told quietly.
  await field.getByText('Kaikki lähetetty').waitFor()
  await tablet.context.setOffline(false)

  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await office.goto(`${household.office}/office/clients/${client}`)
  // Nobody at the office answers for this client, so what it is opened for is asked.
  await office.getByRole('button', { name: 'Järjestäminen' }).click()
  const tab = office.getByRole('tab', { name: 'Loki' })
  await tab.click()
  const log = office.getByRole('table', { name: 'Kuka on käyttänyt tietoja' })
  const line = log.getByRole('row', { name: /Helmi Kotikäyttäjä.*Avasi.*Toteutus/ })
  await expect
    .poll(
      async () => {
        await office.getByRole('tab', { name: 'Tiedot' }).click()
        await tab.click()
        await log.waitFor()
        return line.count()
      },
      { timeout: 30_000, interval: 500 }
    )
    .toBe(1)
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('§12 who sees what can be read on one page', async () => {
  await openUsers()
  await office.getByRole('link', { name: 'Kuka näkee mitä' }).click()
  await heading(office, 'Kuka näkee mitä').waitFor()
  const table = office.getByRole('table', { name: 'Työtehtävät ja mitä niissä näkyy' })
  const profile = table.getByRole('row', { name: /Perustiedot/ })
  expect(await profile.getByRole('cell').allInnerTexts()).toEqual([
    'Kaikki',
    'Etunimi\nSukunimi\nSyntymäaika',
    'Ei näy',
    'Kaikki',
    'Ei näy'
  ])
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('§12 a new user gets in by a link that works once, and what they must do first is seen', async () => {
  await openUsers()
  await office.getByRole('button', { name: 'Kutsu käyttäjä' }).click()
  const dialog = office.getByRole('dialog', { name: 'Kutsu käyttäjä' })
  await dialog.getByLabel('Nimi', { exact: true }).fill(newcomer.displayName)
  await dialog.getByRole('button', { name: 'Kutsu käyttäjä' }).click()
  const told = office.getByRole('dialog', { name: `Kertakoodi: ${newcomer.displayName}` })
  const link = await told.getByText('/welcome#').innerText()
  await told.getByRole('button', { name: 'Linkki on kerrottu' }).click()

  const browser = desk.context.browser()
  const own = await (browser ?? fail()).newContext({ locale: 'fi-FI' })
  const page = await own.newPage()
  await page.goto(link)
  await page.getByRole('textbox', { name: 'Salasana' }).fill(newcomer.password)
  await page.getByRole('button', { name: 'Luo tunnus' }).click()
  await heading(page, 'Ennen kuin aloitat').waitFor()
  await own.close()

  await openUser(newcomer.displayName)
  await expect.poll(() => office.getByText('Tekemättä').count()).toBe(3)
  expect(await findFaultsInBothLights(office)).toEqual([])
})

function fail(): never {
  throw new Error('there is no browser')
}

test('§12 a task that is taken away is gone from the tablet at its next contact', async () => {
  await openUser(people.worker.displayName)
  await office.getByRole('checkbox', { name: 'Hoitaa käynnit' }).uncheck()
  await office.getByRole('button', { name: 'Tallenna' }).click()
  await office.getByText('Tallennettu.').waitFor()
  const next = pulled()
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  await field.reload()
  await unlock(field)
  await next
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  await expect.poll(() => field.getByText('Aamu').count()).toBe(0)
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await field.getByRole('link', { name: /Aamu/ }).first().waitFor()
})

test('§12 who leaves is told of first, and their tablet is empty after its next contact', async () => {
  await openUser(people.worker.displayName)
  await office.getByRole('button', { name: 'Sulje tunnus' }).click()
  const dialog = office.getByRole('dialog', { name: `Suljetaanko ${people.worker.displayName}?` })
  await dialog.getByText('Yksi suunniteltu käynti jää ilman työntekijää').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await dialog.getByLabel('Perustelu').fill('Siirtyy muihin tehtäviin')
  await dialog.getByRole('button', { name: 'Sulje tunnus' }).click()
  await office.getByText('Tunnus on suljettu').waitFor()
  await field.reload()
  await heading(field, /Kirjaudu sisään|Kotikäynti/).waitFor()
  // The keys go at once; the rest when the server has heard of it, and the page may be loaded anew by that.
  const left = () =>
    field
      .evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))
      .then((names) => names.filter((name) => name.startsWith('kotikaynti-')))
      .catch(() => ['not to be asked yet'])
  await expect.poll(left, { timeout: 30_000, interval: 250 }).toEqual([])
})
