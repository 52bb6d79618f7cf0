import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customershipAnswerSchema } from '#contract/customership.ts'
import { entriesOf } from '#contract/entry.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { comeIn, enrol, heading, signIn, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'
import { smallPdf, speckledPng } from '#tests/support/papers.ts'
import { scanFolderForBytes } from '#tests/support/scan.ts'

let proxy: FaultProxy
let household: Household
let tablet: Tablet
let other: Tablet
let field: Page
let client: Client
let atOffice: OfficeDesk

const firstPage = async ({ context }: Tablet) => context.pages()[0] ?? (await context.newPage())

const noNetwork = () => ({ does: 'refuse' }) as const

async function documentsAtOffice() {
  const path = `/api/office/customerships/${client.customership}?purpose=organising`
  const { entries } = customershipAnswerSchema.parse(await (await atOffice.ask('GET', path)).json())
  return entriesOf(entries, 'document')
}

async function openCard(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await page.getByRole('link', { name: client.firstName }).first().click()
  await heading(page, new RegExp(client.firstName)).waitFor()
}

/** The brightest and the darkest of what a square of the page holds, as a browser decodes it. */
const shadesIn = (page: Page, bytes: Buffer, square: readonly [number, number]) =>
  page.evaluate(
    async ([text, left, top]) => {
      const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      const picture = await createImageBitmap(new Blob([raw]))
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      const context = canvas.getContext('2d')
      context?.drawImage(picture, 0, 0)
      const [x, y] = [Math.round(left * picture.width), Math.round(top * picture.height)]
      const data = context?.getImageData(x, y, 12, 12).data ?? []
      const shades = [...data].filter((_, index) => index % 4 === 0)
      return { brightest: Math.max(...shades), darkest: Math.min(...shades) }
    },
    [bytes.toString('base64'), ...square] as const
  )

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    const [first] = await addCaseload(parts, people.worker.username, ['Seelia'])
    if (first) client = first
  }, proxy.port)
  proxy.target = household.server.port
  atOffice = await OfficeDesk.signedIn(household)
  tablet = await Tablet.create('tablet')
  other = await Tablet.create('tablet')
  field = await firstPage(tablet)
  await field.goto(household.tablet)
  await comeIn(field, people.worker.username)
})

afterAll(async () => {
  await Promise.all([tablet.destroy(), other.destroy()])
  await proxy.close()
  await household.destroy()
})

test('what is no picture of a paper is told in words, and nothing of it is taken', async () => {
  await openCard(field)
  await field.getByRole('link', { name: 'Skannaa asiakirja' }).click()
  await heading(field, 'Skannaa asiakirja').waitFor()
  const pick = field.getByLabel('Valitse tiedosto')
  const script = '<< /S /JavaScript /JS (app.alert(1)) >>'
  const locked = '/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (x) /U (y) >>'
  const broken = { ...smallPdf('rikki.pdf'), buffer: Buffer.from('%PDF-1.4\nei mitään') }
  const text = { name: 'lupa.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg/>') }
  for (const [file, words] of [
    [smallPdf('ohjelma.pdf', `/OpenAction ${script}`), 'ohjelma.pdf: PDF sisältää ohjelmia'],
    [broken, 'rikki.pdf: tiedosto on rikki'],
    [text, 'lupa.jpg: vain PDF, JPEG tai PNG käy']
  ] as const) {
    await pick.setInputFiles(file)
    await field.getByText(words).waitFor()
  }
  const closed = smallPdf('lukossa.pdf')
  const trailer = closed.buffer.toString('latin1').replace('/Root 1 0 R', `/Root 1 0 R ${locked}`)
  await pick.setInputFiles({ ...closed, buffer: Buffer.from(trailer, 'latin1') })
  await field.getByText(/lukossa.pdf: (PDF on suojattu|tiedosto on rikki)/).waitFor()
  expect(await field.getByText('kuvattu').count()).toBe(0)
  expect(await findFaultsInBothLights(field)).toEqual([])
})

