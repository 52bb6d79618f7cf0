import { strToU8, zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { findFaults } from '#tests/support/faults.ts'
import { Household, password, people } from '#tests/support/household.ts'

let household: Household
let desk: Tablet
let page: Page

beforeAll(async () => {
  household = await Household.create()
  desk = await Tablet.create('desktop')
  page = desk.context.pages()[0] ?? (await desk.context.newPage())
  await page.goto(`${household.office}/sign-in`)
  await page.getByLabel('Käyttäjätunnus').fill(people.coordinator.username)
  await page.getByLabel('Salasana', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Kirjaudu sisään' }).click()
  await page.getByRole('link', { name: 'Tuonti' }).click()
  await page.getByRole('heading', { name: 'Tuonti', level: 1 }).waitFor()
})
afterAll(async () => {
  await desk.destroy()
  await household.destroy()
})

/** Windows-1252 agrees with Latin 1 in every letter that Finnish uses. */
const latin = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1')

const headings =
  'Asiakasnumero;Sukunimi;Etunimi;Syntymäaika;Puhelin;Tilaaja;Palvelu;Rahoitus;Päätös alkaa;Päätös päättyy;Tunnit;Työntekijä'
const terms = 'Mallikunta;Kotipalvelu;Palveluseteli;1.11.2026;30.4.2027'

async function choose(name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
  await page.getByRole('heading', { name, level: 3 }).waitFor()
}

const cell = (column: string, row: number, text: string) =>
  `<c r="${column}${row}" t="inlineStr"><is><t>${text}</t></is></c>`

/** As a spreadsheet program writes it: a day is a number with a style. */
function workbook(): Buffer {
  return Buffer.from(
    zipSync({
      'xl/workbook.xml': strToU8(
        '<workbook xmlns:r="r"><sheets><sheet name="Yhteyshenkilöt" r:id="rId1"/></sheets></workbook>'
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        `<worksheet><sheetData><row r="1">${cell('A', 1, 'Asiakasnumero')}${cell('B', 1, 'Huoltaja 1 nimi')}</row>` +
          `<row r="2"><c r="A2"><v>1</v></c>${cell('B', 2, 'Väinö Äyräväinen')}</row></sheetData></worksheet>`
      )
    })
  )
}

test('a file of another system is read, its faults are told by row and field, and nothing is saved', async () => {
  await choose(
    'vanha.csv',
    latin(
      headings,
      `1;Äyräväinen;Päivi;3.5.1990;040 123 4567;${terms};12,5;Kotikäyttäjä Helmi`,
      `2;Öhman;Åke;31.2.1985;050 765 4321;${terms};paljon;Kotikäyttäjä Helmi`
    )
  )
  expect(await page.getByLabel('Merkistö').inputValue()).toBe('windows-1252')
  expect(await page.getByLabel('Kenttä sarakkeelle Syntymäaika').inputValue()).toBe(
    'profile.birthDate'
  )
  await page.getByLabel(/Palvelu: Kotipalvelu tarkoittaa/).waitFor()
  expect(await findFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Tarkista' }).click()
  await page.getByText('2 virhettä').waitFor()
  const rows = page.getByRole('region', { name: 'Virheet ja huomiot' }).getByRole('row')
  const texts = (await rows.allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, ' '))
  expect(texts).toEqual([
    expect.stringMatching(/^3 Asiakas: Syntymäaika Päivää ei voi lukea/),
    expect.stringMatching(/^3 Päätös: Tunnit Tunteja ei voi lukea/)
  ])
  expect(texts.join()).not.toContain('paljon')
  expect(await page.getByRole('button', { name: /^Tuo / }).count()).toBe(0)
  expect(await findFaults(page)).toEqual([])
})

test('the mended file and a workbook of contacts are imported at once, and found by name', async () => {
  await page.getByRole('button', { name: 'Poista vanha.csv' }).click()
  await choose(
    'korjattu.csv',
    latin(
      headings,
      `1;Äyräväinen;Päivi;3.5.1990;040 123 4567;${terms};12,5;Kotikäyttäjä Helmi`,
      `2;Öhman;Åke;28.2.1985;050 765 4321;${terms};8;Kotikäyttäjä Helmi`
    )
  )
  await page.getByText('Sarakkeet on yhdistetty samoin kuin viimeksi.').waitFor()
  await choose('huoltajat.xlsx', workbook())
  await page.getByRole('button', { name: 'Tarkista' }).click()
  await page.getByText('Virheitä ei ole').waitFor()
  await page.getByText('1 yhteyshenkilö').waitFor()
  await page.getByRole('button', { name: 'Tuo 2 asiakasta' }).click()
  await page.getByText('Tuonti on valmis').waitFor()
  expect(await findFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'Avaa asiakkaat' }).click()
  await page.getByText('Äyräväinen').first().waitFor()
  await page.getByText('Öhman').first().waitFor()
})

test('what is no table is refused with what to do, and a page left in the middle asks first', async () => {
  await page.getByRole('link', { name: 'Tuonti' }).click()
  const wrong = {
    name: 'kuva.xlsx',
    mimeType: 'text/csv',
    buffer: Buffer.from('PK\u0003\u0004 rikki')
  }
  await page.locator('input[type=file]').setInputFiles(wrong)
  await page.getByText('Tiedostoa kuva.xlsx ei voi lukea').waitFor()
  await choose('korjattu.csv', latin(headings, `1;Malli;Aino;3.5.1991;;${terms};1;`))
  await page.getByRole('link', { name: 'Tilanne' }).click()
  await page.getByRole('button', { name: 'Jatka tuontia' }).click()
  await page.getByRole('heading', { name: 'korjattu.csv' }).waitFor()
})
