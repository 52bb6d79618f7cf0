import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import { Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, unlock } from '#tests/support/door.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, people } from '#tests/support/household.ts'

// Canaries: words that occur nowhere but in these families.
const firstNames = ['Zemfira', 'Xenofon', 'Quirinus', 'Waldemar', 'Yrsa', 'Zacharias']
const words = 'Hiirisatu luettiin kahdesti sohvalla'

let household: Household
let tablet: Tablet
let field: Page
let clients: Client[]

const patient = { timeout: 40_000, interval: 250 }
const locked = () => heading(field, 'Avaa lukitus')
const minutes = (count: number) => count * 60_000

/** Turns the page's clocks on, all timers included. */
const pass = (milliseconds: number) => field.clock.runFor(milliseconds)
/** As a device does that slept with a steady clock: everything due fires once. */
const leap = (milliseconds: number) => field.clock.fastForward(milliseconds)
const touch = () => field.keyboard.press('Shift')

/** All that is in the page: its elements, its title, what its fields hold and its address. */
const inPage = (page: Page) =>
  page.evaluate(() => {
    const typed = [...document.querySelectorAll('input, textarea')].map(
      (each) => (each as HTMLInputElement).value
    )
    return [document.documentElement.outerHTML, document.title, location.href, ...typed].join('\n')
  })

async function findOfClients(page = field): Promise<string[]> {
  const all = await inPage(page)
  return [...firstNames, 'Kuvitteellinen', words].filter((word) => all.includes(word))
}

const isLocked = () => locked().isVisible()

function clientAt(index: number): Client {
  const client = clients[index]
  if (!client) throw new Error('there is no such client')
  return client
}

async function openVisit({ visit, firstName }: Client): Promise<void> {
  await field.goto(`${household.tablet}/visits/${visit}`)
  await unlock(field)
  await heading(field, `Käynti: ${firstName}`).waitFor()
}

async function begin(client: Client): Promise<void> {
  await openVisit(client)
  await field.getByRole('button', { name: 'Aloita käynti' }).click()
  await field.getByLabel('Toteutus').waitFor()
}

async function unlockOnto(client: Client): Promise<void> {
  await unlock(field)
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
}

const written = () => field.getByLabel('Toteutus').inputValue()
const lockButton = (page = field) => page.getByRole('button', { name: 'Lukitse', exact: true })

/** As the platform tells a page that it is put aside, or taken up again. */
const turn = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate(async (now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
    document.dispatchEvent(new Event('visibilitychange'))
    for (let turns = 0; turns < 20; turns += 1) await Promise.resolve()
    return getComputedStyle(document.querySelector('.page') ?? document.body).visibility
  }, state)

const sessionStatus = (page = field) =>
  page.evaluate(async () => {
    const answer = await fetch('/api/session', { headers: { 'Kotikaynti-Protocol': '1' } })
    return answer.status
  })

async function finishElsewhere({ customership, visit }: Client, username: string): Promise<void> {
  await household.server.stop()
  await household.inside(async ({ store, clock }) => {
    const user = await store.users.findByUsername(username)
    if (!user) throw new Error('nobody')
    await store.register.transact((tx) =>
      tx.change(customership, async (change) => {
        const current = await change.entry('visit', visit)
        if (!current) throw new Error('no visit')
        const endedAt = toMoment(Math.floor(clock.now() / 60_000) * 60_000 + 3_600_000)
        await change.put('visit', visit, { ...current.data, state: 'completed', endedAt }, user.id)
      })
    )
  })
  await household.server.start()
}

/** What the office has of the visit. */
async function atOffice({ customership, visit }: Client) {
  await household.server.stop()
  let found: { state: string; endedAt?: string | undefined } | null = null
  await household.inside(async ({ store }) => {
    await store.register.read(customership, async (reader) => {
      found = (await reader.entry('visit', visit))?.data ?? null
    })
  })
  await household.server.start()
  return found as { state: string; endedAt?: string | undefined } | null
}

