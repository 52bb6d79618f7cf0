import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { addDays, dayAt, minutesBetween } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { plainRule } from '#contract/organiser-rule.ts'
import type { Parts } from '#server/http/parts.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn, unlock } from '#tests/support/door.ts'
import { findFaults, findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'

const names = ['Aino', 'Eino', 'Kerttu', 'Onni', 'Oiva'] as const
type Name = (typeof names)[number]

let household: Household
let tablet: Tablet
let helmi: Page
let atOffice: OfficeDesk
let clients: Client[]

const clientOf = (name: Name) => clients.find(({ firstName }) => firstName === name)!
const tap = (name: string) => helmi.getByRole('button', { name, exact: true }).click()
const field = (name: string) => helmi.getByRole('textbox', { name, exact: true })
const saved = () => helmi.getByText('Tallennettu tälle laitteelle').waitFor()
const polling = { timeout: 30_000 }

/** The decision is of another service: its note has another template. */
async function serveOtherwise({ store }: Parts, client: Client, product: string): Promise<void> {
  await store.register.transact((tx) =>
    tx.change(client.customership, async (change) => {
      for (const kind of ['decision', 'visit'] as const)
        for (const { id, data, by } of await change.ofKind(kind))
          await change.put(kind, id, { ...data, product }, by)
    })
  )
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, names, [0, 0])
    await serveOtherwise(parts, clientOf('Oiva'), 'family-work')
    const { organisation } = await parts.store.organisation.read()
    if (!organisation) throw new Error('an organisation was founded')
    // From before siblings were counted: their time is divided all the same.
    const { siblings: _none, ...terms } = { ...plainRule, roundingMinutes: 15 }
    const from = addDays(dayAt(parts.clock.now()), -100)
    const rule = { organiser: 'mallikunta', from, ...terms, roundingMode: 'up' as const }
    await parts.store.organisation.write({ ...organisation, rules: [rule] })
  })
  atOffice = await OfficeDesk.signedIn(household)
  tablet = await Tablet.create('tablet')
  helmi = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  await helmi.goto(household.tablet)
  await comeIn(helmi, people.worker.username)
  // Only with its cookies on the disk is it the same tablet after its death.
  await tablet.close()
  await restart()
})
afterAll(async () => {
  await tablet.destroy()
  await household.destroy()
})

async function restart(o: { offline?: boolean } = {}): Promise<void> {
  const context = await tablet.open()
  await context.setOffline(o.offline === true)
  helmi = context.pages()[0] ?? (await context.newPage())
  await helmi.goto(`${household.tablet}/today`)
  await unlock(helmi)
  await heading(helmi, 'Tänään').waitFor()
}

async function entriesAt(name: Name): Promise<readonly Entry[]> {
  const path = `/api/office/customerships/${clientOf(name).customership}?purpose=planning`
  return customershipAnswerSchema.parse(await (await atOffice.ask('GET', path)).json()).entries
}
const visitOf = async (name: Name) => {
  const visits = entriesOf(await entriesAt(name), 'visit')
  return visits.find(({ id }) => id === clientOf(name).visit)!.data
}
const notesAt = async (name: Name) =>
  entriesOf(await entriesAt(name), 'note').map(({ data }) => data)

async function openVisit(name: Name): Promise<void> {
  const { customership, visit } = clientOf(name)
  await helmi.getByRole('link', { name: 'Tänään', exact: true }).first().click()
  await heading(helmi, 'Tänään').waitFor()
  await helmi.locator(`a[href="/visits/${visit}?customership=${customership}"]`).first().click()
  await heading(helmi, `Käynti: ${name}`).waitFor()
}

