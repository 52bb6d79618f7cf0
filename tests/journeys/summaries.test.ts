import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAt, instantOf, toMilliseconds, toMoment, type Day } from '#contract/day.ts'
import { entryIdSchema, type EntryId } from '#contract/id.ts'
import { addMonths, monthOf, type Month } from '#contract/month.ts'
import type { NoteFields } from '#contract/note.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { unzip } from '#tests/support/unzip.ts'

let household: Household
let desk: Tablet
let office: Page
/** The last that is over. */
let month: Month
let clients: Client[]
let visit: EntryId

/** One visit of an hour and a half, and its note. */
async function addVisit(
  { store, clock }: Parts,
  { customership }: Client,
  day: string,
  note: { fields: NoteFields; state: 'draft' | 'signed' }
): Promise<EntryId> {
  const newEntry = () => entryIdSchema.parse(newUuidV7(clock.now()))
  const id = newEntry()
  await store.register.transact((tx) =>
    tx.change(customership, async (change) => {
      const [decision] = await change.ofKind('decision')
      const [assignment] = await change.ofKind('assignment')
      if (!decision || !assignment) throw new Error('a client was added')
      const { worker } = assignment.data
      const start = instantOf(`${month}-${day}` as Day, 9)
      const [from, to] = [toMoment(start), toMoment(start + 5_400_000)]
      const times = { plannedStart: from, plannedEnd: to, startedAt: from, endedAt: to }
      const held = { decision: decision.id, product: decision.data.product, worker }
      await change.put('visit', id, { ...held, ...times, state: 'completed' }, worker)
      const at = toMoment(start + 6_000_000)
      const signed = note.state === 'signed' ? { signedAt: at } : {}
      const written = { visit: id, template: 'home-service', templateVersion: 1, author: worker }
      await change.put(
        'note',
        newEntry(),
        { ...written, ...note, ...signed, writtenAt: at },
        worker
      )
    })
  )
  return id
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    month = addMonths(monthOf(dayAt(parts.clock.now())), -1)
    clients = await addCaseload(parts, people.worker.username, ['Aada', 'Bertta'])
    const [aada, bertta] = clients
    if (!aada || !bertta) throw new Error('two were added')
    const observations = 'Aamutoimet sujuivat.'
    const fields = { done: 'Oltiin kotona', observations, 'child-view': 'Leikki oli kivaa.' }
    visit = await addVisit(parts, aada, '03', { fields, state: 'signed' })
    await addVisit(parts, bertta, '04', { fields: { done: 'Kesken' }, state: 'draft' })
  })
  desk = await Tablet.create('desktop')
  office = await desk.firstPage()
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
})
afterAll(async () => {
  await desk.destroy()
  await household.destroy()
})

/** As its worker's tablet does when an end was forgotten. */
async function lengthen(store: Parts['store']): Promise<void> {
  await store.register.transact((tx) =>
    tx.change(clients[0]!.customership, async (change) => {
      const held = await change.entry('visit', visit)
      const { endedAt, worker } = held!.data
      const later = toMoment(toMilliseconds(endedAt!) + 1_800_000)
      const data = { ...held!.data, endedAt: later, reason: 'Lopetus unohtui' }
      await change.put('visit', visit, data, worker)
    })
  )
}

const hasFocus = (locator: Locator) =>
  locator.evaluate((element) => element === document.activeElement)

/** As somebody without a mouse gets there. */
async function tabTo(locator: Locator): Promise<void> {
  await locator.waitFor()
  for (let presses = 0; presses < 150; presses += 1) {
    if (await hasFocus(locator)) return
    await office.keyboard.press('Tab')
  }
  throw new Error('the Tab key does not lead there')
}

async function press(locator: Locator, key = 'Enter'): Promise<void> {
  await tabTo(locator)
  await office.keyboard.press(key)
}

const button = (name: string | RegExp) => office.getByRole('button', { name })
const rowOf = (name: string | RegExp) =>
  office.getByRole('row').filter({ has: office.getByRole('rowheader', { name }) })