beforeAll(async () => {
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, firstNames)
  })
  tablet = await Tablet.create('tablet')
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  await field.goto(household.tablet)
  await signIn(field, people.worker.username)
  await enrol(field)
  await field.getByText('Asiakkaat on haettu: 6').waitFor()
  await field.getByText('Sovellus avautuu myös ilman verkkoa').waitFor()
  await field.clock.install()
})

beforeEach(async () => {
  await field.goto(household.tablet)
  await locked().waitFor()
})

afterAll(async () => {
  await tablet.destroy()
  await household.destroy()
})

test('idle for five minutes it locks, and nothing of a client is in the page, in Back, in Forward or after a reload', async () => {
  await field.goto(`${household.tablet}/clients/${clientAt(0).customership}`)
  await unlock(field)
  await field.getByText(clientAt(0).firstName).first().waitFor()
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await heading(field, 'Asiakkaat').waitFor()
  await leap(minutes(4.8))
  expect(await isLocked()).toBe(false)
  await touch()
  await leap(minutes(4.8))
  expect(await isLocked()).toBe(false)
  expect(await findOfClients()).not.toEqual([])
  await leap(minutes(0.3))
  await locked().waitFor()
  expect(await findOfClients()).toEqual([])
  for (const step of ['back', 'back', 'forward', 'forward', 'reload'] as const) {
    if (step === 'reload') await field.reload()
    else await (step === 'back' ? field.goBack() : field.goForward()).catch(() => null)
    await locked().waitFor()
    expect(await findOfClients()).toEqual([])
    const ids = /^\/(unlock|today|clients|visits|sign-in|enrol)?(\/[0-9a-f-]{36})?$/
    const url = new URL(field.url())
    expect(url.pathname).toMatch(ids)
    expect(url.searchParams.get('to') ?? '/').toMatch(ids)
  }
})

test('hidden for over a minute it is locked on return, and stays covered until it is', async () => {
  await field.goto(`${household.tablet}/clients/${clientAt(1).customership}`)
  await unlock(field)
  await field.getByText(clientAt(1).firstName).first().waitFor()
  // Timers sleep in a hidden page: only the return finds out.
  await turn(field, 'hidden')
  await field.evaluate(() => {
    const steady = performance.now.bind(performance)
    performance.now = () => steady() + 61_000
    const wall = Date.now.bind(Date)
    Date.now = () => wall() + 61_000
  })
  const seen = await field.evaluate(async (name) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' })
    document.dispatchEvent(new Event('visibilitychange'))
    const page = document.querySelector('.page')
    for (let turns = 0; page && turns < 200; turns += 1) {
      await Promise.resolve()
      if (getComputedStyle(page).visibility === 'hidden') continue
      if (document.body.innerText.includes(name)) return true
    }
    return false
  }, clientAt(1).firstName)
  expect(seen).toBe(false)
  await locked().waitFor()
  expect(await findOfClients()).toEqual([])
})

test('while a visit runs it locks after fifteen minutes, and the half-written note is there afterwards', async () => {
  const client = clientAt(0)
  await begin(client)
  await leap(minutes(14.8))
  expect(await isLocked()).toBe(false)
  await field.getByLabel('Toteutus').fill(words)
  await leap(minutes(15.1))
  await locked().waitFor()
  expect(await findOfClients()).toEqual([])
  await unlockOnto(client)
  expect(await written()).toBe(words)
})

test('touched all day it locks after twelve hours', async () => {
  await openVisit(clientAt(0))
  for (let quarter = 1; quarter < 12 * 6; quarter += 1) {
    await leap(minutes(10))
    await touch()
  }
  expect(await isLocked()).toBe(false)
  await leap(minutes(10))
  await locked().waitFor()
  expect(await findOfClients()).toEqual([])
})

test.for([
  ['ahead', 90_000],
  ['back', -90_000]
] as const)('a clock that jumps %s locks', async ([, jump]) => {
  await openVisit(clientAt(0))
  const clock = () => field.evaluate(() => Date.now())
  await field.clock.setSystemTime((await clock()) + jump / 3)
  await pass(6000)
  expect(await isLocked()).toBe(false)
  await field.clock.setSystemTime((await clock()) + jump)
  await pass(6000)
  await locked().waitFor()
  expect(await findOfClients()).toEqual([])
})