async function bring(name: Name): Promise<void> {
  await tap('Sisarus mukana')
  const dialog = helmi.getByRole('dialog', { name: 'Kuka on mukana?' })
  await dialog
    .getByRole('region', { name: 'Suunniteltu samaan aikaan' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
  await dialog.waitFor({ state: 'hidden' })
}
const together = () => helmi.getByRole('region', { name: 'Yhdessä' })

test('two siblings are written of once, without a network: what is said is in both, and no name of the other', async () => {
  await openVisit('Aino')
  await tablet.context.setOffline(true)
  await tap('Aloita käynti')
  await helmi.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await bring('Eino')
  await together().getByRole('link', { name: 'Eino' }).waitFor()
  await helmi.getByText('Tämä kirjaus tulee jokaiselle: Aino ja Eino').waitFor()
  expect(await helmi.getByRole('checkbox', { name: 'Lastenhoito' }).isChecked()).toBe(true)
  await field('Toteutus').fill('Leikittiin pihalla ja syötiin')
  await field('Havainnot').fill('Ainolla oli nuha')
  await helmi.getByText('Tässä lukee toisen lapsen nimi. Kirjoita erikseen tai muuta.').waitFor()
  await saved()
  expect(await findFaultsInBothLights(helmi)).toEqual([])
})

test('a name of one stands in the way of signing for the other, until it is written apart', async () => {
  await tap('Vahvista')
  await helmi.getByText('Toisen lapsen nimi on näissä').waitFor()
  expect(await field('Havainnot').evaluate((one) => one === document.activeElement)).toBe(true)
  await tap('Kirjoita erikseen: Havainnot')
  await helmi.getByText('Tässä lukee toisen lapsen nimi. Muuta tekstiä.').waitFor()
  await field('Havainnot: Eino').fill('Reippaana koko ajan')
  expect(await helmi.getByText('Tässä lukee toisen lapsen nimi').count()).toBe(0)
  expect(await field('Havainnot: Aino').inputValue()).toBe('Ainolla oli nuha')
  await saved()
  expect(await findFaultsInBothLights(helmi)).toEqual([])
})

test('a tablet whose plug is pulled loses no word of either, and still knows who is along', async () => {
  await tablet.kill()
  await restart({ offline: true })
  await helmi.getByRole('link', { name: 'Jatka: Aino ja Eino' }).click()
  await heading(helmi, 'Käynti: Aino').waitFor()
  await together().getByRole('link', { name: 'Eino' }).waitFor()
  expect(await field('Toteutus').inputValue()).toBe('Leikittiin pihalla ja syötiin')
  expect(await field('Havainnot: Aino').inputValue()).toBe('Ainolla oli nuha')
  expect(await field('Havainnot: Eino').inputValue()).toBe('Reippaana koko ajan')
})

test('they end at one moment and are signed by one tap; the office has a visit and a note of each, the minutes divided', async () => {
  await tap('Lopeta käynti')
  await helmi.getByText('Ajat tulevat kaikille: Aino ja Eino').waitFor()
  await helmi.getByLabel('Alkoi').fill(clockBefore(61))
  await helmi.getByRole('radio', { name: 'Unohdin aloittaa' }).click()
  expect(await findFaults(helmi)).toEqual([])
  await tap('Käynti toteutui')
  await helmi.getByText('Aika on jaettu kahden asiakkaan kesken.').waitFor()
  await tap('Vahvista')
  await helmi.getByText('Kirjaukset on vahvistettu').waitFor()
  expect(await findFaultsInBothLights(helmi)).toEqual([])
  await tablet.context.setOffline(false)
  await expect.poll(async () => (await notesAt('Eino'))[0]?.state, polling).toBe('signed')
  await expect.poll(async () => (await notesAt('Aino'))[0]?.state, polling).toBe('signed')

  const [aino, eino] = [await visitOf('Aino'), await visitOf('Eino')]
  expect([aino.startedAt, aino.endedAt]).toEqual([eino.startedAt, eino.endedAt])
  expect(minutesBetween(aino.startedAt!, aino.endedAt!)).toBeGreaterThanOrEqual(61)
  expect([aino.split, eino.split]).toEqual([
    { of: 2, part: 1 },
    { of: 2, part: 2 }
  ])
  const [ofAino, ofEino] = [await notesAt('Aino'), await notesAt('Eino')]
  expect([ofAino.length, ofEino.length]).toEqual([1, 1])
  expect(ofAino[0]?.fields).toMatchObject({ observations: 'Ainolla oli nuha' })
  expect(ofEino[0]?.fields).toEqual({
    ...ofAino[0]?.fields,
    observations: 'Reippaana koko ajan'
  })
  expect(JSON.stringify(await entriesAt('Eino'))).not.toMatch(/Aino/)
  expect(JSON.stringify(await entriesAt('Aino'))).not.toMatch(/Eino/)
})

const clockBefore = (minutes: number) =>
  new Intl.DateTimeFormat('fi', { timeStyle: 'short', timeZone: 'Europe/Helsinki' })
    .format(Date.now() - minutes * 60_000)
    .replace(':', '.')

test('the office reads in each that the time is divided', async () => {
  const office = await tablet.context.newPage()
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  for (const name of ['Aino', 'Eino'] as const) {
    await office.goto(`${household.office}/office/clients/${clientOf(name).customership}`)
    const asked = office.getByRole('button', { name: 'Suunnittelu', exact: true })
    const tab = office.getByRole('tab', { name: /Käynnit/ })
    await asked.or(tab).first().waitFor()
    if (await asked.isVisible()) await asked.click()
    await tab.click()
    await office.getByRole('button', { name: /^Ajat ja laskutus/ }).click()
    const dialog = office.getByRole('dialog', { name: 'Ajat ja laskutus' })
    await dialog.getByText('Toteutunut').first().waitFor()
    expect(await dialog.innerText()).toMatch(/jaettu kahden asiakkaan kesken/)
  }
  await office.close()
})

test('who was along is corrected with a reason once it is signed', async () => {
  await tap('Ota pois: Eino')
  const dialog = helmi.getByRole('dialog', { name: 'Ota pois: Eino' })
  await dialog.getByRole('button', { name: 'Ota pois' }).click()
  await dialog.getByText('Kerro syy').waitFor()
  await dialog.getByRole('radio', { name: 'Kirjasin väärin' }).click()
  await dialog.getByRole('button', { name: 'Ota pois' }).click()
  await helmi.getByText('Eino ei ole enää mukana').waitFor()
  await helmi.getByText(/Kirjattu ensin:.*jaettu kahden asiakkaan kesken/).waitFor()
  await expect.poll(async () => (await visitOf('Aino')).split, polling).toBeUndefined()
  await expect.poll(async () => (await visitOf('Eino')).split, polling).toBeUndefined()
  const { reason, formerly } = await visitOf('Eino')
  expect(reason).toBe('Kirjasin väärin')
  expect(formerly?.at(-1)).toMatchObject({ state: 'completed', split: { of: 2, part: 2 } })
})

test('of three one was not at home: only that one, and the two who are left share the time', async () => {
  await openVisit('Kerttu')
  await tap('Aloita käynti')
  await bring('Onni')
  await together().getByRole('link', { name: 'Onni' }).waitFor()
  await field('Toteutus').fill('Ruokailu onnistui hyvin')
  await saved()
  expect(await helmi.getByText('Tässä lukee toisen lapsen nimi').count()).toBe(0)
  await tap('Ota pois: Onni')
  await helmi.getByText('Onni ei ole enää mukana').waitFor()
  await together().waitFor({ state: 'detached' })
  await bring('Onni')
  await bring('Oiva')
  await together().getByRole('link', { name: 'Oiva' }).waitFor()
  await together().getByText('Eri palvelu: kirjaus tehdään hänen omalla käynnillään').waitFor()
  await helmi.getByText('Tämä kirjaus tulee jokaiselle: Kerttu ja Onni').waitFor()
  await field('Toteutus').fill('Oiva rakensi majan')
  await helmi.getByText(/^Tässä lukee toisen lapsen nimi/).waitFor()
  await field('Toteutus').fill('Ruokailu onnistui hyvin')
  await saved()
  await tap('Lopeta käynti')
  await tap('Asiakas ei paikalla: Kerttu')
  await expect.poll(async () => (await visitOf('Kerttu')).state, polling).toBe('not-at-home')
  await expect.poll(async () => (await visitOf('Oiva')).split?.of, polling).toBe(2)
  expect((await visitOf('Kerttu')).split).toBeUndefined()
  expect((await visitOf('Onni')).split).toEqual({ of: 2, part: 1 })
  expect((await visitOf('Oiva')).split).toEqual({ of: 2, part: 2 })
})

test('a time noted on the lock screen ends the visits of both', async () => {
  await tap('Lukitse')
  await tap('Lopeta käynti')
  await helmi.getByText(/^Käynti päättyi/).waitFor()
  await unlock(helmi)
  await expect.poll(async () => (await visitOf('Onni')).state, polling).toBe('completed')
  await expect.poll(async () => (await visitOf('Oiva')).state, polling).toBe('completed')
  const [onni, oiva] = [await visitOf('Onni'), await visitOf('Oiva')]
  expect(onni.endedAt).toBe(oiva.endedAt)
  expect([onni.split?.of, oiva.split?.of]).toEqual([2, 2])
})
