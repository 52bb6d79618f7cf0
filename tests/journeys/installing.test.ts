import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { Household, passphrase, password, people } from '#tests/support/household.ts'

let household: Household
let tablet: Tablet
let page: Page
let protocol: CDPSession
const asked = new Set<string>()
const complaints: string[] = []

function listen(): void {
  tablet.context.on('request', (request) => asked.add(new URL(request.url()).origin))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.name))
}

beforeAll(async () => {
  household = await Household.create()
  tablet = await Tablet.create('tablet')
  page = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  listen()
  await page.goto(household.tablet)
  await page.getByLabel('Käyttäjätunnus').waitFor()
  protocol = await tablet.context.newCDPSession(page)
})

afterAll(async () => {
  await tablet.destroy()
  await household.destroy()
})

test('the browser finds nothing that would keep it from installing the app', async () => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  const { installabilityErrors } = await protocol.send('Page.getInstallabilityErrors')
  expect(installabilityErrors).toEqual([])
})

test('its manifest reads without a fault, and each picture it names is there', async () => {
  const { errors, data = '{}' } = await protocol.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const manifest = JSON.parse(data) as Record<'icons' | 'screenshots', { src: string }[]>
  for (const { src } of [...manifest.icons, ...manifest.screenshots]) {
    const answer = await page.evaluate(async (path) => {
      const { status, headers } = await fetch(path)
      return [path, status, headers.get('content-type')?.split('/')[0]]
    }, src)
    expect(answer).toEqual([src, 200, 'image'])
  }
})

test('§11 a whole session asks nobody but our own server, and breaks no rule of its policy', async () => {
  await page.getByLabel('Käyttäjätunnus').fill(people.worker.username)
  await page.getByLabel('Salasana', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Kirjaudu sisään' }).click()
  await page.getByLabel('Salalause', { exact: true }).fill(passphrase)
  await page.getByLabel('Salalause uudelleen').fill(passphrase)
  await page.getByRole('button', { name: 'Ota käyttöön' }).click()
  await page.getByRole('link', { name: 'Aloita' }).click()
  for (const name of ['Asiakkaat', 'Lähtevät', 'Minä', 'Tänään']) {
    await page
      .getByRole('link', { name: new RegExp(name) })
      .first()
      .click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
  }
  expect([...asked]).toEqual([household.tablet])
  expect(complaints).toEqual([])
})

test('without the server a new tab opens at a deep link, from the service worker alone', async () => {
  await household.server.stop()
  const other = await tablet.context.newPage()
  await other.goto(`${household.tablet}/outbox`)
  await other.getByRole('heading', { name: 'Avaa lukitus' }).waitFor()
  await other.close()
})

test('the browser keeps the app itself beside the vault, and nothing else', async () => {
  const kept = await page.evaluate(async () => {
    const urls: string[] = []
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname)
    return { urls, local: localStorage.length, session: Object.keys(sessionStorage) }
  })
  expect(kept.local).toBe(0)
  expect(kept.session.filter((key) => !key.startsWith('sveltekit:'))).toEqual([])
  expect(kept.urls.length).toBeGreaterThan(10)
  expect(kept.urls.filter((path) => path.startsWith('/api/'))).toEqual([])
})
