import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkpointsFile } from '#server/audit/keep-checkpoint.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    await addCaseload(parts, people.worker.username, ['Aada', 'Bertta'])
  })
  ;[desk, tablet] = await Promise.all([Tablet.create('desktop'), Tablet.create('tablet')])
  office = await desk.firstPage()
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  field = await tablet.firstPage()
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
})
afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

const rows = () => office.getByRole('row').filter({ has: office.getByRole('cell') })

test('the log is found from the navigation and narrowed by user, kind and client, by keyboard', async () => {
  await office.getByRole('link', { name: 'Loki', exact: true }).focus()
  await office.keyboard.press('Enter')
  await heading(office, 'Loki').waitFor()
  await rows().filter({ hasText: 'Sai laitteelleen' }).first().waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])

  await office.getByLabel('Kuka').focus()
  await office.keyboard.type('Sirpa')
  await rows().filter({ hasText: people.worker.displayName }).first().waitFor({ state: 'detached' })
  await office.getByLabel('Kuka').focus()
  await office.keyboard.press('Home')
  await office.getByLabel('Asiakkaan nimi').focus()
  await office.keyboard.type('Aada')
  await office.getByRole('button', { name: /^Aada/ }).press('Enter')
  await office.getByText(/^Vain: Aada/).waitFor()
  await rows().filter({ hasText: 'Bertta' }).first().waitFor({ state: 'detached' })
  expect(await rows().filter({ hasText: 'Aada' }).count()).toBeGreaterThan(0)
  await office.getByRole('button', { name: 'Näytä kaikki asiakkaat' }).press('Enter')
  await rows().filter({ hasText: 'Bertta' }).first().waitFor()
})

test('what users did else stands beside it, in words', async () => {
  await office.getByRole('radio', { name: 'Käyttö' }).focus()
  await office.keyboard.press('ArrowRight')
  const enrolled = rows().filter({ hasText: 'Otti laitteen käyttöön' })
  await enrolled.filter({ hasText: people.worker.displayName }).waitFor()
  await rows().filter({ hasText: 'Kirjautui sisään' }).first().waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('the trail is checked on the page, and its file by the verifier alone', async () => {
  await office.getByRole('radio', { name: 'Muut toimet' }).focus()
  await office.keyboard.press('ArrowRight')
  await office.getByRole('button', { name: 'Tarkista ketju' }).press('Enter')
  await office.getByText('Loki on muuttumaton').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  const coming = office.waitForEvent('download')
  await office.getByRole('button', { name: 'Tallenna ketju' }).press('Enter')
  const download = await coming
  expect(download.suggestedFilename()).toBe('kirjausketju.txt')
  const kept = join(household.folder, 'keys-copy', checkpointsFile)
  const args = ['tools/verify-trail.js', await download.path(), '--checkpoints', kept]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout).toContain('WHOLE')
})

test('a worker reads what they have used themselves, by the names that this tablet knows', async () => {
  await field.getByRole('link', { name: 'Minä' }).click()
  await field.getByRole('button', { name: 'Näytä oma lokini' }).click()
  await heading(field, 'Oma lokini').waitFor()
  const own = field.getByRole('row').filter({ hasText: 'Sai laitteelleen' })
  await own.filter({ hasText: 'Aada' }).first().waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await tablet.context.setOffline(true)
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Näytä oma lokini' }).click()
  await field.getByText('Oma loki tarvitsee verkon').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await tablet.context.setOffline(false)
})
