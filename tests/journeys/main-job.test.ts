import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt, type Day } from '#contract/day.ts'
import { Tablet } from '#tests/support/browser.ts'
import { findFaults } from '#tests/support/faults.ts'
import { Household, passphrase, password, people } from '#tests/support/household.ts'
import { scanFolder } from '#tests/support/scan.ts'

// Canaries: words that occur nowhere but in this family's record.
const family = {
  firstName: 'Zemfira',
  lastName: 'Kvartsikoski',
  street: 'Pyörrepolku 77',
  allergies: 'Maapähkinäallergia, adrenaliinikynä eteisessä',
  done: 'Leivoimme sämpylöitä ja luimme hiirisadun kahdesti',
  later: 'Lapsi nukkui sohvalla valvotun tunnin',
  lateSentence: 'Sovimme ulkoilusta ensi viikolla'
} as const
const canaries = Object.values(family)

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let customership = ''

/** As a Finn writes it. */
function written(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}.${month}.${year}`
}

/** How many values each of the vault's stores holds, read beside the app. */
const heldIn = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(async () => {
    const name = (await indexedDB.databases()).map((each) => each.name ?? '')
    const vault = name.find((each) => each.startsWith('kotikaynti-')) ?? ''
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(vault)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error('not opened'))
    })
    const counts: Record<string, number> = {}
    for (const store of ['customerships', 'faces', 'copies'])
      counts[store] = await new Promise<number>((resolve) => {
        const counting = database.transaction(store).objectStore(store).count()
        counting.onsuccess = () => resolve(counting.result)
      })
    database.close()
    return counts
  })

async function signIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Käyttäjätunnus').fill(username)
  await page.getByLabel('Salasana', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Kirjaudu sisään' }).click()
}

async function enrol(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Ota laite käyttöön' }).waitFor()
  await page.getByLabel('Salalause', { exact: true }).fill(passphrase)
  await page.getByLabel('Salalause uudelleen').fill(passphrase)
  await page.getByRole('button', { name: 'Ota käyttöön' }).click()
}

async function unlock(page: Page): Promise<void> {
  await page.getByLabel('Salalause', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Avaa', exact: true }).click()
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 })

beforeAll(async () => {
  household = await Household.create()
  desk = await Tablet.create('desktop')
  tablet = await Tablet.create('tablet')
  office = desk.context.pages()[0] ?? (await desk.context.newPage())
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
})

afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

test('2. the main user creates a customership, assigns a worker and plans a visit', async () => {
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  expect(await findFaults(office)).toEqual([])
  await office.getByRole('link', { name: 'Asiakkaat' }).click()
  await heading(office, 'Asiakkaat').waitFor()
  await office.getByRole('link', { name: 'Uusi asiakkuus' }).click()
  await heading(office, 'Uusi asiakkuus').waitFor()
  expect(await findFaults(office)).toEqual([])
  await office.getByLabel('Etunimi').fill(family.firstName)
  await office.getByLabel('Sukunimi').fill(family.lastName)
  await office.getByLabel('Katuosoite').fill(family.street)
  await office.getByLabel('Allergiat').fill(family.allergies)
  await office.getByLabel('Tilaaja', { exact: true }).selectOption({ index: 1 })
  await office.getByLabel('Palvelutuote').selectOption({ label: 'Lapsiperheiden kotipalvelu' })
  await office.getByRole('textbox', { name: 'Voimassa alkaen' }).fill('1.1.2025')
  await office.getByRole('textbox', { name: 'Viimeinen voimassaolopäivä' }).fill('31.12.2099')
  await office.getByLabel('Myönnetyt tunnit').fill('12,5')
  await office.getByRole('button', { name: 'Perusta asiakkuus' }).click()

  await heading(office, new RegExp(family.lastName)).waitFor()
  customership = new URL(office.url()).pathname.split('/').at(-1) ?? ''
  await office.getByRole('tab', { name: 'Tiimi' }).click()
  await office.getByRole('button', { name: 'Lisää työntekijä' }).click()
  const assigning = office.getByRole('dialog')
  await assigning.getByLabel('Työntekijä').selectOption({ label: people.worker.displayName })
  await assigning.getByRole('button', { name: 'Lisää työntekijä' }).click()
  await assigning.waitFor({ state: 'hidden' })
  expect(await findFaults(office)).toEqual([])

  await office.getByRole('tab', { name: 'Käynnit' }).click()
  await office.getByRole('button', { name: 'Suunnittele käynti' }).click()
  const planning = office.getByRole('dialog')
  await planning.getByLabel('Alkaa').fill('9.00')
  await planning.getByLabel('Päättyy').fill('10.30')
  await planning.getByLabel('Työntekijä').selectOption({ label: people.worker.displayName })
  await planning.getByRole('button', { name: 'Suunnittele käynti' }).click()
  await planning.waitFor({ state: 'hidden' })
  await office.getByText('9.00').first().waitFor()
  expect(await findFaults(office)).toEqual([])
  expect(office.url()).not.toContain(family.lastName)
})

test('3. the worker enrols the tablet and sees the day', async () => {
  await field.goto(household.tablet)
  await heading(field, 'Kirjaudu sisään').waitFor()
  expect(await findFaults(field)).toEqual([])
  await signIn(field, people.worker.username)
  await enrol(field)
  await field.getByText('Asiakkaat on haettu: 1').waitFor()
  await field.getByText('Sovellus avautuu myös ilman verkkoa').waitFor()
  await field.getByRole('link', { name: 'Aloita' }).click()
  await heading(field, 'Tänään').waitFor()
  await field.getByText(family.firstName).first().waitFor()
  expect(await findFaults(field)).toEqual([])
})

test('4. without a network the visit is opened, started, written and signed', async () => {
  await household.server.stop()
  await tablet.close()
  const context = await tablet.open()
  field = context.pages()[0] ?? (await context.newPage())
  await field.goto(`${household.tablet}/clients/${customership}`)
  await heading(field, 'Avaa lukitus').waitFor()
  expect(await findFaults(field)).toEqual([])
  await unlock(field)

  await field.getByText(family.allergies).first().waitFor()
  await field.getByText(family.street).first().waitFor()
  expect(await findFaults(field)).toEqual([])
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  await heading(field, 'Tänään').waitFor()
  await field.getByRole('button', { name: 'Aloita käynti' }).click()
  await heading(field, /^Käynti/).waitFor()
  await field.getByRole('checkbox', { name: 'Ruoanlaitto ja ruokailu' }).click()
  await field.getByLabel('Toteutus').fill(family.done)
  await field.getByText('Tallennettu tälle laitteelle').waitFor()
  expect(await findFaults(field)).toEqual([])
  await field.getByRole('button', { name: 'Lopeta käynti' }).click()
  await field.getByRole('button', { name: 'Käynti toteutui' }).click()
  await field.getByRole('button', { name: 'Vahvista' }).click()
  await field.getByText('Kirjaus on vahvistettu').waitFor()
  await field.getByText('Odottaa lähetystä').first().waitFor()
  await field
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  await heading(field, 'Lähtevät').waitFor()
  await field.getByText('Vahvistettu kirjaus').waitFor()
  expect(await findFaults(field)).toEqual([])
})

const notes = () => office.goto(`${household.office}/office/notes`)

test('5. the note reaches the office by itself while the tablet is locked', async () => {
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Lukitse nyt' }).click()
  await heading(field, 'Avaa lukitus').waitFor()
  await field
    .getByText(/odottaa lähetystä/)
    .first()
    .waitFor()
  expect(await field.content()).not.toContain(family.firstName)

  await household.server.start()
  await notes()
  await heading(office, 'Kirjaukset').waitFor()
  await field.getByText('Kaikki on lähetetty').waitFor({ timeout: 30_000 })
  await office.getByText(family.done).waitFor({ timeout: 15_000 })
  expect(await findFaults(office)).toEqual([])
})

test('5. also after the browser was closed, and opened again without unlocking', async () => {
  await unlock(field)
  await heading(field, 'Minä').waitFor()
  await household.server.stop()
  await field.goto(`${household.tablet}/clients/${customership}`)
  await unlock(field)
  await field
    .getByRole('button', { name: 'Aloita suunnittelematon käynti' })
    .or(field.getByRole('link', { name: 'Aloita suunnittelematon käynti' }))
    .click()
  await heading(field, /^Käynti|^Suunnittelematon/).waitFor()
  await field.getByRole('button', { name: 'Aloita käynti' }).click()
  await field.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await field.getByLabel('Toteutus').fill(family.later)
  await field.getByText('Tallennettu tälle laitteelle').waitFor()
  await field.getByRole('button', { name: 'Lopeta käynti' }).click()
  await field.getByRole('button', { name: 'Käynti toteutui' }).click()
  await field.getByRole('button', { name: 'Vahvista' }).click()
  await field.getByText('Kirjaus on vahvistettu').waitFor()
  await field.getByText('Odottaa lähetystä').first().waitFor()
  await tablet.close()
  await household.server.start()

  // A fresh sign-in may be needed at the office: its own session went on.
  await notes()
  await heading(office, 'Kirjaukset').waitFor()
  field = (await tablet.open()).pages()[0] ?? (await tablet.context.newPage())
  await field.goto(household.tablet)
  await heading(field, 'Avaa lukitus').waitFor()
  await field.getByText('Kaikki on lähetetty').waitFor({ timeout: 30_000 })
  await office.getByText(family.later).waitFor({ timeout: 15_000 })
})

test('6. a worker who is not assigned sees nothing of the client', async () => {
  const other = await Tablet.create('tablet')
  try {
    const page = other.context.pages()[0] ?? (await other.context.newPage())
    await page.goto(household.tablet)
    await signIn(page, people.outsider.username)
    await enrol(page)
    await page.getByText('Sinulle ei ole vielä osoitettu asiakkaita').waitFor()
    await page.goto(`${household.tablet}/clients/${customership}`)
    await unlock(page)
    await page.getByText('Asiakasta ei ole tällä laitteella').waitFor()
    for (const path of [
      `/api/office/customerships/${customership}`,
      `/api/office/customerships/${customership}/ending`
    ]) {
      const status = await page.evaluate(async (to) => {
        const answer = await fetch(to, { headers: { 'Kotikaynti-Protocol': '1' } })
        return [answer.status, await answer.text()] as const
      }, path)
      expect(status[0]).toBeGreaterThanOrEqual(403)
      for (const word of canaries) expect(status[1]).not.toContain(word)
    }
    await other.close()
    expect(await scanFolder(other.profile, canaries)).toEqual([])
  } finally {
    await other.destroy()
  }
})

test('no name, address or note text lies readable on the tablet or on the server', async () => {
  await tablet.close()
  expect(await scanFolder(tablet.profile, canaries)).toEqual([])
  expect(await scanFolder(household.folder, canaries)).toEqual([])
  for (const word of canaries) expect(household.server.output).not.toContain(word)
  field = (await tablet.open()).pages()[0] ?? (await tablet.context.newPage())
})

async function endOn(last: Day): Promise<void> {
  await office.goto(`${household.office}/office/clients/${customership}`)
  await office.getByRole('button', { name: 'Järjestäminen' }).click()
  await office.getByRole('tab', { name: 'Päättäminen' }).click()
  const day = office.getByRole('textbox', { name: 'Viimeinen päivä' })
  const move = office.getByRole('button', { name: 'Muuta päättymispäivää' })
  await day.or(move).waitFor()
  if (await move.isVisible()) await move.click()
  await day.fill(written(last))
  await office.getByLabel('Syy').selectOption({ label: 'Asiakas muutti' })
  await office.getByRole('button', { name: /^Päätä asiakkuus|^Muuta päättymispäivää/ }).click()
  const asking = office.getByRole('dialog')
  await asking.getByRole('button', { name: 'Päätä asiakkuus' }).click()
  await asking.waitFor({ state: 'hidden' })
}

/** What the closing list asks of a person, settled where it stands. */
async function settleEnding(): Promise<void> {
  const settle = async (opens: string, title: string, does: string, fields: [string, string][]) => {
    await office.getByRole('button', { name: opens, exact: true }).click()
    const asking = office.getByRole('dialog', { name: title })
    for (const [label, words] of fields) await asking.getByLabel(label).fill(words)
    await asking.getByRole('button', { name: does }).click()
    await asking.waitFor({ state: 'hidden' })
  }
  const how: [string, string] = ['Miten', 'Turvapostilla']
  const summary = 'Kuukausikoosteet on toimitettu'
  await settle('Kuittaa toimitetuksi', summary, 'Kuittaa toimitetuksi', [how])
  const receipt: [string, string][] = [['Kuka kuittasi', 'Kirjaamo'], how]
  await settle('Kirjaa tilaajan kuittaus', 'Tilaajan kuittaus', 'Kirjaa kuittaus', receipt)
}

test('7. on the last day a tablet forgets by itself, without a network and locked', async () => {
  const today = dayAt(performance.timeOrigin + performance.now())
  await endOn(today)
  expect(await findFaults(office)).toEqual([])
  await field.goto(`${household.tablet}/today`)
  await unlock(field)
  await heading(field, 'Tänään').waitFor()
  await field
    .getByText(/^Tiedot /)
    .first()
    .waitFor()
  await expect
    .poll(() => heldIn(field), { timeout: 15_000 })
    .toEqual({ customerships: 1, faces: 1, copies: 0 })
  await household.server.stop()
  await tablet.close()

  const context = await tablet.open()
  await context.clock.install({ time: `${addDays(today, 1)}T08:00:00+02:00` })
  field = context.pages()[0] ?? (await context.newPage())
  await field.goto(household.tablet)
  await heading(field, 'Avaa lukitus').waitFor()
  // The lock is drawn at once, and forgetting runs behind it.
  await expect
    .poll(() => heldIn(field), { timeout: 5_000 })
    .toEqual({ customerships: 0, faces: 0, copies: 0 })
  await tablet.close()
  expect(await scanFolder(tablet.profile, canaries)).toEqual([])
})

test('7. a service that has ended goes from a tablet at its next contact, then from the server', async () => {
  await household.server.start()
  const spare = await Tablet.create('tablet')
  try {
    const page = spare.context.pages()[0] ?? (await spare.context.newPage())
    await page.goto(household.tablet)
    await signIn(page, people.worker.username)
    await enrol(page)
    await page.getByText('Asiakkaat on haettu: 1').waitFor()
    await page.getByRole('link', { name: 'Aloita' }).click()
    await page.getByText(family.firstName).first().waitFor()

    await endOn(addDays(dayAt(performance.timeOrigin + performance.now()), -1))
    await page.reload()
    await unlock(page)
    await expect
      .poll(() => heldIn(page), { timeout: 15_000 })
      .toEqual({ customerships: 0, faces: 0, copies: 0 })

    await settleEnding()
    await office.getByRole('button', { name: 'Poista nyt' }).click()
    const asking = office.getByRole('dialog')
    expect(await findFaults(office)).toEqual([])
    await asking.getByRole('button', { name: /^Poista/ }).click()
    await office
      .getByText(/Poistotodistus KK-\d{4}-\d{6}/)
      .first()
      .waitFor()
    expect(await findFaults(office)).toEqual([])
    await office.goto(`${household.office}/office/clients`)
    await heading(office, 'Asiakkaat').waitFor()
    expect(await office.content()).not.toContain(family.lastName)
    await spare.close()
    expect(await scanFolder(spare.profile, canaries)).toEqual([])
    expect(await scanFolder(household.folder, canaries)).toEqual([])
  } finally {
    await spare.destroy()
  }
})
