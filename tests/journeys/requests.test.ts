import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAt, instantOf, toMoment, type Day } from '#contract/day.ts'
import { entryIdSchema } from '#contract/id.ts'
import { addMonths, monthOf, type Month } from '#contract/month.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

/** A tablet asks by itself each minute, and an office that listens each half: what comes sooner was rung for. */
const soon = { timeout: 15_000 }

let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
/** The last that is over: long before the days that a tablet keeps in sight. */
let month: Month

/** An hour and a half that was planned as an hour, of which nobody has written and nobody has said why. */
async function addVisit({ store, clock }: Parts, { customership }: Client, day: string) {
  const id = entryIdSchema.parse(newUuidV7(clock.now()))
  await store.register.transact((tx) =>
    tx.change(customership, async (change) => {
      const [decision] = await change.ofKind('decision')
      const [assignment] = await change.ofKind('assignment')
      if (!decision || !assignment) throw new Error('a client was added')
      const start = instantOf(`${month}-${day}` as Day, 9)
      const moment = (minutes: number) => toMoment(start + minutes * 60_000)
      const { worker } = assignment.data
      const about = { decision: decision.id, product: decision.data.product, worker }
      const plan = { plannedStart: moment(0), plannedEnd: moment(60) }
      const times = { startedAt: moment(0), endedAt: moment(90) }
      await change.put('visit', id, { ...about, ...plan, ...times, state: 'completed' }, worker)
    })
  )
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    month = addMonths(monthOf(dayAt(parts.clock.now())), -1)
    const [aada, bertta] = await addCaseload(parts, people.worker.username, ['Aada', 'Bertta'])
    if (!aada || !bertta) throw new Error('two were added')
    await addVisit(parts, aada, '03')
    await addVisit(parts, bertta, '04')
  })
  ;[desk, tablet] = await Promise.all([Tablet.create('desktop'), Tablet.create('tablet')])
  office = await desk.firstPage()
  field = await tablet.firstPage()
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await office.goto(`${household.office}/office/summaries?month=${month}`)
  await heading(office, 'Koosteet').waitFor()
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
})
afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await household.destroy()
})

const hasFocus = (locator: Locator) =>
  locator.evaluate((element) => element === document.activeElement)

/** As somebody without a mouse gets there. */
async function press(locator: Locator): Promise<void> {
  await locator.waitFor()
  for (let presses = 0; presses < 150; presses += 1) {
    if (await hasFocus(locator)) return office.keyboard.press('Enter')
    await office.keyboard.press('Tab')
  }
  throw new Error('the Tab key does not lead there')
}

const button = (name: string | RegExp) => office.getByRole('button', { name })
const asked = (words: string) => field.getByText(`Toimisto pyytää täydentämään: ${words}`)
const today = () => field.getByRole('link', { name: 'Tänään', exact: true }).first().click()

test('the office asks by keyboard, with a word, and the worker’s Tänään says so in seconds', async () => {
  await heading(field, 'Tänään').waitFor()
  expect(await field.getByRole('heading', { name: 'Kesken' }).count()).toBe(0)
  await office.getByRole('heading', { name: 'Selvitettävää: 4 kohtaa' }).waitFor()
  await press(button(/^Pyydä täydentämään: Kuvitteellinen Aada.*kirjaus puuttuu/))
  await office.getByRole('dialog').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  const word = office.getByLabel('Sana työntekijälle')
  while (!(await hasFocus(word))) await office.keyboard.press('Tab')
  await office.keyboard.type('Kerro myös 010594Y9032 lounaasta')
  await office.getByText('Henkilötunnus peitettiin').waitFor()
  await office.keyboard.press('Enter')
  await office.getByText('Pyydetty 1 kohta').waitFor()
  await office.getByText(/^Pyydetty klo \d+\.\d\d, Sirpa Koordinaattori/).waitFor()
  expect(await button(/^Pyydä (täydentämään|uudelleen): .*Aada.*kirjaus puuttuu/).count()).toBe(0)
  expect(await findFaultsInBothLights(office)).toEqual([])

  await asked('kirjaus puuttuu').waitFor(soon)
  await field.getByText(/lounaasta/).waitFor()
  expect(await field.getByText('010594Y9032').count()).toBe(0)
  await field.getByText(/^Sirpa Koordinaattori, klo \d+\.\d\d$/).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
})

test('the rest of a worker’s list is asked in one go, and what was asked today is left out', async () => {
  await press(button(`Pyydä täydentämään kaikki: ${people.worker.displayName}`))
  await office.getByRole('dialog').getByText('3 kohtaa.').waitFor()
  await office.getByLabel('Sana työntekijälle').waitFor()
  await press(button('Pyydä').last())
  await office.getByText('Pyydetty 3 kohtaa').waitFor()
  await asked('kesto poikkeaa suunnitellusta, kerro syy').first().waitFor(soon)
  // Each client's come by themselves.
  await asked('kirjaus puuttuu').nth(1).waitFor(soon)
  await asked('kesto poikkeaa').nth(1).waitFor(soon)
})

test('offline the worker completes it where it stands over the form, and it is gone before anybody else knows', async () => {
  await tablet.context.setOffline(true)
  await field.getByRole('link', { name: 'Jatka: Aada' }).click()
  await heading(field, 'Käynti: Aada').waitFor()
  await asked('kirjaus puuttuu').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Kerro syy' }).click()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Tallenna korjaus' }).click()
  await field.getByText('Kerro syy').last().waitFor()
  await field.getByRole('radio', { name: 'Niin sovittiin perheen kanssa' }).check()
  await field.getByRole('button', { name: 'Tallenna korjaus' }).click()
  await asked('kesto poikkeaa').waitFor({ state: 'detached' })

  await field.getByRole('checkbox', { name: 'Ruokailu' }).check()
  await field.getByLabel('Toteutus').fill('Syötiin lounas yhdessä.')
  await field.getByRole('button', { name: 'Vahvista' }).click()
  await field.getByText('Kirjaus on vahvistettu').waitFor()
  await asked('kirjaus puuttuu').waitFor({ state: 'detached' })
  await today()
  await field.getByRole('link', { name: 'Jatka: Bertta' }).waitFor()
  expect(await field.getByRole('link', { name: 'Jatka: Aada' }).count()).toBe(0)
})

test('with the network the office’s list is shorter by itself, and says what was completed since', async () => {
  await tablet.context.setOffline(false)
  await office.getByRole('heading', { name: 'Selvitettävää: 2 kohtaa' }).waitFor(soon)
  await press(office.getByText('Täydennetty pyynnön jälkeen: 2'))
  await office.getByText(/kirjaus vahvistettu; pyydetty klo/).waitFor()
  await office.getByText(/syy kerrottu; pyydetty klo/).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('what is taken back leaves the tablet', async () => {
  for (const what of [/^Peru pyyntö: .*kirjaus puuttuu/, /^Peru pyyntö: .*kesto poikkeaa/]) {
    await press(button(what))
    await button(what).waitFor({ state: 'detached' })
  }
  await field.getByRole('link', { name: 'Jatka: Bertta' }).waitFor({ state: 'detached', ...soon })
  await office.getByRole('heading', { name: 'Selvitettävää: 2 kohtaa' }).waitFor()
})
