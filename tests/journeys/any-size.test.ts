import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload } from '#tests/support/caseload.ts'
import { comeIn, heading } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, passphrase, people } from '#tests/support/household.ts'

let household: Household
let tablet: Tablet
let page: Page

const arrangements = [
  { name: 'the narrowest phone', width: 360, height: 640, fontSize: 16 },
  { name: 'a tablet on its side', width: 1180, height: 820, fontSize: 16 },
  { name: 'a tablet with text twice as large', width: 820, height: 1180, fontSize: 32 },
  { name: 'a phone with text twice as large', width: 390, height: 844, fontSize: 32 }
] as const

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    const names = ['Aamukaste', 'Batuulia', 'Cyrenaica', 'Dagmariina', 'Eulaliina']
    await addCaseload(parts, people.worker.username, names, [23, 0])
  })
})
afterEach(() => tablet.destroy())
afterAll(() => household.destroy())

async function takeIntoUse(width: number, height: number, fontSize?: number): Promise<void> {
  tablet = await Tablet.create('tablet', fontSize ? { fontSize } : {})
  page = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  await page.setViewportSize({ width, height })
  await page.goto(household.tablet)
  await comeIn(page, people.worker.username)
  await page.goto(`${household.tablet}/today`)
  await page.getByLabel('Salalause', { exact: true }).waitFor()
}

/** What a person could not read or press on the screen as it stands. */
const unusable = () =>
  page.evaluate(() => {
    const found: string[] = []
    const wide = document.documentElement.scrollWidth - innerWidth
    if (wide > 0) found.push(`scrolls sideways by ${wide}`)
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true })
    const name = (element: Element) => `${element.tagName} ${element.className}`
    for (const element of document.querySelectorAll('body *')) {
      if (!isShown(element)) continue
      const style = getComputedStyle(element)
      const cuts = style.overflowX === 'hidden' || style.overflowX === 'clip'
      const own = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()
      )
      if (
        own &&
        cuts &&
        !element.matches('.unseen, .skip, #svelte-announcer') &&
        element.scrollWidth > element.clientWidth + 1
      )
        found.push(`cut: ${name(element)}`)
    }
    // WCAG 2.5.8, and links within a sentence are excepted there.
    for (const element of document.querySelectorAll('button, a[href], input, select, textarea')) {
      const target = element.closest('label') ?? element
      if (!isShown(target) || element.closest('p, .unseen') || element.matches('.unseen')) continue
      const { width, height, right } = target.getBoundingClientRect()
      if (right > 0 && width > 1 && (width < 24 || height < 24))
        found.push(`small: ${name(target)} ${Math.round(width)}x${Math.round(height)}`)
    }
    const bars = [...document.querySelectorAll('body *')].filter((element) => {
      const { position } = getComputedStyle(element)
      const isBar = position === 'sticky' || position === 'fixed'
      return isBar && isShown(element) && !element.closest('dialog')
    })
    const covered = bars
      .map((bar) => bar.getBoundingClientRect())
      .filter(
        ({ width, top, bottom }) => width > innerWidth / 2 && (top <= 0 || bottom >= innerHeight)
      )
      .reduce((sum, { height }) => sum + height, 0)
    if (covered > innerHeight * 0.6)
      found.push(`bars cover ${Math.round(covered)} of ${innerHeight}`)
    return found
  })

const go = async (name: string) => {
  await page.getByRole('link', { name }).first().click()
  await heading(page, name).waitFor()
}

test.for(arrangements)(
  'every screen of a working day can be read and pressed on $name',
  async (of) => {
    const wrong: string[] = []
    const look = async (screen: string) => {
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)))
      wrong.push(...(await unusable()).map((what) => `${screen}: ${what}`))
      const faults = await findFaultsInBothLights(page)
      wrong.push(...faults.map((what) => `${screen}: ${what}`))
    }
    await takeIntoUse(of.width, of.height, of.fontSize)
    await page.getByLabel('Salalause', { exact: true }).fill(passphrase)
    await look('unlock')
    await page.getByRole('button', { name: 'Avaa', exact: true }).click()
    await page.getByText('Seuraava käynti').waitFor()
    await look('today')
    await page.getByRole('radio', { name: 'Viikko' }).check()
    await look('week')
    await page.getByRole('radio', { name: 'Tänään' }).check()
    await page.getByRole('link', { name: 'Valmis lähtöön?' }).click()
    await page.getByRole('list', { name: 'Valmis lähtöön' }).waitFor()
    await look('ready')
    await go('Asiakkaat')
    await look('clients')
    await page.locator('main a[href^="/clients/"]').first().click()
    await page.getByText('Viimeisimmät kirjaukset').waitFor()
    await look('card')
    await go('Lähtevät')
    await look('outbox')
    await go('Minä')
    await look('me')
    await go('Tänään')
    await page.getByRole('button', { name: 'Aloita käynti' }).click()
    await page.getByLabel('Toteutus').waitFor()
    await look('visit')
    await page.getByRole('button', { name: 'Vahvista' }).click()
    await page.getByText('Tämä kohta on pakollinen').first().waitFor()
    await page.getByRole('checkbox', { name: 'Huoli tai poikkeama' }).check()
    await look('visit that is incomplete')
    await page.getByRole('button', { name: 'Lopeta käynti' }).click()
    await page.getByRole('dialog').waitFor()
    await look('finish')
    await page.getByRole('button', { name: 'Asiakas ei paikalla' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await look('not at home')
    expect(wrong).toEqual([])
  }
)

/** Presses Tab until `name` has the focus, which must be in sight and under no bar on the way. */
async function tabTo(
  role: 'button' | 'link' | 'checkbox' | 'textbox',
  name: string
): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true }).and(page.locator(':focus'))
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const hidden = await page.evaluate(() => {
      const focused = document.activeElement
      if (!focused || focused === document.body) return null
      const { left, top, width, height } = (
        focused.closest('label') ?? focused
      ).getBoundingClientRect()
      const shown = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20))
      const isInSight = shown !== null && (focused.closest('label') ?? focused).contains(shown)
      return isInSight ? null : `${focused.tagName} ${focused.className}`
    })
    if (hidden) throw new Error(`the focus is covered: ${hidden}`)
    if ((await wanted.count()) > 0) return
  }
  throw new Error(`Tab never came to ${name}`)
}

test('a whole visit by a hardware keyboard alone, with the focus never under a bar', async () => {
  await takeIntoUse(820, 1180)
  await tabTo('textbox', 'Salalause')
  await page.keyboard.type(passphrase)
  await page.keyboard.press('Enter')
  await page.getByText('Seuraava käynti').waitFor()
  await tabTo('button', 'Aloita käynti')
  await page.keyboard.press('Enter')
  await page.getByLabel('Toteutus').waitFor()
  await tabTo('checkbox', 'Lastenhoito')
  await page.keyboard.press('Space')
  await tabTo('textbox', 'Toteutus')
  await page.keyboard.type('Leikimme pihalla.')
  await tabTo('button', 'Lopeta käynti')
  await page.keyboard.press('Enter')
  await tabTo('button', 'Käynti toteutui')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await tabTo('button', 'Vahvista')
  await page.keyboard.press('Enter')
  await page.getByText('Kirjaus on vahvistettu').waitFor()
})
