import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customershipIdSchema } from '#contract/id.ts'
import { addDays, dayAt } from '#contract/day.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import type { Parts } from '#server/http/parts.ts'

const helmis = ['Aava', 'Eemi', 'Inka', 'Onni', 'Viljo', 'Ylva']
const outis = Array.from({ length: 54 }, (_, index) => `Perhe${String(index).padStart(2, '0')}`)

let household: Household
let desk: Tablet
let office: Page
let logged: () => Promise<string[]>

/** Sixty families of two workers; one of them is ending. */
async function fill(parts: Parts): Promise<void> {
  const [first] = await addCaseload(parts, people.worker.username, helmis)
  await addCaseload(parts, people.outsider.username, outis)
  const endDay = addDays(dayAt(parts.clock.now()), 10)
  const id = customershipIdSchema.parse(first?.customership)
  await parts.store.register.transact((tx) =>
    tx.change(id, (change) =>
      change.setEnding({ endDay, deleteBy: addDays(endDay, 60), reason: 'client-moved' })
    )
  )
}

beforeAll(async () => {
  household = await Household.create(fill)
  desk = await Tablet.create('desktop')
  office = desk.context.pages()[0] ?? (await desk.context.newPage())
  const asked: string[] = []
  office.on('request', (request) => {
    const url = new URL(request.url())
    if (/customerships\/[^/]+$/.test(url.pathname) && !url.pathname.endsWith('search'))
      asked.push(url.search)
  })
  logged = () => Promise.resolve(asked)
})

afterAll(async () => {
  await desk.destroy()
  await household.destroy()
})

const rows = (): Locator => office.locator('tbody').getByRole('button')
const row = (name: string): Locator => office.getByRole('button', { name })
const count = (words: string) => office.getByRole('status').filter({ hasText: words }).waitFor()
const focused = () => office.evaluate(() => document.activeElement?.textContent?.trim())

test('sixty families are paged, and found by any word of a name as it is typed', async () => {
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await office.getByRole('link', { name: 'Asiakkaat' }).click()
  await count('1–50, yhteensä 60')
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('button', { name: 'Seuraavat' }).click()
  await count('51–60, yhteensä 60')
  // The page that is turned to takes the focus, and "/" leads back to the search.
  expect(await focused()).toContain('Kuvitteellinen')
  await office.keyboard.press('/')
  await office.keyboard.type('kuvit perhe1')
  await count('10 asiakasta')
  expect(new URL(office.url()).href).toBe(`${household.office}/office/clients`)
  await office.getByLabel('Hae nimellä').fill('zzz')
  await office.getByText('Ei osumia').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('button', { name: 'Näytä kaikki asiakkaat' }).click()
  await count('yhteensä 60')
})

test('worker and state narrow, and a heading sorts from the keyboard', async () => {
  await office.getByLabel('Työntekijä').selectOption({ label: people.worker.displayName })
  await count('6 asiakasta')
  expect(await rows().allInnerTexts()).toEqual(helmis.map((name) => `Kuvitteellinen ${name}`))
  const byName = office.getByRole('columnheader', { name: 'Nimi' })
  expect(await byName.getAttribute('aria-sort')).toBe('ascending')
  await byName.getByRole('button').focus()
  await office.keyboard.press('Enter')
  await expect.poll(() => rows().first().innerText()).toBe('Kuvitteellinen Ylva')
  expect(await byName.getAttribute('aria-sort')).toBe('descending')
  const byEnd = office.getByRole('columnheader', { name: 'Päättyy' })
  await byEnd.getByRole('button').focus()
  await office.keyboard.press('Enter')
  await expect.poll(() => rows().first().innerText()).toBe('Kuvitteellinen Aava')
  await office.getByLabel('Päättyy', { exact: true }).check({ force: true })
  await count('1 asiakas')
  await office.getByLabel('Kaikki', { exact: true }).check({ force: true })
  await count('6 asiakasta')
})

test('§6 a row opens in place from the keyboard, and asks once what for', async () => {
  await office.keyboard.press('/')
  await office.keyboard.press('ArrowDown')
  await office.keyboard.press('ArrowDown')
  const name = (await focused()) ?? ''
  await office.keyboard.press('ArrowUp')
  await office.keyboard.press('ArrowDown')
  expect(await focused()).toBe(name)
  await office.keyboard.press('Enter')
  const beside = office.getByRole('complementary', { name: 'Eemi Kuvitteellinen' })
  await beside.getByText('Mitä varten avaat asiakkuuden?').waitFor()
  expect(await row('Kuvitteellinen Eemi').getAttribute('aria-expanded')).toBe('true')
  expect(await findFaultsInBothLights(office)).toEqual([])
  await beside.getByRole('button', { name: 'Suunnittelu' }).click()
  await beside.getByText('Seuraavat käynnit').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.keyboard.press('Escape')
  await beside.waitFor({ state: 'hidden' })
  expect(await focused()).toBe(name)

  await office.keyboard.press('Enter')
  await beside.getByText('Seuraavat käynnit').waitFor()
  await beside.getByRole('button', { name: 'Avaa koko asiakkuus' }).click()
  await heading(office, 'Eemi Kuvitteellinen').waitFor()
  const [first, ...later] = await logged()
  expect(first).toBe('')
  expect(new Set(later)).toEqual(new Set(['?purpose=planning']))
})

test('§6 the palette finds by name and the customership asks; a queue brings its own purpose', async () => {
  await office.keyboard.press('Control+k')
  await office.keyboard.type('perhe07')
  await office.getByRole('option', { name: 'Kuvitteellinen Perhe07' }).click()
  await office.getByText('Mitä varten avaat asiakkuuden?').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('button', { name: 'Raportointi' }).click()
  await heading(office, 'Perhe07 Kuvitteellinen').waitFor()

  await office.getByRole('link', { name: 'Päättyvät' }).click()
  await office.getByRole('link', { name: 'Kuvitteellinen Aava' }).click()
  await heading(office, 'Aava Kuvitteellinen').waitFor()
  expect((await logged()).at(-1)).toBe('?purpose=organising')
})
