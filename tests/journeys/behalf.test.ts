import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt, instantOf, toMoment } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import { entryIdSchema } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, heading, signIn, unlock } from '#tests/support/door.ts'
import { findFaults, findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, password, people } from '#tests/support/household.ts'

const names = ['Aamu', 'Eeli', 'Iiris', 'Lumi'] as const
type Name = (typeof names)[number]
const both = 'Kirjasi Sirpa Koordinaattori, työntekijä Helmi Kotikäyttäjä'

let household: Household
let tablet: Tablet
let desktop: Tablet
let helmi: Page
let sirpa: Page
let clients: Client[]

const clientOf = (name: Name) => clients.find(({ firstName }) => firstName === name)!
const tap = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click()
const follow = (page: Page, name: string) =>
  page.getByRole('link', { name, exact: true }).first().click()
const saved = (page: Page, where: 'Tallennettu' | 'Tallennettu tälle laitteelle') =>
  page.getByText(where, { exact: true }).waitFor()
const done = (page: Page) => page.getByLabel('Toteutus')

/** A visit of yesterday that was held, and of which nobody wrote a word. */
async function addYesterday({ store, clock }: Parts): Promise<void> {
  const { customership } = clientOf('Lumi')
  await store.register.transact((tx) =>
    tx.change(customership, async (change) => {
      const [visit] = entriesOf(await change.entries({ kinds: ['visit'] }), 'visit')
      if (!visit) throw new Error('a visit was planned')
      const start = instantOf(addDays(dayAt(clock.now()), -1), 9)
      const times = { startedAt: toMoment(start), endedAt: toMoment(start + 3_600_000) }
      const { decision, product, worker } = visit.data
      const held = { decision, product, worker, ...times, state: 'completed' as const }
      await change.put('visit', entryIdSchema.parse(newUuidV7(clock.now())), held, worker)
    })
  )
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, names, [0, 0])
    await addYesterday(parts)
  })
  ;[tablet, desktop] = await Promise.all([Tablet.create('tablet'), Tablet.create('desktop')])
  helmi = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  sirpa = desktop.context.pages()[0] ?? (await desktop.context.newPage())
  await helmi.goto(household.tablet)
  await comeIn(helmi, people.worker.username)
  await sirpa.goto(household.office)
  await signIn(sirpa, people.coordinator.username)
  await heading(sirpa, 'Tilanne').waitFor()
})
afterAll(async () => {
  await Promise.all([tablet.destroy(), desktop.destroy()])
  await household.destroy()
})

async function openVisit(name: Name): Promise<void> {
  const { customership, visit } = clientOf(name)
  await follow(helmi, 'Tänään')
  await heading(helmi, 'Tänään').waitFor()
  await helmi.locator(`a[href="/visits/${visit}?customership=${customership}"]`).first().click()
  await heading(helmi, `Käynti: ${name}`).waitFor()
}

/** "Lähetä nyt" delivers and fetches, until nothing waits. */
async function exchange(): Promise<void> {
  await follow(helmi, 'Lähtevät')
  await heading(helmi, 'Lähtevät').waitFor()
  const send = helmi.getByRole('button', { name: 'Lähetä nyt' })
  if (await send.isVisible()) await send.click()
  await helmi.getByText('Mikään ei odota lähetystä').waitFor()
}

/** Whoever unlocks fetches. */
async function fetchAgain(): Promise<void> {
  await helmi.goto(`${household.tablet}/today`)
  await unlock(helmi)
  await heading(helmi, 'Tänään').waitFor()
}

async function toNotes(): Promise<void> {
  await follow(sirpa, 'Kirjaukset')
  await heading(sirpa, 'Kirjaukset').waitFor()
}
const atOffice = (name: Name) => heading(sirpa, `Käynti: ${name} Kuvitteellinen`)
async function goOnAtOffice(name: Name): Promise<void> {
  await toNotes()
  await sirpa
    .getByRole('link', { name: new RegExp(`^Jatka työntekijän puolesta: ${name} `) })
    .first()
    .click()
  await atOffice(name).waitFor()
}

