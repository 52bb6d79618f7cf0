import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { comeIn, enrol, heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let tablet: Tablet
let field: Page

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    await addCaseload(parts, people.worker.username, ['Aamukaste'])
  })
  tablet = await Tablet.create('tablet')
  tablet.context.setDefaultTimeout(60_000)
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
})
afterAll(async () => {
  await tablet.destroy()
  await household.destroy()
})

test('whether the browser keeps what was fetched is told, and a lack of space before it hurts', async () => {
  await field.getByRole('link', { name: 'Minä' }).first().click()
  const card = field.getByRole('region', { name: 'Tila ja säilyminen' })
  await card.getByText('Selain voi poistaa haetut tiedot').waitFor()
  await card.getByRole('button', { name: 'Pyydä selainta säilyttämään' }).waitFor()
  expect(await card.getByRole('alert').count()).toBe(0)
  await field.evaluate(() => {
    const { storage } = navigator
    storage.estimate = () => Promise.resolve({ usage: 950_000_000, quota: 1_000_000_000 })
    storage.persist = () => Promise.resolve(true)
  })
  await card.getByRole('button', { name: 'Pyydä selainta säilyttämään' }).click()
  await card.getByText('Selain säilyttää tiedot').waitFor()
  await card.getByRole('alert').getByText('Laitteen tila on loppumassa').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('link', { name: 'Tänään' }).first().click()
  await field.getByRole('alert').getByText('Laitteen tila on loppumassa').waitFor()
})

test('a browser that took everything but its cookies is explained before anybody signs in, and named to nobody', async () => {
  await field.goto('about:blank')
  const tools = await tablet.context.newCDPSession(field)
  await tools.send('Storage.clearDataForOrigin', {
    origin: household.tablet,
    storageTypes: 'indexeddb,file_systems,service_workers,cache_storage'
  })
  await tools.detach()
  await field.goto(household.tablet)
  await heading(field, 'Tänään')
    .or(heading(field, 'Kirjaudu sisään'))
    .or(heading(field, 'Ota laite käyttöön'))
    .waitFor()
  await field.goto(`${household.tablet}/sign-in`)
  await field.getByText('Selain on tyhjentänyt tämän laitteen').waitFor()
  await field.getByText(/^Laite oli viimeksi yhteydessä/).waitFor()
  await field.evaluate(() =>
    fetch('/api/session', { method: 'DELETE', headers: { 'Kotikaynti-Protocol': '1' } })
  )
  await field.reload()
  await field.getByText('Selain on tyhjentänyt tämän laitteen').waitFor()
  expect(await field.getByText(/Helmi|Aamukaste/).count()).toBe(0)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await signIn(field, people.worker.username)
  await enrol(field)
  await field.getByText('Asiakkaat on haettu: 1').waitFor()
})
