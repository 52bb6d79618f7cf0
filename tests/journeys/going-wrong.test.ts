import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaults } from '#tests/support/faults.ts'
import { Household, password, people } from '#tests/support/household.ts'

const firstNames = [
  ...['Aamu', 'Bertta', 'Cecilia', 'Dagmar', 'Elviira', 'Fanny'],
  ...['Gunvor', 'Hilppa', 'Iivari', 'Jalmari', 'Kaleva', 'Lahja']
]

let proxy: FaultProxy
let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let clients: Client[]

const firstPage = async ({ context }: Tablet) => context.pages()[0] ?? (await context.newPage())

/** Nothing is slept through: the longest that a slow machine may take. */
const patient = { timeout: 40_000, interval: 250 }

async function findFaultsInBothLights(page: Page): Promise<string[]> {
  const light = await findFaults(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await findFaults(page)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, firstNames)
  }, proxy.port)
  proxy.target = household.server.port
  desk = await Tablet.create('desktop')
  tablet = await Tablet.create('tablet')
  office = await firstPage(desk)
  field = await firstPage(tablet)
})

beforeEach(() => proxy.heal())

afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await proxy.close()
  await household.destroy()
})

test('a wrong password and an unknown user are told alike, and haste is told when to try again', async () => {
  await office.goto(household.office)
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
