import { readFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAt, toMoment } from '#contract/day.ts'
import { entryIdSchema } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { unzip } from '#tests/support/unzip.ts'

let household: Household
let desk: Tablet
let office: Page
let beside: OfficeDesk
let client: Client

/** Somebody to reach, and a note that names them. */
async function addOthers({ store, clock }: Parts, { customership, visit }: Client): Promise<void> {
  const worker = await store.users.findByUsername(people.worker.username)
  if (!worker) throw new Error('nobody to write it')
  const at = toMoment(clock.now())
  const newEntry = () => entryIdSchema.parse(newUuidV7(clock.now()))
  await store.register.transact((tx) =>
    tx.change(customership, async (change) => {
      await change.put(
        'contact',
        newEntry(),
        { name: 'Pirkko Piiloniemi', relation: 'family', phone: '+358401112223', noContact: false },
        worker.id
      )
      await change.put(
        'note',
        newEntry(),
        {
          ...{ visit, template: 'home-service', templateVersion: 1, state: 'signed' },
          ...{ author: worker.id, writtenAt: at, signedAt: at },
          fields: { done: 'Keitettiin puuroa. Piiloniemen Pirkko soitti.' }
        },
        worker.id
      )
    })
  )
}

async function register(kind: 'access' | 'portability'): Promise<string> {
  const id = randomUUID()
  const answer = await beside.ask('POST', '/api/office/requests', {
    ...{ id, customership: client.customership, kind, who: 'client', identified: 'strong' },
    receivedOn: dayAt(Date.now()),
    words: {}
  })
  expect(answer.status).toBe(201)
  return id
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    const [one] = await addCaseload(parts, people.worker.username, ['Aada'])
    if (!one) throw new Error('nobody to report of')
    client = one
    await addOthers(parts, one)
  })
  beside = await OfficeDesk.signedIn(household)
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

const button = (name: string) => office.getByRole('button', { name, exact: true })
const card = (name: string) => office.getByRole('heading', { name, level: 2 })
const dialog = () => office.getByRole('dialog')

async function handOver(name: string): Promise<Buffer> {
  await button(name).click()
  const coming = office.waitForEvent('download')
  await dialog().getByRole('button', { name, exact: true }).click()
  return readFile(await (await coming).path())
}

test('each passage about somebody else is decided, and then the report is made and handed over', async () => {
  const request = await register('access')
  await office.goto(`${household.office}/office/requests/${request}`)
  await card('Raportti pyytäjälle').waitFor()
  await office.getByText('kohtaa on ratkaisematta').waitFor()
  expect(await button('Kokoa raportti').isDisabled()).toBe(true)
  expect(await findFaultsInBothLights(office)).toEqual([])

  const named = office.getByRole('listitem').filter({ hasText: 'Pirkko' })
  const open = await named.count()
  expect(open).toBe(2)
  for (let left = open; left > 0; left -= 1) {
    await named.first().getByLabel('Ratkaisu').selectOption('harms')
    await expect.poll(() => named.count()).toBe(left - 1)
  }
  const rest = office.getByLabel(/^Sama ratkaisu näkyville/)
  if (await rest.isVisible()) {
    await rest.selectOption('own')
    await button('Ratkaise näkyvät').click()
  }
  await office.getByText('Kaikki kohdat on ratkaistu').waitFor()

  await office.reload()
  await office.getByText('Kaikki kohdat on ratkaistu').waitFor()
  await button('Kokoa raportti').click()
  await button('Luovuta paperina').waitFor()
  const pdf = await readPdf(await handOver('Luovuta paperina'))
  expect(pdf.text).toContain('Keitettiin puuroa. [poistettu: koskee toista henkilöä]')
  expect(pdf.text).not.toContain('Pirkko')
  await office.getByText('Luovutettu', { exact: true }).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
})

test('the client’s own file is made, opens by the passphrase that is told apart, and Tuonti takes it', async () => {
  const request = await register('portability')
  await office.goto(`${household.office}/office/requests/${request}`)
  await card('Siirtotiedosto pyytäjälle').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  await button('Kokoa tiedosto').click()
  await button('Luovuta arkistona').waitFor()
  const archive = await handOver('Luovuta arkistona')
  await button('Näytä arkiston salasana').click()
  const passphrase = await dialog().locator('.words').textContent()
  await dialog().getByRole('button', { name: 'Valmis' }).click()
  const files = await unzip(archive, passphrase?.trim())
  const buffer = files.get('portability.json')?.bytes
  if (!buffer) throw new Error('no file for another system')

  await office.goto(`${household.office}/office/import`)
  await office
    .getByLabel('Valitse tiedosto')
    .setInputFiles({ name: 'portability.json', mimeType: 'application/json', buffer })
  await button('Tarkista').click()
  await office.getByText('1 asiakas').first().waitFor()
  expect(await office.getByText('Virheitä ei ole').count()).toBe(1)
})
