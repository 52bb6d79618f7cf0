import { deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { protocolHeader } from '#contract/version.ts'
import { Tablet } from '#tests/support/browser.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'
import { pngChunk, pngHeader, pngSignature } from '#tests/support/pictures.ts'

let household: Household
let desk: Tablet
let office: Page

beforeAll(async () => {
  household = await Household.create()
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

/** A green disc and a bar on nothing, as a logo comes from whoever drew it: larger than any paper wants. */
function logo(width = 1600, height = 500): Buffer {
  const rows = Buffer.alloc((1 + width * 4) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const isDisc = Math.hypot(x - height / 2, y - height / 2) < height / 2
      const isBar = x > height * 1.2 && y > height * 0.35 && y < height * 0.65
      if (isDisc || isBar) rows.set([14, 92, 82, 255], y * (1 + width * 4) + 1 + x * 4)
    }
  return Buffer.concat([
    pngSignature,
    pngHeader(width, height, [8, 6, 0, 0, 0]),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND')
  ])
}

/** What the server keeps of it: how wide, and whether anything shines through (PNG § 11.2.1). */
const kept = () =>
  office.evaluate(async (header) => {
    const answer = await fetch('/api/office/organisation/emblem', { headers: { [header]: '1' } })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const view = new DataView(bytes.buffer)
    return bytes.length > 25 ? { width: view.getUint32(16), colour: bytes[25] } : null
  }, protocolHeader)

test('a main user puts the organisation’s logo on its papers, sees it, changes her mind and takes it away', async () => {
  await office.getByRole('link', { name: 'Asetukset' }).click()
  const card = office.getByRole('region', { name: 'Tunnus papereissa' })
  await card.getByText('Papereissa on vain nimi.').waitFor()
  const pick = card.locator('input[type=file]')

  await pick.setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
  })
  await card.getByText('Vain PNG tai JPEG käy.').waitFor()
  expect(await kept()).toBeNull()

  await pick.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo() })
  await card.getByText('Tunnus on nyt papereissa.').waitFor()
  await card.getByRole('img', { name: 'Kotiapu Oy' }).waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  // Small and on white: each paper of a month carries it.
  expect(await kept()).toEqual({ width: 640, colour: 2 })

  await office.reload()
  await card.getByRole('img', { name: 'Kotiapu Oy' }).waitFor()
  await card.getByRole('button', { name: 'Poista tunnus' }).click()
  await card.getByText('Tunnus on poistettu.').waitFor()
  expect(await card.getByRole('img', { name: 'Kotiapu Oy' }).count()).toBe(0)
  expect(await kept()).toBeNull()
})