test('begun on the tablet without a network, finished at the office: both names stand, on the tablet too', async () => {
  await openVisit('Aamu')
  await tablet.context.setOffline(true)
  await tap(helmi, 'Aloita käynti')
  await helmi.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await done(helmi).fill('Leivottiin pullaa')
  await saved(helmi, 'Tallennettu tälle laitteelle')
  await tablet.context.setOffline(false)
  await exchange()

  await goOnAtOffice('Aamu')
  await expect.poll(() => done(sirpa).inputValue()).toBe('Leivottiin pullaa')
  expect(await findFaultsInBothLights(sirpa)).toEqual([])
  await done(sirpa).fill('Leivottiin pullaa ja ulkoiltiin')
  await saved(sirpa, 'Tallennettu')
  await tap(sirpa, 'Vahvista')
  await sirpa.getByText(both).waitFor()
  await sirpa.getByText(/^Vahvisti Sirpa Koordinaattori /).waitFor()
  expect(await findFaults(sirpa)).toEqual([])

  await fetchAgain()
  await openVisit('Aamu')
  await helmi.getByText('Leivottiin pullaa ja ulkoiltiin').waitFor()
  expect(await helmi.getByText(`${both}. Vahvisti Sirpa Koordinaattori`).count()).toBe(1)
  await helmi.getByRole('link', { name: 'Täydennä tai korjaa' }).waitFor()
  expect(await findFaultsInBothLights(helmi)).toEqual([])
})

test('from a paper day sheet: times and note are begun at the office, and the worker finishes it on the tablet', async () => {
  await sirpa.goto(`${household.office}/office/clients/${clientOf('Eeli').customership}`)
  const asked = sirpa.getByRole('button', { name: 'Toteutus', exact: true })
  const tab = sirpa.getByRole('tab', { name: /Käynnit/ })
  await asked.or(tab).first().waitFor()
  if (await asked.isVisible()) await asked.click()
  await tab.click()
  await sirpa.getByRole('link', { name: /^Kirjaus: / }).click()
  await atOffice('Eeli').waitFor()
  await tap(sirpa, 'Kirjaa ajat')
  await sirpa.getByText('Kerro syy').waitFor()
  expect(await findFaultsInBothLights(sirpa)).toEqual([])
  await sirpa.getByRole('radio', { name: 'Paperisesta päivälistasta' }).click()
  await sirpa.getByLabel('Päättyi').fill('0.02')
  await tap(sirpa, 'Kirjaa ajat')
  await sirpa.getByText('Ajat kirjasi toimistossa Sirpa Koordinaattori').waitFor()
  await sirpa.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await done(sirpa).fill('Paperilla luki: ulkoiltiin')
  await saved(sirpa, 'Tallennettu')

  await fetchAgain()
  await openVisit('Eeli')
  await helmi.getByText('Kirjaus on aloitettu toimistossa').waitFor()
  await helmi.getByText('Ajat kirjasi toimistossa Sirpa Koordinaattori').waitFor()
  expect(await findFaultsInBothLights(helmi)).toEqual([])
  expect(await done(helmi).inputValue()).toBe('Paperilla luki: ulkoiltiin')
  await done(helmi).fill('Paperilla luki: ulkoiltiin. Lapsi nukkui hyvin.')
  await saved(helmi, 'Tallennettu tälle laitteelle')
  await tap(helmi, 'Vahvista')
  await helmi.getByText('Kirjaus on vahvistettu').waitFor()
  await helmi.getByText(both).waitFor()
  await exchange()
  await sirpa.getByText('Paperilla luki: ulkoiltiin. Lapsi nukkui hyvin.').waitFor()
  await sirpa.getByText(both).waitFor()
  expect(await sirpa.getByText(/^Vahvisti Sirpa/).count()).toBe(0)
})

