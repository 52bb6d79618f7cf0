import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { enrol, heading, toEnrolment, toTheDay, unlock } from '#tests/support/door.ts'
import { statuses, type Fault } from '#tests/support/fault.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { rawOutbox } from '#tests/support/raw-vault.ts'

const patient = { timeout: 60_000, interval: 250 }

let proxy: FaultProxy
let household: Household
let few: Client[]
let atOffice: OfficeDesk
/** The one in hand. */
let tablet: Tablet
const tablets: Tablet[] = []

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    few = await addCaseload(parts, people.outsider.username, ['Aamu', 'Bertta', 'Cecilia'])
  }, proxy.port)
  proxy.target = household.server.port
  atOffice = await OfficeDesk.signedIn(household)
})

beforeEach(() => {
  proxy.heal()
  proxy.watch = () => null
})

afterAll(async () => {
  await Promise.all(tablets.map((one) => one.destroy()))
  await proxy.close()
  await household.destroy()
})

async function newTablet(username: string): Promise<Page> {
  tablet = await Tablet.create('tablet')
  tablets.push(tablet)
  tablet.context.setDefaultTimeout(patient.timeout)
  const page = await tablet.firstPage()
  await toEnrolment(page, household.tablet, username)
  return page
}

const answers: readonly [string, Fault][] = [
  ...statuses.flatMap((status) =>
    (['problem', 'page'] as const).map((as): [string, Fault] => [
      `${status} as a ${as}`,
      { does: 'answer', status, as, ...(status === 429 ? { retryAfterSeconds: 1 } : {}) }
    ])
  ),
  ['a captive portal', { does: 'portal' }],
  ['an answer that ends too soon', { does: 'truncate', afterBytes: 20, looksWhole: false }],
  ['an answer that only looks whole', { does: 'truncate', afterBytes: 20, looksWhole: true }]
]

test('whatever is answered in the place of a receipt, the outbox stays whole, says so, and drains when it is over', async () => {
  const page = await newTablet(people.outsider.username)
  await enrol(page)
  await toTheDay(page)
  const [client] = few
  if (!client) throw new Error('there is no client')
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  await page.getByRole('radio', { name: 'Viikko' }).click()
  await page.getByRole('link', { name: client.firstName }).first().click()
  await page.getByRole('button', { name: 'Aloita käynti' }).click()
  await page.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await page.getByLabel('Toteutus').fill('Ei vielä perillä')
  await page.getByRole('button', { name: 'Vahvista' }).click()
  await page.getByText('Kirjaus on vahvistettu').waitFor()
  await page
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  const waiting = page.getByRole('region', { name: 'Odottaa lähetystä' }).getByRole('listitem')
  const { rows } = await rawOutbox(page)
  const count = rows.filter((row) => row.waiting === 1 && !row.quiet).length
  await expect.poll(() => waiting.count(), patient).toBe(count)
  for (const [what, fault] of answers) {
    let pushes = 0
    proxy.fault = (path) => {
      if (path === '/api/sync/push') pushes += 1
      return path.startsWith('/api/') ? fault : null
    }
    await page.getByRole('button', { name: 'Lähetä nyt' }).click()
    await expect.poll(() => pushes, { ...patient, message: what }).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Lähetä nyt' }).waitFor()
    expect([what, await waiting.count()]).toEqual([what, count])
    expect([what, await page.getByText(/^Perillä/).count()]).toEqual([what, 0])
    await heading(page, 'Lähtevät').waitFor()
    await page.getByText(`${count} odottaa lähetystä`).first().waitFor()
  }
  proxy.heal()
  await page.getByText('Mikään ei odota lähetystä').waitFor({ timeout: 100_000 })
  expect(await atOffice.written(client)).toEqual(['Ei vielä perillä'])
})

test('a server in trouble right after the unlocking is told as trouble, and nobody is asked to sign in', async () => {
  const page = await tablet.firstPage()
  if (!page) throw new Error('there is no page')
  proxy.fault = (path) =>
    path.startsWith('/api/session/unlock') ? { does: 'answer', status: 500, as: 'problem' } : null
  await page.getByRole('button', { name: 'Lukitse', exact: true }).click()
  await unlock(page)
  await page.getByText('Tietoja ei saatu päivitettyä').waitFor()
  expect(await page.getByRole('link', { name: /^Kirjaudu/ }).count()).toBe(0)
  proxy.heal()
  await page.getByText('Tietoja ei saatu päivitettyä').waitFor({ state: 'hidden' })
})

test('a tablet that falls asleep in the middle of a large write has all of it when it wakes', async () => {
  const page = await tablet.firstPage()
  const client = few[1]
  if (!page || !client) throw new Error('there is no client')
  const words = `${'Pitkä päivä perheessä. '.repeat(800)}Loppu.`
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  await page.getByRole('link', { name: 'Tänään' }).first().click()
  await page.getByRole('radio', { name: 'Viikko' }).click()
  await page.getByRole('link', { name: client.firstName }).first().click()
  await page.getByRole('button', { name: 'Aloita käynti' }).click()
  await page.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await page.getByLabel('Toteutus').fill(words)
  // Somewhere between the last letter and the disk.
  await pause(randomInt(900))
  await tablet.sleep(3000)
  await page.getByText('Tallennettu tälle laitteelle').waitFor()
  await page.reload()
  await unlock(page)
  await heading(page, `Käynti: ${client.firstName}`).waitFor()
  expect(await page.getByLabel('Toteutus').inputValue()).toBe(words)
  proxy.heal()
  await page.getByRole('button', { name: 'Vahvista' }).click()
  await expect.poll(() => atOffice.written(client), patient).toEqual([words])
})