test('by the palette to the month, where what is missing stands under whom to ask', async () => {
  await office.keyboard.press('Control+k')
  await office.getByRole('dialog').waitFor()
  await office.keyboard.type('Koosteet')
  await office.getByRole('option', { name: 'Koosteet' }).waitFor()
  await office.keyboard.press('Enter')
  await heading(office, 'Koosteet').waitFor()
  // Whatever day it is: the last month is not delivered yet.
  expect(await office.getByLabel('Kuukausi', { exact: true }).inputValue()).toBe(month)
  await office.getByRole('heading', { name: 'Selvitettävää: 1 kohta' }).waitFor()
  await office.getByRole('heading', { name: people.worker.displayName }).waitFor()
  await rowOf('Kuvitteellinen Bertta').getByText('kirjaus on vahvistamatta').waitFor()
  await rowOf('Kuvitteellinen Aada').getByText('Valmis hyväksyttäväksi').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('the words are written beside the month’s notes, and a passage is taken with one key', async () => {
  await press(office.getByRole('link', { name: 'Kuvitteellinen Aada' }))
  await heading(office, 'Aada Kuvitteellinen').waitFor()
  const summary = office.getByRole('textbox', { name: 'Yhteenveto' })
  expect(await summary.inputValue()).toMatch(/^3\.\d+\.\d{4}: Aamutoimet sujuivat\.$/)
  await tabTo(summary)
  await office.keyboard.press('Control+End')
  await office.keyboard.press('Enter')
  await office.keyboard.type('Perhe jaksaa paremmin.')
  await press(button(/Lisää kohtaan Yhteenveto: Leikki oli kivaa/))
  expect(await summary.inputValue()).toMatch(
    /Perhe jaksaa paremmin\.\n3\.\d+\.\d{4}: Leikki oli kivaa\.$/
  )
  await office.keyboard.press('Shift+Tab')
  await press(button('Merkitse tarkastetuksi'))
  await office.getByText('Merkitty tarkastetuksi.').waitFor()
  await office.getByText('Tarkastettu', { exact: true }).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('the whole month is approved and delivered in one pass; what is incomplete stays behind', async () => {
  await press(office.getByRole('link', { name: 'Koosteet' }).last())
  await heading(office, 'Koosteet').waitFor()
  await press(button('Hyväksy ja luovuta'))
  await office.getByText('Valmiita 1, jo hyväksyttyjä 0, muita 1.').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  const coming = office.waitForEvent('download')
  await press(button('Hyväksy ja tee arkisto'))
  const download = await coming
  expect(download.suggestedFilename()).toBe(`mallikunta-${month}.zip`)
  await office.getByText('1 kooste luovutettu').waitFor()
  const passphrase = await office.locator('.passphrase').innerText()
  const files = await unzip(await readFile(await download.path()), passphrase)
  const number = `mallikunta-${month.slice(0, 4)}-0001`
  const told = files.get(`${number}.json`)!.bytes.toString('utf8')
  expect(told).toContain('Perhe jaksaa paremmin.')
  expect(told).not.toContain('Bertta')
  expect([...files.keys()]).toContain(`${number}.pdf`)
  expect(await findFaultsInBothLights(office)).toEqual([])
  await press(button('Tunnuslause on tallessa'))
  await rowOf('Kuvitteellinen Aada').getByText('Luovutettu').waitFor()
  await rowOf('Kuvitteellinen Bertta').getByText('Luonnos').waitFor()
  await press(button('Tilaaja on kuitannut (1)'))
  await rowOf('Kuvitteellinen Aada').getByText('Tilaaja kuitannut').waitFor()
})

test('what left is a line among the disclosures, found by what it was', async () => {
  await press(office.getByRole('link', { name: 'Luovutukset' }))
  await heading(office, 'Luovutukset').waitFor()
  const line = rowOf(/Kuukausikooste/)
  await line.getByText(`mallikunta-${month.slice(0, 4)}-0001`).waitFor()
  for (const words of ['Kuvitteellinen', 'Mallikunta', 'Turvaposti', 'Saatu perille'])
    await line.getByText(words).first().waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await tabTo(office.getByLabel('Mitä', { exact: true }))
  await office.keyboard.type('Luovutuspaketti')
  await office.getByText('Ei luovutuksia näillä ehdoilla').waitFor()
  await press(button('Näytä kaikki'))
  await line.waitFor()
})

test('a visit corrected afterwards tops Tilanne, and the correction is a version that says what it replaces', async () => {
  await household.server.stop()
  await household.inside(({ store }) => lengthen(store))
  await household.server.start()
  await press(office.getByRole('link', { name: 'Tilanne' }))
  await office.getByRole('heading', { name: /tiedot ovat muuttuneet/ }).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await press(office.getByRole('link', { name: 'Kuvitteellinen Aada' }).first())
  await office.getByText('Tiedot ovat muuttuneet hyväksymisen jälkeen').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await press(button('Korjaa kooste'))
  await tabTo(office.getByLabel('Miksi korjataan'))
  await office.keyboard.type('Käynnin loppu korjattiin')
  await press(button('Aloita korjaus'))
  await press(button(/^Hyväksy/))
  await office
    .getByText(/Korvaa koosteen mallikunta-\d{4}-0001: Käynnin loppu korjattiin/)
    .waitFor()
  await office
    .getByText(`mallikunta-${month.slice(0, 4)}-0002`)
    .first()
    .waitFor()
})
