import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyRecord } from '#contract/closing.ts'
import { addDays, dayAt, toMoment, type Day } from '#contract/day.ts'
import { entryIdSchema, userIdSchema, type UserId } from '#contract/id.ts'
import { hashPassword } from '#server/auth/password.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, password, people } from '#tests/support/household.ts'

const second = { username: 'maija', displayName: 'Maija Koordinaattori' }

let household: Household
let desk: Tablet
let otherDesk: Tablet
let office: Page
let other: Page
let client: Client
let own: Client
let near: Client
let today: Day

/** As a Finn writes it. */
function written(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}.${month}.${year}`
}

const newEntry = (now: number) => entryIdSchema.parse(newUuidV7(now))

async function addSecondMainUser({ store, clock }: Parts): Promise<void> {
  const now = clock.now()
  await store.users.add({
    id: userIdSchema.parse(newUuidV7(now)),
    ...second,
    role: 'main-user',
    tasks: ['administration'],
    state: 'active',
    passwordHash: await hashPassword(password),
    mustChangePassword: false,
    pledgedAt: now,
    trainedAt: now,
    noticeVersion: 1,
    noticeAt: now,
    lastSeenAt: null
  })
}

/** A paper that was scanned and lies at the office. */
async function addPaper({ store, clock }: Parts, by: UserId): Promise<void> {
  const at = toMoment(clock.now())
  await store.register.transact((tx) =>
    tx.change(client.customership, async (change) => {
      const pages = [{ page: 1, sha256: 'A'.repeat(43), mediaType: 'image/png' as const }]
      const original = [{ state: 'at-office' as const, by, at }]
      const facts = { type: 'payment-commitment' as const, identityCode: 'none' as const }
      const document = { ...facts, pages, addedBy: by, addedAt: at, original }
      await change.put('document', newEntry(clock.now()), document, by)
    })
  )
}

/** The provider itself is controller of what it recorded. */
async function makeOwn({ store }: Parts, by: UserId): Promise<void> {
  await store.register.transact((tx) =>
    tx.change(own.customership, async (change) => {
      for (const { id, data } of await change.ofKind('decision')) {
        const direct = { ...data, controller: 'provider' as const, funding: 'direct' as const }
        await change.put('decision', id, direct, by)
      }
    })
  )
}

/** Its deletion is three days away, and one main user was told. */
async function endLongAgo({ store, clock }: Parts, to: UserId): Promise<void> {
  const deleteBy = addDays(today, 3)
  await store.register.transact((tx) =>
    tx.change(near.customership, async (change) => {
      await change.setEnding({ endDay: addDays(today, -57), deleteBy, reason: 'client-moved' })
      await change.setState('closed')
      const told = { kind: 'deletion' as const, day: deleteBy, daysBefore: 3, seen: [] }
      const warnings = [{ ...told, at: toMoment(clock.now()), to: [to] }]
      await change.writeClosingRecord({ ...emptyRecord, warnings })
    })
  )
}

async function fill(parts: Parts): Promise<void> {
  const added = await addCaseload(parts, people.worker.username, ['Lumi', 'Oiva', 'Petra'])
  const coordinator = await parts.store.users.findByUsername(people.coordinator.username)
  const [first, direct, last] = added
  if (!first || !direct || !last || !coordinator) throw new Error('three clients were added')
  ;[client, own, near] = [first, direct, last]
  today = dayAt(parts.clock.now())
  await addSecondMainUser(parts)
  await addPaper(parts, coordinator.id)
  await makeOwn(parts, coordinator.id)
  await endLongAgo(parts, coordinator.id)
}

beforeAll(async () => {
  household = await Household.create(fill)
  ;[desk, otherDesk] = await Promise.all([Tablet.create('desktop'), Tablet.create('desktop')])
  office = desk.context.pages()[0] ?? (await desk.context.newPage())
  other = otherDesk.context.pages()[0] ?? (await otherDesk.context.newPage())
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
})
afterAll(async () => {
  await Promise.all([desk.destroy(), otherDesk.destroy()])
  await household.destroy()
})

async function openEnding(page: Page, { customership }: Client): Promise<void> {
  await page.goto(`${household.office}/office/clients/${customership}`)
  const asked = page.getByRole('button', { name: 'Järjestäminen', exact: true })
  const tab = page.getByRole('tab', { name: 'Päättäminen' })
  await asked.or(tab).first().waitFor()
  if (await asked.isVisible()) await asked.click()
  await tab.click()
  await page.getByRole('heading', { name: 'Poiston esteet' }).waitFor()
}

const press = (name: string | RegExp, page = office) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click()
const dialog = (name: string | RegExp, page = office) => page.getByRole('dialog', { name })
const item = (name: string, page = office) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, level: 3 }) })

async function settled(name: string): Promise<void> {
  await item(name).getByText('Kunnossa').waitFor()
}

async function end(day: Day): Promise<void> {
  await office.getByRole('textbox', { name: 'Viimeinen päivä' }).fill(written(day))
  await office.getByLabel('Syy').selectOption({ label: 'Asiakas muutti' })
  await press('Päätä asiakkuus')
  const asking = dialog('Päätetäänkö asiakkuus?')
  await asking.getByRole('button', { name: 'Päätä asiakkuus' }).click()
  await asking.waitFor({ state: 'hidden' })
}

test('§7 before an ending it is said what it means, and a wrong field is named', async () => {
  await openEnding(office, client)
  const means = office.getByRole('region', { name: 'Mitä päättäminen tarkoittaa nyt' })
  await means.getByText('Tiedot eivät ole yhdelläkään tabletilla.').waitFor()
  await means.getByText('Yksi asiakirja on palauttamatta tai hävittämättä').waitFor()
  await means.getByText('Yksi paperi on palauttamatta tai hävittämättä').waitFor()
  await means.getByText('Yksi kuukausikooste on toimittamatta').waitFor()
  await office.getByText(/Päättyy itsestään .* ellei uutta päätöstä tule/).waitFor()
  await press('Päätä asiakkuus')
  await office.getByText('Kirjoita päivä näin: 22.11.2026').first().waitFor()
  const focused = office.getByRole('textbox', { name: 'Viimeinen päivä' })
  expect(await focused.evaluate((field) => field === document.activeElement)).toBe(true)
  await focused.fill(written(today))
  await means.getByText(`viimeistään ${written(addDays(today, 60))}`).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('§7 an ending is taken back with a reason, which stays to be seen', async () => {
  await end(addDays(today, -1))
  await office
    .getByRole('heading', { name: `Asiakkuus päättyi ${written(addDays(today, -1))}` })
    .waitFor()
  await press('Peru päättäminen')
  const asking = dialog(/Perutaanko päättäminen/)
  await asking.getByText(/tabletit saavat kaikki tiedot uudelleen/).waitFor()
  await asking.getByRole('button', { name: 'Peru päättäminen' }).click()
  await asking.getByText('Täytä tämä kohta').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await asking.getByLabel('Syy').fill('Päätöstä jatkettiin')
  await asking.getByRole('button', { name: 'Peru päättäminen' }).click()
  await asking.waitFor({ state: 'hidden' })
  await office.getByRole('heading', { name: 'Päättäminen on peruttu' }).waitFor()
  await office.getByText('Päätöstä jatkettiin').waitFor()
  await end(addDays(today, -1))
})

test('§7 the closing list is worked through, each point with who settled it and how', async () => {
  await office.getByRole('heading', { name: 'Päättämisen tarkistuslista' }).waitFor()
  await office.getByText('4 kohtaa avoinna').waitFor()
  expect(await office.getByRole('button', { name: 'Poista nyt' }).isDisabled()).toBe(true)
  expect(await findFaultsInBothLights(office)).toEqual([])

  await press('Kuittaa toimitetuksi')
  const summary = dialog('Kuukausikoosteet on toimitettu')
  await summary.getByRole('button', { name: 'Kuittaa toimitetuksi' }).click()
  await summary.getByText('Täytä tämä kohta').waitFor()
  await summary.getByLabel('Miten').fill('Turvapostilla')
  await summary.getByRole('button', { name: 'Kuittaa toimitetuksi' }).click()
  await settled('Kuukausikoosteet on toimitettu')
  await item('Kuukausikoosteet on toimitettu').getByText('Turvapostilla').waitFor()
  await item('Kuukausikoosteet on toimitettu')
    .getByText(new RegExp(`^${people.coordinator.displayName} · ${written(today)}`))
    .waitFor()

  // Nothing was visited, so there is nothing that a portal has still to be told.
  await settled('Tapahtumat on kirjattu PSOPiin tai Palseen')

  await press('Palautettu tilaajalle: Maksusitoumus')
  await dialog('Onko asiakirja palautettu tilaajalle?')
    .getByRole('button', { name: 'Palautettu tilaajalle' })
    .click()
  await settled('Asiakirjat on palautettu tai hävitetty')

  await press('Hävitetty: Maksusitoumus')
  await dialog('Onko paperi hävitetty?').getByRole('button', { name: 'Hävitetty' }).click()
  await settled('Paperit on palautettu tai hävitetty')
})

test('§7 the receipt of the organiser ends the list; a refused form keeps what was typed', async () => {
  await press('Kirjaa tilaajan kuittaus')
  const receipt = dialog('Tilaajan kuittaus')
  await receipt.getByLabel('Kuka kuittasi').fill('Mallikunta, kirjaamo')
  await receipt.getByRole('textbox', { name: 'Milloin' }).fill(written(addDays(today, 1)))
  await receipt.getByRole('button', { name: 'Kirjaa kuittaus' }).click()
  await receipt.getByText('Kirjoita tämä tai mennyt päivä näin: 22.11.2026').waitFor()
  await receipt.getByText('Täytä tämä kohta').waitFor()
  expect(await receipt.getByLabel('Kuka kuittasi').inputValue()).toBe('Mallikunta, kirjaamo')
  expect(await findFaultsInBothLights(office)).toEqual([])
  await receipt.getByRole('textbox', { name: 'Milloin' }).fill(written(today))
  await receipt.getByLabel('Miten').fill('Turvapostilla')
  await receipt.getByRole('button', { name: 'Kirjaa kuittaus' }).click()
  await settled('Tilaaja on kuitannut tiedot saaduiksi')
  await office.getByText('Mikään ei ole avoinna').waitFor()
  expect(await office.getByRole('button', { name: 'Poista nyt' }).isEnabled()).toBe(true)
})

test('§7 a hold stops the deletion until two main users have set it aside', async () => {
  await press('Kirjaa poiston este')
  const setting = dialog('Kirjaa poiston este')
  await setting.getByRole('button', { name: 'Kirjaa este' }).click()
  await setting.getByText('Kirjoita tuleva päivä näin: 22.11.2026').waitFor()
  await setting.getByLabel('Peruste').selectOption({ label: 'Viranomaisen pyyntö' })
  await setting.getByLabel('Miksi tietoja ei saa poistaa').fill('Valvontaviranomainen selvittää')
  await setting
    .getByRole('textbox', { name: 'Tarkistetaan viimeistään' })
    .fill(written(addDays(today, 30)))
  await setting.getByRole('button', { name: 'Kirjaa este' }).click()
  await setting.waitFor({ state: 'hidden' })
  const hold = item('Viranomaisen pyyntö')
  await hold.getByText('Valvontaviranomainen selvittää').waitFor()
  await item('Poistolla on este').getByText('Avoinna').waitFor()
  expect(await office.getByRole('button', { name: 'Poista nyt' }).isDisabled()).toBe(true)

  await hold.getByRole('button', { name: 'Tarkista' }).click()
  const review = dialog('Onko este yhä voimassa?')
  await review.getByLabel('Mitä todettiin').fill('Asia on vireillä')
  await review
    .getByRole('textbox', { name: 'Seuraava tarkistus viimeistään' })
    .fill(written(addDays(today, 60)))
  await review.getByRole('button', { name: 'Kirjaa tarkistus' }).click()
  await hold.getByText(`Tarkistetaan viimeistään ${written(addDays(today, 60))}`).waitFor()
  await hold.getByText('Asia on vireillä').waitFor()

  await hold.getByRole('button', { name: 'Poista este' }).click()
  const aside = dialog('Poistetaanko este?')
  await aside.getByText(/tarvitaan kaksi pääkäyttäjää/).waitFor()
  await aside.getByLabel('Syy').fill('Selvitys päättyi')
  await aside.getByRole('button', { name: 'Poista este' }).click()
  await aside.waitFor({ state: 'hidden' })
  await hold.getByText('Odottaa toista pääkäyttäjää').waitFor()
  expect(await hold.getByRole('button', { name: /este/i }).count()).toBe(0)
  expect(await findFaultsInBothLights(office)).toEqual([])

  await other.goto(household.office)
  await signIn(other, second.username)
  await heading(other, 'Tilanne').waitFor()
  await other.getByRole('link', { name: 'Päättyvät' }).first().click()
  const table = other.getByRole('region', { name: 'Poiston esteet' }).getByRole('row')
  await table.filter({ hasText: 'Viranomaisen pyyntö' }).waitFor()
  expect(await findFaultsInBothLights(other)).toEqual([])
  await openEnding(other, client)
  await item('Viranomaisen pyyntö', other)
    .getByRole('button', { name: 'Vahvista esteen poistaminen' })
    .click()
  const confirm = dialog('Poistetaanko este?', other)
  await confirm.getByLabel('Syy').fill('Samaa mieltä')
  await confirm.getByRole('button', { name: 'Vahvista esteen poistaminen' }).click()
  await confirm.waitFor({ state: 'hidden' })
  await other.getByText('Yksi päättynyt este').waitFor()

  // The first desk learns of it by itself.
  await office.getByText('Mikään ei ole avoinna').waitFor()
})

test('§7 what is settled is deleted, and a certificate remains', async () => {
  await press('Poista nyt')
  const asking = dialog(/^Poistetaanko Lumi/)
  await asking.getByRole('button', { name: 'Poista nyt' }).click()
  await office
    .getByText(/Poistotodistus KK-\d{4}-\d{6}/)
    .first()
    .waitFor()
  await office.getByRole('link', { name: 'Päättyvät ja todistukset' }).click()
  await heading(office, 'Päättyvät').waitFor()
  await office.getByRole('table', { name: 'Poistotodistukset' }).getByText(/KK-/).waitFor()
  expect(await office.content()).not.toContain('Lumi')
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('§7 where the provider is controller, the list asks whether a law keeps the record', async () => {
  await openEnding(office, own)
  await end(addDays(today, -1))
  const asked = item('Lain säilytysvelvoite on selvittämättä')
  await asked.getByText('Onko laissa säilytysperuste?').waitFor()
  await press('On: kirjaa peruste')
  const keeping = dialog('Lakisääteinen säilytys')
  await keeping.getByRole('button', { name: 'Kirjaa peruste' }).click()
  await keeping.getByText('Kirjoita tuleva päivä näin: 22.11.2026').waitFor()
  await keeping.getByLabel('Peruste').fill('Laki 703/2023')
  await keeping
    .getByRole('textbox', { name: 'Viimeinen säilytyspäivä' })
    .fill(written(addDays(today, 400)))
  await keeping.getByRole('button', { name: 'Kirjaa peruste' }).click()
  await item('Lain säilytysvelvoite on selvitetty')
    .getByText(`Säilytetään ${written(addDays(today, 400))} asti`)
    .waitFor()
  const hold = item('Lakisääteinen säilytys')
  await hold.getByText(`Päättyy itsestään ${written(addDays(today, 400))}`).waitFor()
  await office.getByText('Poistolla on este: tiedot säilyvät, kunnes se päättyy').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('§7 whoever is warned sees it on Tilanne until they say that they have', async () => {
  await office.getByRole('link', { name: 'Tilanne' }).first().click()
  const warnings = office.getByRole('region', { name: 'Tapahtuu itsestään' })
  await warnings
    .getByText(`Asiakkuus poistetaan 3 päivän päästä (${written(addDays(today, 3))})`)
    .waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await warnings.getByRole('link', { name: /Petra/ }).click()
  await office.getByRole('heading', { name: 'Päättämisen tarkistuslista' }).waitFor()
  await office.goBack()
  await warnings.getByRole('button', { name: /^Nähty: .*Petra/ }).click()
  await warnings.waitFor({ state: 'hidden' })
})

test('§10 a package that is fetched is told to whom it goes and which way, and that stands among the disclosures', async () => {
  await openEnding(office, near)
  await press('Kokoa paketti')
  await press('Lataa arkisto')
  const asking = dialog('Kenelle ja mitä tietä paketti luovutetaan?')
  expect(await asking.getByLabel('Kenelle').inputValue()).toBe('mallikunta')
  await asking.getByLabel('Mitä tietä se lähtee').selectOption({ label: 'Annettu käteen' })
  expect(await findFaultsInBothLights(office)).toEqual([])
  const coming = office.waitForEvent('download')
  await asking.getByRole('button', { name: 'Lataa arkisto' }).click()
  await coming
  await office.getByRole('tab', { name: 'Loki' }).click()
  const line = office.getByRole('row').filter({ hasText: 'Luovutuspaketti' })
  for (const words of ['Mallikunta', 'Annettu käteen']) await line.getByText(words).waitFor()
  await office.getByRole('tab', { name: 'Päättäminen' }).click()
})

test('§7 settings say when it runs by itself and who is warned', async () => {
  await office.getByRole('link', { name: 'Asetukset' }).click()
  const card = office.getByRole('region', { name: 'Asiakkuuden päättyminen' })
  await card.getByLabel('Poisto viimeisen päivän jälkeen, päivää').fill('91')
  await card.getByRole('button', { name: 'Tallenna' }).click()
  await card.getByText('Kirjoita päivät lukuna, 14–90').waitFor()
  await card.getByLabel('Poisto viimeisen päivän jälkeen, päivää').fill('30')
  await card.getByLabel('Lokit säilytetään, vuotta').fill('11')
  await card.getByRole('button', { name: 'Tallenna' }).click()
  await card.getByText('Kirjoita vuodet lukuna, 12–30').waitFor()
  await card.getByLabel('Lokit säilytetään, vuotta').fill('15')
  await card.getByRole('checkbox', { name: second.displayName }).check()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await card.getByRole('button', { name: 'Tallenna' }).click()
  await card.getByText('Tallennettu').waitFor()
  await office.reload()
  await card.getByRole('checkbox', { name: second.displayName, checked: true }).waitFor()
  expect(await card.getByLabel('Poisto viimeisen päivän jälkeen, päivää').inputValue()).toBe('30')
  expect(await card.getByLabel('Lokit säilytetään, vuotta').inputValue()).toBe('15')
})
