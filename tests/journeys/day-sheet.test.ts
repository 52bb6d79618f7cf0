import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usageAnswerSchema } from '#contract/usage.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { oneSpaced, readPdf } from '#tests/support/read-pdf.ts'

let household: Household
let proxy: FaultProxy
let tablet: Tablet
let desk: Tablet
let field: Page
let clients: Client[]

const names = ['Aamukaste', 'Batuulia', 'Cyrenaica']
const firstPage = async ({ context }: Tablet) => context.pages()[0] ?? (await context.newPage())

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, names)
  }, proxy.port)
  proxy.target = household.server.port
  ;[tablet, desk] = await Promise.all([Tablet.create('tablet'), Tablet.create('desktop')])
  for (const { context } of [tablet, desk]) await catchPrints(context)
  field = await firstPage(tablet)
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
})
afterAll(async () => {
  await Promise.all([tablet.destroy(), desk.destroy()])
  await proxy.close()
  await household.destroy()
})

/** Nobody presses a print dialog here: that it was asked for is written down, and it stays open. */
const catchPrints = (context: BrowserContext) =>
  context.addInitScript(() => {
    const asked = { prints: 0 }
    Object.assign(globalThis, { asked })
    globalThis.print = () => void (asked.prints += 1)
  })

const askedFor = (page: Page, prints: number) =>
  page.waitForFunction(
    (count) => (globalThis as unknown as { asked: { prints: number } }).asked.prints === count,
    prints
  )
const onPaper = async (page: Page) => readPdf(await page.pdf({ format: 'A4' }))

async function printsOf({ customership }: Client): Promise<number> {
  const atOffice = await OfficeDesk.signedIn(household)
  const answer = await atOffice.ask('GET', `/api/office/customerships/${customership}/log`)
  const { lines } = usageAnswerSchema.parse(await answer.json())
  return lines.filter(({ kind }) => kind === 'print').length
}

test('without a network a worker prints the day: counted, logged, with the day by which it goes', async () => {
  proxy.fault = () => ({ does: 'refuse' })
  await field.getByRole('link', { name: 'Valmis lähtöön?' }).click()
  await field.getByRole('link', { name: 'Tulosta päivälista' }).click()
  const sheet = field.getByRole('article', { name: 'Päivälista' })
  await sheet.getByRole('heading', { name: /Aamukaste/ }).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])

  const uncounted = await onPaper(field)
  expect(uncounted.text).toBe(
    'Päivälista tulostetaan sen omalla painikkeella, jotta tulostus lasketaan ja kirjataan.'
  )

  await field.getByRole('button', { name: 'Tulosta' }).click()
  await askedFor(field, 1)
  const paper = await onPaper(field)
  for (const name of names) expect(paper.text).toContain(name)
  expect(paper.text).toContain('Tuloste 1 tänään.')
  expect(paper.text).toMatch(/Tuhoa käytön jälkeen, viimeistään \S+ \d+\.\d+\.\d{4}/)
  expect(paper.text).toContain('Lastenhoito')
  expect(paper.text).not.toMatch(/Kuvitteellinen|Lähtevät|Tulosta\b/)

  await field.getByText('Tulostus on kirjattu: 1. päivälista tänään').waitFor()
  const afterwards = await onPaper(field)
  expect(afterwards.text).toBe(uncounted.text)

  await field.getByRole('button', { name: 'Tulosta' }).click()
  await askedFor(field, 2)
  expect((await onPaper(field)).text).toContain('Tuloste 2 tänään.')

  proxy.heal()
  await expect.poll(() => printsOf(clients[0] as Client), { timeout: 30_000 }).toBe(2)
})

test('§12 the worker ticks each of the two papers as destroyed', async () => {
  await field.getByRole('link', { name: 'Tulosteeni' }).click()
  await heading(field, 'Tulosteet').waitFor()
  const ticks = field.getByRole('button', { name: /^Tuhottu: Päivälista/ })
  await ticks.nth(1).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await ticks.first().click()
  await field.getByText('Merkitty tuhotuksi').waitFor()
  expect(await ticks.count()).toBe(1)

  proxy.fault = () => ({ does: 'refuse' })
  await ticks.click()
  await field.getByText('Merkintä ei tallentunut. Kokeile uudelleen.').waitFor()
  proxy.heal()
  await ticks.click()
  await expect.poll(() => field.getByText('Merkitty tuhotuksi').count()).toBe(2)

  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Näytä tulosteeni' }).click()
  await field.getByText('Ei tuhottavia tulosteita').waitFor()
})

test('the office prints a worker’s day from the week', async () => {
  const office = await firstPage(desk)
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await office.getByRole('link', { name: 'Käynnit' }).click()
  await office.getByRole('link', { name: 'Tulosta päivälista' }).click()
  await heading(office, 'Päivälista').waitFor()
  await office.getByRole('button', { name: 'Tulosta', exact: true }).click()
  await office.getByText('Valitse työntekijä.').waitFor()
  await office.getByLabel('Työntekijä').selectOption({ label: people.worker.displayName })
  expect(await findFaultsInBothLights(office)).toEqual([])

  const before = await printsOf(clients[0] as Client)
  await office.getByRole('button', { name: 'Tulosta', exact: true }).click()
  await askedFor(office, 1)
  const paper = await onPaper(office)
  for (const name of names) expect(oneSpaced(paper.text)).toContain(name)
  expect(paper.text).toContain(people.coordinator.displayName)
  expect(paper.text).not.toContain('Kuvitteellinen')
  await office.getByText('Tulostus on kirjattu: 1. päivälista tänään').waitFor()
  // What was read for the paper is on the screen no longer.
  await office.getByRole('article', { name: 'Päivälista' }).waitFor({ state: 'detached' })
  expect(await printsOf(clients[0] as Client)).toBe(before + 1)

  await office.getByRole('link', { name: 'Tulosteeni' }).click()
  await heading(office, 'Oma tili').waitFor()
  await office.getByRole('button', { name: /^Tuhottu: Päivälista/ }).click()
  await office.getByText('Merkitty tuhotuksi').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})