test('§12 three pages are scanned without a network, what must not show is covered, and it is there after a restart', async () => {
  proxy.fault = noNetwork
  await field.getByRole('button', { name: 'Ota kuva' }).click()
  await field.getByText('1 sivu kuvattu').waitFor()
  await field
    .getByLabel('Valitse tiedosto')
    .setInputFiles([speckledPng(1), speckledPng(2), smallPdf('sitoumus.pdf')])
  await field.getByRole('group', { name: 'Sivu 1/4' }).waitFor()
  await field.getByRole('button', { name: 'Poista sivu' }).click()
  await field.getByRole('group', { name: 'Sivu 1/3' }).waitFor()
  await field.getByRole('radio', { name: 'Lääkkeenantolupa' }).click()
  await field.getByRole('radio', { name: 'Minulla' }).click()
  await field.getByRole('textbox', { name: 'Voimassa asti' }).fill('31.12.2099')
  const save = field.getByRole('button', { name: 'Tallenna asiakirja' })
  await save.click()
  await field.getByText('Vastaa ennen tallennusta').waitFor()
  await field.getByRole('radio', { name: 'Kyllä, peitän sen' }).click()
  await save.click()
  await field.getByText('Peitä henkilötunnus').waitFor()

  // With the mouse on the first page; with the keyboard alone on the second, turned.
  const shown = field.getByRole('group', { name: 'Sivu 1/3' })
  await shown.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const sheet = await shown.boundingBox()
  if (!sheet) throw new Error('the page is not on the screen')
  await field.mouse.move(sheet.x + sheet.width * 0.2, sheet.y + sheet.height * 0.1)
  await field.mouse.down()
  await field.mouse.move(sheet.x + sheet.width * 0.6, sheet.y + sheet.height * 0.2)
  await field.mouse.up()
  await field.getByRole('button', { name: 'Peite 1' }).waitFor()
  await field.getByRole('button', { name: 'Sivu 2/3' }).click()
  await field.getByRole('button', { name: 'Käännä' }).click()
  await field.getByRole('button', { name: 'Lisää peite' }).click()
  for (const key of ['ArrowUp', 'ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowDown'])
    await field.keyboard.press(key)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await save.click()
  await field.getByText('Tallennettu tälle laitteelle').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])

  await tablet.close()
  await tablet.open()
  field = await firstPage(tablet)
  await field.goto(`${household.tablet}/outbox`)
  await unlock(field)
  await heading(field, 'Lähtevät').waitFor()
  await field.getByText(/0\/\d+ osaa/).waitFor()
  expect(await field.getByText('Skannattu asiakirja').count()).toBe(1)
  await openCard(field)
  await field.getByText('Odottaa lähetystä', { exact: true }).waitFor()
  await field.getByText('Voimassa tänään').waitFor()
  await field.getByRole('button', { name: /^Näytä/ }).click()
  await field.getByRole('img', { name: 'Sivu 1/3' }).waitFor()
  await field.getByRole('button', { name: 'Seuraava' }).click()
  await field.getByRole('img', { name: 'Sivu 2/3' }).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Sulje' }).click()
})

test('it is delivered in parts over a line that breaks, whole and once', async () => {
  let pushes = 0
  const carried: string[] = []
  proxy.fault = (path) => {
    if (path !== '/api/sync/push') return null
    pushes += 1
    carried.push(path)
    if (pushes === 2) return { does: 'lose', once: 'answered', then: () => undefined }
    if (pushes === 4) return { does: 'refuse' }
    return null
  }
  await field
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  for (;;) {
    const left = await field.getByRole('button', { name: 'Lähetä nyt' }).count()
    if (left === 0) break
    await field.getByRole('button', { name: 'Lähetä nyt' }).click()
    await field.waitForTimeout(250)
  }
  await field.getByText(/Perillä klo/).waitFor()
  expect(pushes).toBeGreaterThan(5)

  const [document, ...more] = await documentsAtOffice()
  expect(more).toEqual([])
  expect(document?.data).toMatchObject({
    type: 'medication-permit',
    identityCode: 'covered',
    validUntil: '2099-12-31'
  })
  const pages: Buffer[] = []
  for (const { page } of document!.data.pages) {
    const answer = await atOffice.ask('GET', `/api/documents/${document!.id}/pages/${page}`)
    pages.push(Buffer.from(await answer.arrayBuffer()))
  }
  expect(pages.map((bytes) => bytes.includes('Exif'))).toEqual([false, false, false])
  // Black where it was covered, and only there.
  const [first, second, third] = pages as [Buffer, Buffer, Buffer]
  expect((await shadesIn(field, first, [0.4, 0.15])).brightest).toBeLessThan(20)
  expect((await shadesIn(field, first, [0.4, 0.5])).brightest).toBeGreaterThan(120)
  expect((await shadesIn(field, second, [0.5, 0.46])).brightest).toBeLessThan(20)
  // Drawn from the PDF: the square is there and the paper around it is white.
  expect((await shadesIn(field, third, [0.3, 0.4])).brightest).toBeLessThan(130)
  expect((await shadesIn(field, third, [0.8, 0.8])).darkest).toBeGreaterThan(240)

  // Of the speckled pages: white paper looks like any other file.
  const runs = [first, second].flatMap((bytes) =>
    [0.3, 0.5, 0.7].map((part) => {
      const at = Math.floor(bytes.length * part)
      return bytes.subarray(at, at + 48)
    })
  )

  proxy.heal()
  const elsewhere = await firstPage(other)
  await elsewhere.goto(household.tablet)
  await signIn(elsewhere, people.worker.username)
  await enrol(elsewhere)
  const last = elsewhere.waitForResponse((response) => response.url().endsWith('/pages/3'))
  await elsewhere.getByRole('link', { name: 'Aloita' }).click()
  await (await last).finished()
  await elsewhere.waitForTimeout(500)
  proxy.fault = noNetwork
  await openCard(elsewhere)
  await elsewhere.getByRole('button', { name: 'Näytä: Lääkkeenantolupa' }).click()
  await elsewhere.getByRole('img', { name: 'Sivu 1/3' }).waitFor()
  await elsewhere.keyboard.press('End')
  await elsewhere.getByRole('img', { name: 'Sivu 3/3' }).waitFor()

  await Promise.all([tablet.close(), other.close()])
  expect(await scanFolderForBytes(tablet.profile, runs)).toEqual([])
  expect(await scanFolderForBytes(other.profile, runs)).toEqual([])
  await writeFile(join(other.profile, 'planted'), first)
  expect(await scanFolderForBytes(other.profile, runs)).toHaveLength(3)
})
