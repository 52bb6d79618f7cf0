import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customershipIdSchema } from '#contract/id.ts'
import type { CertificateTwo } from '#contract/certificate.ts'
import { toMoment } from '#contract/day.ts'
import { signCertificate } from '#server/ending/certificate.ts'
import type { Parts } from '#server/http/parts.ts'
import { newUuidV4 } from '#server/keys/secret.ts'
import { Tablet } from '#tests/support/browser.ts'
import { heading } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household } from '#tests/support/household.ts'

let household: Household
let browser: Tablet
let page: Page
let certificate: CertificateTwo
const asked: string[] = []

/** Signed by this very register, as a deletion signs it. */
async function fill({ clock, keyStore, version }: Parts): Promise<void> {
  const at = toMoment(clock.now())
  certificate = signCertificate(keyStore, {
    format: 2 as const,
    number: 'KK-2026-000007',
    customership: customershipIdSchema.parse(newUuidV4()),
    plannedAt: at,
    deletedAt: at,
    renewedAt: at,
    cause: 'asked' as const,
    role: 'main-user' as const,
    handOver: 'confirmed' as const,
    kinds: [
      { kind: 'profile', count: 1 },
      { kind: 'visit', count: 31 },
      { kind: 'note', count: 29 },
      { kind: 'page', count: 4 }
    ],
    methods: [
      'key-destroyed' as const,
      'rows-erased' as const,
      'log-truncated' as const,
      'absence-verified' as const,
      'bytes-scanned' as const
    ],
    versions: { app: version, protocol: 1 },
    devices: [
      { device: '01935b2e-7c00-7000-8000-00000000000a', state: 'purged' as const, at },
      { device: '01935b2e-7c00-7000-8000-00000000000b', state: 'purged' as const, at },
      { device: '01935b2e-7c00-7000-8000-00000000000c', state: 'lease-ended' as const, at: null }
    ],
    checks: [
      { what: 'data-key', left: 0 },
      { what: 'entries', left: 0 },
      { what: 'tokens', left: 0 }
    ],
    scan: { at, files: 12, bytes: 2_345_678, marks: 66, found: 0 },
    backup: { lastAt: at }
  })
}

beforeAll(async () => {
  household = await Household.create(fill)
  browser = await Tablet.create('tablet')
  page = browser.context.pages()[0] ?? (await browser.context.newPage())
  page.on('request', (request) => {
    asked.push(`${request.method()} ${new URL(request.url()).pathname} ${request.postData() ?? ''}`)
  })
})
afterAll(async () => {
  await browser.destroy()
  await household.destroy()
})

async function check(text: string): Promise<void> {
  await page.getByLabel('Tai liitä todistuksen teksti').fill(text)
  await page.getByRole('button', { name: 'Tarkista', exact: true }).click()
}

const told = (words: string) =>
  page.getByRole('status').or(page.getByRole('alert')).getByText(words)

test('§7 whoever is given a certificate finds the way to check it without signing in', async () => {
  await page.goto(`${household.office}/sign-in`)
  await page.getByRole('link', { name: 'Tarkista poistotodistus' }).click()
  await heading(page, 'Tarkista poistotodistus').waitFor()
  await page.getByText(certificate.key).waitFor()
})

test('§7 a genuine certificate is told as such, with what it says, and none of it leaves the page', async () => {
  asked.length = 0
  const file = { name: 'todistus.json', mimeType: 'application/json' }
  const buffer = Buffer.from(JSON.stringify(certificate, null, 2))
  await page.getByLabel('Valitse tiedosto').setInputFiles({ ...file, buffer })
  await told('Todistus on aito').waitFor()
  await heading2('Poistotodistus KK-2026-000007').waitFor()
  await page.getByText('Poissa 2/3 laitteelta').waitFor()
  await page.getByText('Määräaika päättynyt, ei vahvistusta').waitFor()
  await page.getByText('Mitään poistettua ei löytynyt').waitFor()
  expect(await findFaultsInBothLights(page)).toEqual([])
  for (const request of asked) {
    expect(request).not.toContain(certificate.number)
    expect(request).not.toContain(certificate.customership)
    expect(request).not.toContain(certificate.sig)
    expect(request).not.toMatch(/^(POST|PUT)/)
  }
})

const heading2 = (name: string) => page.getByRole('heading', { name, level: 2 })

test('§7 a certificate that was changed, or is signed by another, is not called genuine', async () => {
  const changed = { ...certificate, kinds: [{ kind: 'profile', count: 1 }] }
  await check(JSON.stringify(changed))
  await told('Todistus ei ole aito').waitFor()
  expect(await heading2('Poistotodistus KK-2026-000007').count()).toBe(0)
  expect(await findFaultsInBothLights(page)).toEqual([])
  await check('{"number":"KK-2026-000007"}')
  await told('Tämä ei ole poistotodistus').waitFor()
  expect(await findFaultsInBothLights(page)).toEqual([])
})

test('§7 a certificate is checked without a network too, once the page is there', async () => {
  await browser.context.setOffline(true)
  await check(JSON.stringify(certificate))
  await told('Todistus on aito').waitFor()
  await browser.context.setOffline(false)
})