test('both wrote at once: the office sees both side by side, one tap for each field, and one text goes on', async () => {
  await openVisit('Iiris')
  await tap(helmi, 'Aloita käynti')
  await done(helmi).fill('Leivottiin')
  await saved(helmi, 'Tallennettu tälle laitteelle')
  await exchange()
  await goOnAtOffice('Iiris')
  await expect.poll(() => done(sirpa).inputValue()).toBe('Leivottiin')
  await openVisit('Iiris')
  await tablet.context.setOffline(true)
  await done(helmi).fill('Leivottiin pullaa tabletilla')
  await saved(helmi, 'Tallennettu tälle laitteelle')
  await done(sirpa).fill('Leivottiin leipää paperilla')
  await saved(sirpa, 'Tallennettu')
  await tablet.context.setOffline(false)
  await exchange()

  const versions = sirpa.getByRole('region', { name: 'Kaksi versiota' })
  await versions.waitFor()
  await versions.getByText(/^Toimistossa Sirpa Koordinaattori · /).waitFor()
  await versions.getByText(/^Helmi Kotikäyttäjä · /).waitFor()
  await tap(sirpa, 'Yhdistä')
  await versions.getByText('Valitse, mikä jää').waitFor()
  expect(await findFaultsInBothLights(sirpa)).toEqual([])
  await versions.getByRole('radio', { name: 'Molemmat' }).click()
  await tap(sirpa, 'Yhdistä')
  await versions.waitFor({ state: 'detached' })
  const text = 'Leivottiin leipää paperilla\n\nLeivottiin pullaa tabletilla'
  await expect.poll(() => done(sirpa).inputValue()).toBe(text)

  await fetchAgain()
  await openVisit('Iiris')
  await expect.poll(() => done(helmi).inputValue()).toBe(text)
  await helmi.getByText('Kirjaus on aloitettu toimistossa').waitFor()
  expect(await helmi.getByText('Kirjauksesta on kaksi versiota').count()).toBe(0)
})

test('a session that ends covers the page, and the words wait: nothing that was typed is lost', async () => {
  await desktop.context.clearCookies()
  await done(sirpa).fill('Sanat, jotka odottavat')
  await heading(sirpa, 'Jatka kirjautumalla').waitFor()
  expect(await done(sirpa).isVisible()).toBe(false)
  await sirpa.getByLabel('Salasana', { exact: true }).fill(password)
  await tap(sirpa, 'Jatka työtä')
  await saved(sirpa, 'Tallennettu')
  await sirpa.reload()
  const asked = sirpa.getByRole('button', { name: 'Toteutus', exact: true })
  await asked.or(done(sirpa)).first().waitFor()
  if (await asked.isVisible()) await asked.click()
  await expect.poll(() => done(sirpa).inputValue()).toBe('Sanat, jotka odottavat')
})

test('without the server the words stay on the page, leaving it asks first, and they go once it is back', async () => {
  await household.server.stop()
  await done(sirpa).fill('Sanat ilman palvelinta')
  await sirpa.getByText('Tallennus ei onnistunut. Teksti on yhä tällä sivulla.').waitFor()
  expect(await findFaults(sirpa)).toEqual([])
  await follow(sirpa, 'Kirjaukset')
  await sirpa.getByRole('dialog', { name: 'Jätetäänkö lomake kesken?' }).waitFor()
  await tap(sirpa, 'Jatka täyttämistä')
  await household.server.start()
  await saved(sirpa, 'Tallennettu')
  expect(await done(sirpa).inputValue()).toBe('Sanat ilman palvelinta')
})

test('Kirjaukset lists by worker what earlier days left unwritten, and leads to where it is written', async () => {
  await toNotes()
  await sirpa.getByRole('radio', { name: 'Ilman kirjausta' }).click()
  const own = sirpa.getByRole('region', { name: /^Helmi Kotikäyttäjä/ })
  await own.getByText('Lumi Kuvitteellinen').waitFor()
  expect(await findFaultsInBothLights(sirpa)).toEqual([])
  await own.getByRole('link', { name: /^Kirjaa puolesta: Lumi Kuvitteellinen, / }).click()
  await atOffice('Lumi').waitFor()
  await sirpa.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await done(sirpa).fill('Eilinen käynti')
  await saved(sirpa, 'Tallennettu')
  await toNotes()
  await sirpa.getByRole('radio', { name: 'Jääneet kesken' }).click()
  await sirpa
    .getByRole('region', { name: /^Helmi Kotikäyttäjä/ })
    .getByText('Lumi Kuvitteellinen')
    .waitFor()
})