test('hidden it is blank at once, alike for every family, dialogs included; back soon, everything is there', async () => {
  const pictures: Buffer[] = []
  for (const client of [clientAt(1), clientAt(2)]) {
    await field.goto(`${household.tablet}/clients/${client.customership}`)
    await unlock(field)
    await field.getByRole('button', { name: 'Ehdota korjausta' }).first().click()
    await field.getByRole('dialog').waitFor()
    expect(await turn(field, 'hidden')).toBe('hidden')
    const visible = (element: Element) => getComputedStyle(element).visibility
    expect(await field.getByRole('dialog', { includeHidden: true }).evaluate(visible)).toBe(
      'hidden'
    )
    expect(await field.getByText('Ehdota korjausta').last().isVisible()).toBe(false)
    // The emblem on the cover has come by then.
    await field.waitForTimeout(800)
    pictures.push(await field.screenshot())
    await leap(minutes(0.9))
    expect(await turn(field, 'visible')).toBe('visible')
    expect(await isLocked()).toBe(false)
    await field.getByRole('dialog').waitFor()
    await field.getByText(client.firstName).first().waitFor()
  }
  expect(pictures[0]?.equals(pictures[1] ?? Buffer.alloc(0))).toBe(true)
})

test('hidden during a visit it waits five minutes, and words typed just before are kept', async () => {
  const client = clientAt(0)
  await openVisit(client)
  await field.getByLabel('Toteutus').fill(`${words}, ja`)
  await turn(field, 'hidden')
  await leap(minutes(4.8))
  await turn(field, 'visible')
  expect(await isLocked()).toBe(false)
  await field.getByLabel('Toteutus').fill(`${words}, ja taas`)
  await turn(field, 'hidden')
  await leap(minutes(5.1))
  await turn(field, 'visible')
  await locked().waitFor()
  expect(await findOfClients()).toEqual([])
  await unlockOnto(client)
  expect(await written()).toBe(`${words}, ja taas`)
})

test('two tabs stay awake by a touch in one, and lock together with the last words of both kept', async () => {
  const client = clientAt(0)
  await openVisit(client)
  const second = await tablet.context.newPage()
  await second.goto(`${household.tablet}/clients/${clientAt(1).customership}`)
  await unlock(second)
  await second.getByText(clientAt(1).firstName).first().waitFor()
  for (let times = 0; times < 3; times += 1) {
    await leap(minutes(14))
    await second.keyboard.press('Shift')
    await expect.poll(() => isLocked()).toBe(false)
    await pass(1500)
  }
  expect(await heading(second, 'Avaa lukitus').isVisible()).toBe(false)
  await field.getByLabel('Toteutus').fill(`${words}, toinen välilehti`)
  await lockButton(second).click()
  await heading(second, 'Avaa lukitus').waitFor()
  await locked().waitFor()
  expect(await findOfClients()).toEqual([])
  expect(await findOfClients(second)).toEqual([])
  await second.close()
  await unlockOnto(client)
  expect(await written()).toBe(`${words}, toinen välilehti`)
})

test('the lock button keeps the last words, and the session ends with the lock until unlocking opens another', async () => {
  const client = clientAt(0)
  await openVisit(client)
  await expect.poll(() => sessionStatus(), patient).toBe(200)
  await field.getByLabel('Toteutus').fill(`${words}, nappi`)
  await lockButton().click()
  await locked().waitFor()
  await expect.poll(() => sessionStatus(), patient).toBe(401)
  await unlockOnto(client)
  expect(await written()).toBe(`${words}, nappi`)
  await expect.poll(() => sessionStatus(), patient).toBe(200)
})

