import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { heading } from '#tests/support/door.ts'
import { Household, password, people } from '#tests/support/household.ts'

let household: Household
let tablet: Tablet
let page: Page
/** Until it is let go no script comes. */
let held: PromiseWithResolvers<void>
const asked: string[] = []

beforeAll(async () => {
  household = await Household.create()
})
afterAll(() => household.destroy())

beforeEach(async () => {
  tablet = await Tablet.create('phone')
  page = await tablet.firstPage()
  held = Promise.withResolvers()
  asked.length = 0
  page.on('request', (request) => asked.push(request.url()))
  await page.route('**/*.js', async (route) => {
    await held.promise
    await route.continue()
  })
})
afterEach(() => tablet.destroy())

const open = () => page.goto(`${household.tablet}/sign-in`, { waitUntil: 'commit' })
const submit = () => page.getByRole('button', { name: 'Kirjaudu sisään' })

/** Of all that moved since the page began (Layout Instability API). */
const moved = () =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += Number(Reflect.get(entry, 'value'))
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(sum), 500)
      })
  )

test('the sign-in stands before any script has come, and what is typed into it meanwhile stays', async () => {
  await open()
  await heading(page, 'Kirjaudu sisään').waitFor()
  // By a finger: nothing that the page was covered with lies over it.
  await page.getByLabel('Käyttäjätunnus').click()
  await page.getByLabel('Käyttäjätunnus').fill(people.worker.username)
  await page.getByLabel('Salasana', { exact: true }).fill(password)
  expect(await submit().isDisabled()).toBe(true)
  held.resolve()
  await submit().click()
  await heading(page, 'Ota laite käyttöön').waitFor()
})

test('sent before the script has come it leads nowhere, and no address holds what was typed', async () => {
  await open()
  await page.getByLabel('Käyttäjätunnus').fill(people.worker.username)
  await page.getByLabel('Salasana', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  // However it is sent: a password manager need not press the button.
  await page.evaluate(() => document.querySelector('form')?.requestSubmit())
  held.resolve()
  await page.locator('button[type=submit]:enabled').waitFor()
  expect(page.url()).toBe(`${household.tablet}/sign-in`)
  expect(asked.filter((url) => url.includes(people.worker.username))).toEqual([])
  expect(await page.getByLabel('Käyttäjätunnus').inputValue()).toBe(people.worker.username)
})

test('nothing moves when the script comes', async () => {
  await open()
  await heading(page, 'Kirjaudu sisään').waitFor()
  held.resolve()
  await page.locator('button[type=submit]:enabled').waitFor()
  // A hair where the font's own letters are a little wider: told in the three decimals in which it is judged.
  expect(Number((await moved()).toFixed(3))).toBe(0)
})

test('whoever chose another language here meets no Finnish first', async () => {
  const { hostname } = new URL(household.tablet)
  await tablet.context.addCookies([{ name: 'language', value: 'sv', domain: hostname, path: '/' }])
  await open()
  await page.locator('.first .wordmark').waitFor()
  expect(await page.getByText('Kirjaudu sisään').count()).toBe(0)
  held.resolve()
  await heading(page, 'Logga in').waitFor()
})
