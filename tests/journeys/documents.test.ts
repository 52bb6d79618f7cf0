import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { pngOf } from '#tests/support/pictures.ts'

let household: Household
let desk: Tablet
let office: Page
let client: Client

/** Grey stripes: what lies under a black box was not black before. */
const paper = (name: string) => ({
  name,
  mimeType: 'image/png',
  buffer: pngOf(name.repeat(60), 700)
})

const card = () => office.getByRole('region', { name: 'Kuljetuslupa' })
const dialog = (name: string | RegExp) => office.getByRole('dialog', { name })

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    const [first] = await addCaseload(parts, people.worker.username, ['Seelia'])
    if (first) client = first
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

async function openDocuments(): Promise<void> {
  await office.goto(`${household.office}/office/clients/${client.customership}`)
  const asked = office.getByRole('button', { name: 'Järjestäminen' })
  const tab = office.getByRole('tab', { name: /Asiakirjat/ })
  await asked.or(tab).first().waitFor()
  if (await asked.isVisible()) await asked.click()
  await tab.click()
}

/** As a drag from the desktop ends. */
async function drop(files: readonly ReturnType<typeof paper>[]): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    text: buffer.toString('base64')
  }))
  const transfer = await office.evaluateHandle((dropped) => {
    const data = new DataTransfer()
    for (const { name, mimeType, text } of dropped) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      data.items.add(new File([bytes], name, { type: mimeType }))
    }
    return data
  }, given)
  const place = office.getByRole('group', { name: 'Asiakirjat' })
  await place.dispatchEvent('dragover', { dataTransfer: transfer })
  await place.dispatchEvent('drop', { dataTransfer: transfer })
}

test('§12 a paper is dragged in, the question must be answered, and what is covered is gone from the pixels', async () => {
  await openDocuments()
  await office.getByText('Ei vielä asiakirjoja').waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])

  await drop([paper('a10.png'), paper('a2.png'), paper('a1.png')])
  await dialog('Lisää asiakirja').getByText('Näkyykö sivuilla henkilötunnus?').waitFor()
  await office.getByLabel('Asiakirjan laji').selectOption('transport-permit')
  await office.getByRole('textbox', { name: 'Voimassa asti' }).fill('31.12.2099')
  await office.getByRole('button', { name: 'Tallenna' }).click()
  await office.getByText('Vastaa ennen tallennusta').first().waitFor()
  await office.getByRole('radio', { name: 'Kyllä, peitän sen' }).check()
  await office.getByRole('button', { name: 'Lisää peite' }).click()
  expect(await findFaultsInBothLights(office)).toEqual([])

  // The line is cut at the third page; what has come is not sent again.
  const sent: string[] = []
  let isCut = true
  await office.route('**/documents/*/pages/*', async (route) => {
    const page = route.request().url().split('/').at(-1) ?? ''
    sent.push(page)
    if (isCut && page === '3') await route.abort('connectionreset')
    else await route.continue()
  })
  await office.getByRole('button', { name: 'Tallenna' }).click()
  await office.getByText('Tallennetaan sivuja').waitFor()
  await office.getByText('Yhteys katkesi, 2/3 sivua on tallessa').waitFor({ timeout: 25_000 })
  isCut = false
  sent.length = 0
  await office.getByRole('button', { name: 'Jatka' }).click()
  await card().waitFor()
  expect(sent).toEqual(['3'])
  await office.unroute('**/documents/*/pages/*')
  await card().getByText('Voimassa 31.12.2099 asti').waitFor()
})

test('§12 its pages are seen in the page itself, by keys, and nowhere else', async () => {
  await card().getByRole('button', { name: 'Katso' }).click()
  const viewer = dialog('Kuljetuslupa')
  const shown = viewer.getByRole('img')
  await viewer.getByText('Sivu 1/3').first().waitFor()
  await shown.waitFor()
  const shades = await shown.evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    const at = (x: number, y: number) =>
      context?.getImageData(canvas.width * x, canvas.height * y, 1, 1).data[0] ?? -1
    return { covered: at(0.5, 0.48), beside: at(0.5, 0.2) }
  })
  expect(shades.covered).toBeLessThan(8)
  expect(shades.beside).toBeGreaterThan(30)

  await office.keyboard.press('ArrowRight')
  await viewer.getByText('Sivu 2/3').first().waitFor()
  await office.keyboard.press('End')
  await viewer.getByText('Sivu 3/3').first().waitFor()
  await shown.waitFor()
  const whole = (await shown.boundingBox())?.width ?? 0
  await office.keyboard.press('+')
  await expect.poll(async () => (await shown.boundingBox())?.width).toBeCloseTo(whole * 1.5, 0)
  await office.keyboard.press('0')
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.keyboard.press('Escape')
  await viewer.waitFor({ state: 'hidden' })
  expect(desk.context.pages()).toHaveLength(1)
})

test('§12 the paper is followed to its end, and a document added by mistake goes with its reason', async () => {
  await card().getByRole('button', { name: 'Hävitetty' }).click()
  await dialog('Onko paperi hävitetty?').getByLabel('Merkintä').fill('Silppuri')
  await dialog('Onko paperi hävitetty?').getByRole('button', { name: 'Hävitetty' }).click()
  await card().getByText('Paperi hävitetty').waitFor()
  expect(await card().getByRole('button', { name: 'Palautettu' }).count()).toBe(0)

  await card().getByRole('button', { name: 'Muokkaa tietoja' }).click()
  await dialog('Muokkaa tietoja').getByLabel('Nimi').fill('Koulumatkat')
  await dialog('Muokkaa tietoja').getByRole('button', { name: 'Tallenna' }).click()
  await card().getByText('Koulumatkat').waitFor()

  await card().getByRole('button', { name: 'Poista' }).click()
  const removing = dialog(/Poistetaanko/)
  await removing.getByLabel('Syy').fill('Toisen asiakkaan lupa')
  await removing.getByRole('button', { name: 'Poista' }).click()
  await card().waitFor({ state: 'hidden' })
  await office.getByText('Toisen asiakkaan lupa').waitFor()
})
