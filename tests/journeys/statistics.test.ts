import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, toMoment, type Day } from '#contract/day.ts'
import { entryIdSchema } from '#contract/id.ts'
import { addMonths, monthOf, type Month } from '#contract/month.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

let household: Household
let desk: Tablet
let office: Page
let last: Month
/** When the decisions of the caseload do. */
let runsOut: Month

/** A visit of an hour and a half, held on the tenth of last month; and of another product, one that was missed. */
async function addVisits({ store }: Parts, { customership }: Client, product: string) {
  await store.register.transact((tx) =>
    tx.change(customership, async (change) => {
      const [decision] = await change.ofKind('decision')
      const [assignment] = await change.ofKind('assignment')
      if (!decision || !assignment) throw new Error('a client was added')
      const { worker } = assignment.data
      const isFirst = product === decision.data.product
      const newEntry = () => entryIdSchema.parse(newUuidV7(instantOf(`${last}-10` as Day)))
      const id = isFirst ? decision.id : newEntry()
      await change.put('decision', id, { ...decision.data, product }, worker)
      const start = instantOf(`${last}-10` as Day, 9)
      const planned = { plannedStart: toMoment(start), plannedEnd: toMoment(start + 7_200_000) }
      const held = { startedAt: toMoment(start), endedAt: toMoment(start + 5_400_000) }
      const visit = { decision: id, product, worker, ...planned }
      const came = isFirst ? { state: 'completed' as const, ...held } : null
      await change.put(
        'visit',
        newEntry(),
        { ...visit, ...(came ?? { state: 'not-at-home' as const }) },
        worker
      )
    })
  )
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    runsOut = monthOf(addDays(dayAt(parts.clock.now()), 300))
    last = addMonths(monthOf(dayAt(parts.clock.now())), -1)
    const names = ['Aada', 'Bertta', 'Cilla', 'Dina', 'Eeva', 'Fanni']
    const clients = await addCaseload(parts, people.worker.username, names)
    for (const [index, client] of clients.entries()) {
      await addVisits(parts, client, 'home-service')
      if (index === 0) await addVisits(parts, client, 'family-work')
    }
  })
  desk = await Tablet.create('desktop')
  office = desk.context.pages()[0] ?? (await desk.context.newPage())
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
})
afterAll(async () => {
  await desk.destroy()
  await household.destroy()
})

const inWords = (month: Month) => `${Number(month.slice(5))}/${month.slice(0, 4)}`
const monthWords = () => inWords(last)
const held = /^(Tunnit|Käynnit) /
const granted = /^Myönnetyt ja käytetyt tunnit /
const expiring = /^Päättyvät päätökset /
const rowOf = (name: string, table = held) =>
  office
    .getByRole('table', { name: table })
    .getByRole('row')
    .filter({ has: office.getByRole('rowheader', { name, exact: true }) })
const cellsOf = async (name: string, table = held) =>
  (await rowOf(name, table).getByRole('cell').allTextContents()).map((text) => text.trim())

const drawingOf = (title: string) => office.getByRole('img', { name: title, exact: true })

/** The numbers behind a drawing lie folded under it. */
async function unfold(title: string): Promise<void> {
  const numbers = office.getByText(`Luvut taulukkona: ${title}`)
  await numbers.focus()
  await office.keyboard.press('Enter')
}

async function exported(title: string): Promise<{ name: string; lines: string[] }> {
  const coming = office.waitForEvent('download')
  await office.getByRole('button', { name: `Vie taulukko (CSV): ${title}` }).click()
  const download = await coming
  const text = await readFile(await download.path(), 'utf8')
  return { name: download.suggestedFilename(), lines: text.replace('\ufeff', '').split('\r\n') }
}