test('a visit is ended on the lock screen: kept through a kill, undone, and applied at the unlocking', async () => {
  const client = clientAt(0)
  await openVisit(client)
  await lockButton().click()
  await field.getByText('Käynti on käynnissä').waitFor()
  expect(await findOfClients()).toEqual([])
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Lopeta käynti' }).click()
  await field.getByText(/^Käynti päättyi /).waitFor()
  await field.getByRole('button', { name: 'Peru', exact: true }).click()
  await field.getByText('Käynti on käynnissä').waitFor()
  await field.getByRole('button', { name: 'Lopeta käynti' }).click()
  const said = await field.getByText(/^Käynti päättyi /).innerText()
  expect(await findOfClients()).toEqual([])
  expect(await findFaultsInBothLights(field)).toEqual([])
  await tablet.close()

  await tablet.open()
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
  await field.clock.install()
  await field.goto(`${household.tablet}/visits/${client.visit}`)
  await locked().waitFor()
  await field.getByText(said).waitFor()
  await field.getByRole('button', { name: 'Peru', exact: true }).waitFor()
  await leap(minutes(3))
  await unlockOnto(client)
  await field.getByText('Aika merkittiin lukitusnäytöllä.').waitFor()
  await field.getByText(said).first().waitFor()
  await field.getByText(/^Käynti \d+\.\d\d–\d+\.\d\d$/).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Selvä' }).click()
  await lockButton().click()
  await locked().waitFor()
  await field.getByText('Kaikki on lähetetty').waitFor(patient)
  expect(await field.getByText('Käynti on käynnissä').count()).toBe(0)
  expect(await atOffice(client)).toMatchObject({ state: 'completed' })
})

test('a visit that was ended elsewhere meanwhile keeps that end, and the dropped time is said', async () => {
  const client = clientAt(1)
  await begin(client)
  await field.getByText('Tallennettu tälle laitteelle').or(lockButton()).first().waitFor()
  await lockButton().click()
  await field.getByText('Kaikki on lähetetty').waitFor(patient)
  await finishElsewhere(client, people.worker.username)
  await field.getByRole('button', { name: 'Lopeta käynti' }).click()
  await field.getByRole('button', { name: 'Peru', exact: true }).waitFor()
  await unlockOnto(client)
  await field.getByText('Käynti oli jo lopetettu muualla.').waitFor()
  const left = await atOffice(client)
  expect(Date.parse(left?.endedAt ?? '')).toBeGreaterThan(
    performance.timeOrigin + performance.now()
  )
})

test('sign-out keeps the last words, shows nothing in Back, and unlocking opens no session after it', async () => {
  const client = clientAt(2)
  await begin(client)
  await field.getByLabel('Toteutus').fill(`${words}, ulos`)
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Kirjaudu ulos' }).click()
  await field.getByRole('dialog').getByRole('button', { name: 'Kirjaudu ulos' }).click()
  await locked().waitFor()
  for (let back = 0; back < 3; back += 1) {
    await field.goBack().catch(() => null)
    await locked().waitFor()
    expect(await findOfClients()).toEqual([])
  }
  await openVisit(client)
  expect(await written()).toBe(`${words}, ulos`)
  await field.getByRole('link', { name: 'Kirjaudu, niin tiedot päivittyvät' }).waitFor()
  expect(await sessionStatus()).toBe(401)
  await field.getByRole('link', { name: 'Kirjaudu, niin tiedot päivittyvät' }).click()
  await signIn(field, people.worker.username)
  await heading(field, 'Tänään').waitFor()
})

test('a session cookie that is gone costs no password, and a revoked tablet opens no session any more', async () => {
  await field.goto(`${household.tablet}/today`)
  await tablet.context.clearCookies({ name: 'session' })
  expect(await sessionStatus()).toBe(401)
  await unlock(field)
  await heading(field, 'Tänään').waitFor()
  await expect.poll(() => sessionStatus(), patient).toBe(200)

  await lockButton().click()
  await locked().waitFor()
  await expect.poll(() => sessionStatus(), patient).toBe(401)
  await household.server.stop()
  await household.inside(async ({ store, clock }) => {
    for (const { id } of await store.devices.list({})) await store.devices.revoke(id, clock.now())
  })
  await household.server.start()
  await field.reload()
  await heading(field, 'Kirjaudu sisään').waitFor(patient)
  expect(await sessionStatus()).toBe(401)
})