test('hours are drawn by month, with the same numbers beside them and in the words of the drawing', async () => {
  await office.getByRole('link', { name: 'Tilastot' }).click()
  await heading(office, 'Tilastot').waitFor()
  const drawing = drawingOf('Tunnit kuukausittain')
  await drawing.waitFor()
  // One family alone had the other product: the month's sum leaves it out, and says so.
  expect(await cellsOf(monthWords())).toEqual(['≥ 6', '≥ 12 h', '≥ 9 h', '≥ 9 h'])
  expect(await cellsOf('Yhteensä')).toEqual(['≥ 6', '≥ 12 h', '≥ 9 h', '≥ 9 h'])
  expect(await drawing.locator('desc').textContent()).toContain('Yhteensä ≥ 9 h')
  await office.getByText('<5: alle viisi asiakasta, joten').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('filters and rows are chosen by keyboard', async () => {
  const measure = office.getByRole('group', { name: 'Mitä näytetään' })
  await measure.getByRole('radio', { name: 'Tunnit' }).focus()
  await office.keyboard.press('ArrowRight')
  await drawingOf('Käynnit kuukausittain').waitFor()
  const rows = office.getByRole('group', { name: 'Rivit' })
  await rows.getByRole('radio', { name: 'Kuukausittain' }).focus()
  await office.keyboard.press('ArrowRight')
  await office.keyboard.press('ArrowRight')
  await rowOf('Perhetyö').waitFor()
  expect(new Set(await cellsOf('Perhetyö'))).toEqual(new Set(['<5']))
  expect((await cellsOf('Lapsiperheiden kotipalvelu')).slice(0, 4)).toEqual(['6', '6', '6', '0'])
  expect(await findFaultsInBothLights(office)).toEqual([])

  await office.getByLabel('Palvelutuote').focus()
  await office.keyboard.type('Lapsi')
  await rowOf('Perhetyö').waitFor({ state: 'detached' })
  expect((await cellsOf('Yhteensä')).slice(0, 4)).toEqual(['6', '6', '6', '0'])
})

test('one month alone tells how many clients it had', async () => {
  const period = office.getByRole('group', { name: 'Jakso' })
  await period.getByRole('radio', { name: 'Viime kuukausi' }).check()
  await office.getByRole('columnheader', { name: 'Asiakkaita' }).waitFor()
  expect((await cellsOf('Yhteensä')).slice(0, 2)).toEqual(['6', '6'])
  expect(await office.getByLabel('Ensimmäinen kuukausi').inputValue()).toBe(last)
})

test('the exported table is the one on the screen', async () => {
  const { name, lines } = await exported('Käynnit tuotteittain')
  expect(name).toBe(`tilastot-kaynnit-${last}-${last}.csv`)
  const [head, home, sum] = lines
  expect(head).toMatch(/^"Palvelutuote";"Asiakkaita";"Käyntejä";"Toteutunut";/)
  expect(home).toBe('"Lapsiperheiden kotipalvelu";"6";"6";"6";"0";"0";"0";"0";"0"')
  expect(sum).toBe('"Yhteensä";"6";"6";"6";"0";"0";"0";"0";"0"')
})

test('§6 what was granted is drawn beside what was used, and few clients are told as few there too', async () => {
  await office.getByLabel('Palvelutuote').selectOption({ label: 'Kaikki palvelutuotteet' })
  const title = 'Myönnetyt ja käytetyt tunnit tuotteittain'
  const drawing = drawingOf(title)
  await drawing.waitFor()
  const more = office.locator(`[id="${await drawing.getAttribute('aria-describedby')}"]`)
  expect(await more.textContent()).toContain('Myönnetty ≥ 90 h, käytetty ≥ 9 h, käyttöaste –')
  await unfold(title)
  expect(await cellsOf('Lapsiperheiden kotipalvelu', granted)).toEqual(['90 h', '9 h', '10 %'])
  expect(await cellsOf('Perhetyö', granted)).toEqual(['<5', '<5', '–'])
  expect(await cellsOf('Yhteensä', granted)).toEqual(['≥ 90 h', '≥ 9 h', '–'])
  expect(await findFaultsInBothLights(office)).toEqual([])
  const { name, lines } = await exported(title)
  expect(name).toBe(`tilastot-myonnetyt-${last}-${last}.csv`)
  expect(lines.slice(0, 3)).toEqual([
    '"Palvelutuote";"Myönnetyt tunnit";"Käytetyt tunnit";"Käyttöaste"',
    '"Lapsiperheiden kotipalvelu";"90 h";"9 h";"10 %"',
    '"Perhetyö";"<5";"<5";"–"'
  ])
})

test('§6 what runs out is drawn by the months that come, whatever was chosen', async () => {
  const title = 'Päättyvät päätökset kuukausittain'
  await drawingOf(title).waitFor()
  await unfold(title)
  expect(await cellsOf(inWords(runsOut), expiring)).toEqual(['≥ 6'])
  await office.getByLabel('Palvelutuote').selectOption({ label: 'Lapsiperheiden kotipalvelu' })
  expect(await cellsOf(inWords(runsOut), expiring)).toEqual(['6'])
  expect(await cellsOf('Yhteensä', expiring)).toEqual(['6'])
  const { lines } = await exported(title)
  expect(lines).toContain(`"${inWords(runsOut)}";"6"`)
  await office.getByLabel('Palvelutuote').selectOption({ label: 'Kaikki palvelutuotteet' })
})

test('a period without visits says so, and the way back', async () => {
  await office.getByLabel('Viimeinen kuukausi').selectOption({ value: addMonths(last, -5) })
  await office.getByText('Ei käyntejä eikä myöntöjä tällä jaksolla').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.getByRole('button', { name: 'Näytä kaikki 12 kuukaudelta' }).click()
  await rowOf('Perhetyö').waitFor()
})
