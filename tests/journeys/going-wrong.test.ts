import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { screens, Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { enrol, heading, signIn, toTheDay, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, password, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'

const firstNames = [
  ...['Aamu', 'Bertta', 'Cecilia', 'Dagmar', 'Elviira', 'Fanny'],
  ...['Gunvor', 'Hilppa', 'Iivari', 'Jalmari', 'Kaleva', 'Lahja']
]

// Of an invented person: its check character is right, and its century sign an old one.
const identityCode = '010594Y9032'

let proxy: FaultProxy
let household: Household
let desk: Tablet
let tablet: Tablet
let office: Page
let field: Page
let clients: Client[]

const firstPage = async ({ context }: Tablet) => context.pages()[0] ?? (await context.newPage())

/** Nothing is slept through: the longest that a slow machine may take. */
const patient = { timeout: 40_000, interval: 250 }

/** What time does in the end to every session. */
const endSession = async () => {
  await fetch('/api/session', { method: 'DELETE', headers: { 'Kotikaynti-Protocol': '1' } })
}

function clientAt(index: number): Client {
  const client = clients[index]
  if (!client) throw new Error('there is no such client')
  return client
}

async function openDay(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Tänään' }).first().click()
  await heading(page, 'Tänään').waitFor()
}

async function openOutbox(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  await heading(page, 'Lähtevät').waitFor()
}

async function begin(page: Page, { firstName }: Client): Promise<void> {
  await openDay(page)
  await page.getByRole('radio', { name: 'Viikko' }).click()
  await page.getByRole('link', { name: firstName }).first().click()
  await heading(page, `Käynti: ${firstName}`).waitFor()
  await page.getByRole('button', { name: 'Aloita käynti' }).click()
  await page.getByRole('checkbox', { name: 'Lastenhoito' }).click()
}

const saved = (page: Page) => page.getByText('Tallennettu tälle laitteelle').waitFor()

async function sign(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Vahvista' }).click()
  await page.getByText('Kirjaus on vahvistettu').waitFor()
}

let atOffice: OfficeDesk

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    clients = await addCaseload(parts, people.worker.username, firstNames)
  }, proxy.port)
  proxy.target = household.server.port
  desk = await Tablet.create('desktop')
  tablet = await Tablet.create('tablet')
  atOffice = await OfficeDesk.signedIn(household)
  office = await firstPage(desk)
  field = await firstPage(tablet)
})

beforeEach(() => proxy.heal())

afterAll(async () => {
  await Promise.all([desk.destroy(), tablet.destroy()])
  await proxy.close()
  await household.destroy()
})

test('a wrong password and an unknown user are told alike, and haste is told when to try again', async () => {
  await office.goto(household.office)
  const refusal = office.getByRole('alert')
  const told = async (username: string) => {
    await signIn(office, username, 'ei tämä ole salasana')
    await refusal.getByText('Käyttäjätunnus tai salasana ei täsmää').waitFor()
    return refusal.innerText()
  }
  const wrongPassword = await told(people.outsider.username)
  expect(await findFaultsInBothLights(office)).toEqual([])
  await office.reload()
  expect(await told('olematon')).toBe(wrongPassword)

  const attempt = async (word: string) => {
    const answered = office.waitForResponse((response) => response.url().endsWith('/api/session'))
    await signIn(office, people.outsider.username, word)
    return (await answered).status()
  }
  await expect.poll(() => attempt('ei tämäkään ole'), patient).toBe(429)
  await office.getByText('Liian monta yritystä').waitFor()
  await office.getByText(/^Yritä uudelleen (\d+ )?sekunnin kuluttua\.$/).waitFor()
  expect(await office.getByLabel('Käyttäjätunnus').inputValue()).toBe(people.outsider.username)
  expect(await findFaultsInBothLights(office)).toEqual([])
  await expect.poll(() => attempt(password), patient).toBe(200)
  await heading(office, 'Ota laite käyttöön').waitFor()
})

test('an identity code is masked in the form of a new client, and an expired session does not cost the form', async () => {
  await office.evaluate(endSession)
  await office.goto(household.office)
  await signIn(office, people.coordinator.username)
  await heading(office, 'Tilanne').waitFor()
  await office.getByRole('link', { name: 'Asiakkaat' }).click()
  await office.getByRole('link', { name: 'Uusi asiakkuus' }).click()
  await heading(office, 'Uusi asiakkuus').waitFor()
  await office.getByLabel('Etunimi').fill('Muusa')
  await office.getByLabel('Sukunimi').fill('Lomakkeinen')
  await office.getByLabel('Terveys').pressSequentially(`Astma, ${identityCode}, lääke repussa`)
  await office.getByText('Henkilötunnus peitettiin. Sitä ei tallenneta tänne.').waitFor()
  expect(await office.getByLabel('Terveys').inputValue()).toBe('Astma, ••••••-••••, lääke repussa')
  await office.getByLabel('Tilaaja', { exact: true }).selectOption({ index: 1 })
  await office.getByLabel('Palvelutuote').selectOption({ label: 'Lapsiperheiden kotipalvelu' })
  await office.getByRole('textbox', { name: 'Voimassa alkaen' }).fill('1.1.2025')
  await office.getByRole('textbox', { name: 'Viimeinen voimassaolopäivä' }).fill('31.12.2099')
  await office.getByLabel('Myönnetyt tunnit').fill('12,5')
  expect(await findFaultsInBothLights(office)).toEqual([])

  await office.evaluate(endSession)
  const cover = office.getByRole('dialog', { name: 'Jatka kirjautumalla' })
  await cover.waitFor()
  expect(await findFaultsInBothLights(office)).toEqual([])
  expect(await office.getByLabel('Etunimi').isVisible()).toBe(false)
  await cover.getByLabel('Salasana').fill('ei tämä')
  await cover.getByRole('button', { name: 'Jatka työtä' }).click()
  await cover.getByText('Käyttäjätunnus tai salasana ei täsmää').waitFor()
  await cover.getByLabel('Salasana').fill(password)
  await cover.getByRole('button', { name: 'Jatka työtä' }).click()
  await cover.waitFor({ state: 'hidden' })
  expect(await office.getByLabel('Etunimi').inputValue()).toBe('Muusa')
  await office.getByRole('button', { name: 'Perusta asiakkuus' }).click()
  await heading(office, /Lomakkeinen/).waitFor()
  await office.getByRole('tab', { name: 'Tiedot' }).click()
  await office.getByText('Astma, ••••••-••••, lääke repussa').waitFor()
})

test('a newer version that another tab took is told at the office, and the form stays as it is', async () => {
  await office.getByRole('link', { name: 'Asiakkaat' }).first().click()
  await office.getByRole('link', { name: 'Uusi asiakkuus' }).click()
  await office.getByLabel('Etunimi').fill('Muusa')
  await office.evaluate(async () => {
    await navigator.serviceWorker.ready
    navigator.serviceWorker.dispatchEvent(new Event('controllerchange'))
  })
  await office.getByRole('button', { name: 'Ota käyttöön' }).waitFor()
  expect(await office.getByLabel('Etunimi').isVisible()).toBe(true)
  expect(await office.getByLabel('Etunimi').inputValue()).toBe('Muusa')
  await office.reload()
})

test('a first fetch that is cut keeps what came, and goes on by itself to the end', async () => {
  await field.goto(household.tablet)
  await field.evaluate(() => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    const look = () => {
      const text = document.querySelector('progress')?.parentElement?.textContent ?? ''
      const [count] = /\d+\/\d+ asiakasta/.exec(text) ?? []
      if (count !== undefined && told.at(-1) !== count) told.push(count)
    }
    const everything = { childList: true, subtree: true, characterData: true, attributes: true }
    new MutationObserver(look).observe(document, everything)
  })
  await signIn(field, people.worker.username)
  const cut = Promise.withResolvers<void>()
  let pulls = 0
  proxy.fault = (path) => {
    if (path !== '/api/sync/pull') return null
    pulls += 1
    // The scope, the organisation and nine customerships.
    return pulls === 1 ? { does: 'cut', afterLines: 11, when: cut.promise } : null
  }
  await enrol(field)
  await field.getByText('8/12 asiakasta').waitFor()
  cut.resolve()
  await field.getByText('Haku keskeytyi').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByText('Asiakkaat on haettu: 12').waitFor()
  const told = await field.evaluate(() => (globalThis as unknown as { told: string[] }).told)
  expect(new Set(told.map((count) => count.split('/')[1]))).toEqual(new Set(['12 asiakasta']))
  const done = told.map((count) => Number(count.split('/')[0]))
  expect(done).toEqual(done.toSorted((one, other) => one - other))
  expect([done[0], done.at(-1)]).toEqual([0, 12])
  await field.setViewportSize(screens.phone)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.setViewportSize(screens.tablet)
  await toTheDay(field)
})

test('an identity code typed into a note is masked, and the rest of the note stays and arrives', async () => {
  const client = clientAt(0)
  await begin(field, client)
  await field.getByLabel('Toteutus').pressSequentially(`Äiti sanoi ${identityCode} ja jatkoi`)
  await field.getByText('Henkilötunnus peitettiin. Muu teksti säilyi.').waitFor()
  const words = 'Äiti sanoi ••••••-•••• ja jatkoi'
  expect(await field.getByLabel('Toteutus').inputValue()).toBe(words)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await sign(field)
  await expect.poll(() => atOffice.written(client), patient).toEqual([words])
})

test('words typed just before leaving a visit are there afterwards', async () => {
  const client = clientAt(1)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Viime hetken sanat')
  await openDay(field)
  await field.getByRole('radio', { name: 'Viikko' }).click()
  await field.getByRole('link', { name: client.firstName }).first().click()
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe('Viime hetken sanat')
})

test('two tabs write one note, and locking one locks both after the last words are kept', async () => {
  const client = clientAt(2)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Ensimmäisessä kirjoitettu')
  await saved(field)
  const second = await tablet.context.newPage()
  await second.goto(`${household.tablet}/visits/${client.visit}`)
  await unlock(second)
  await heading(second, `Käynti: ${client.firstName}`).waitFor()
  expect(await second.getByLabel('Toteutus').inputValue()).toBe('Ensimmäisessä kirjoitettu')
  await second.getByLabel('Havainnot').fill('Toisessa kirjoitettu')
  await saved(second)

  await second.getByRole('link', { name: 'Minä' }).first().click()
  await heading(second, 'Minä').waitFor()
  await field.getByLabel('Toteutus').fill('Ensimmäisessä kirjoitettu loppuun')
  await second.getByRole('button', { name: 'Lukitse nyt' }).click()
  await heading(second, 'Avaa lukitus').waitFor()
  await heading(field, 'Avaa lukitus').waitFor()
  expect(await field.content()).not.toContain('Ensimmäisessä')
  await second.close()

  await unlock(field)
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe('Ensimmäisessä kirjoitettu loppuun')
  expect(await field.getByLabel('Havainnot').inputValue()).toBe('Toisessa kirjoitettu')
})

test('a captive portal that answers with pages costs nothing, and delivery goes on when it ends', async () => {
  const client = clientAt(3)
  const asked: string[] = []
  proxy.fault = (path) => {
    asked.push(path)
    return { does: 'portal' }
  }
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Kahvilan verkossa kirjoitettu')
  await sign(field)
  await openOutbox(field)
  await field.getByRole('button', { name: 'Lähetä nyt' }).click()
  await field.getByText('Kirjaukset ovat tallessa ja lähtevät itsestään, kun verkko on.').waitFor()
  await expect.poll(() => new Set(asked)).toContain('/api/sync/push')
  expect(new Set(asked)).toContain('/api/sync/pull')
  await field.getByText('Vahvistettu kirjaus').first().waitFor()
  expect(await field.getByRole('alert').count()).toBe(0)
  expect(await findFaultsInBothLights(field)).toEqual([])
  expect(await atOffice.written(client)).toEqual([])

  proxy.heal()
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  expect(await atOffice.written(client)).toEqual(['Kahvilan verkossa kirjoitettu'])
})

test('a full device keeps the words on the screen, says so, and saves when there is room', async () => {
  const client = clientAt(4)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Tilaa oli vielä')
  await saved(field)
  const tools = await tablet.context.newCDPSession(field)
  const origin = household.tablet
  await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  const words = 'Tila loppui kesken lauseen'
  // The browser looks at its quota twice a minute at most: somebody goes on writing until it does.
  await expect
    .poll(async () => {
      await field.getByLabel('Toteutus').fill('')
      await field.getByLabel('Toteutus').fill(words)
      await field.getByText(/^Tallennettu tälle laitteelle|^Tallennus ei onnistunut/).waitFor()
      return field.getByText('Tallennus ei onnistunut. Teksti on yhä näytöllä.').isVisible()
    }, patient)
    .toBe(true)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('link', { name: 'Asiakkaat' }).first().click()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe('Tila loppui kesken lauseen')

  await tools.send('Storage.overrideQuotaForOrigin', { origin })
  await tools.detach()
  await field.getByRole('button', { name: 'Yritä uudelleen' }).click()
  await saved(field)
  await sign(field)
  await expect.poll(() => atOffice.written(client), patient).toEqual(['Tila loppui kesken lauseen'])
})

test('a server killed in the middle of a push applies everything exactly once', async () => {
  const three = [clientAt(5), clientAt(6), clientAt(7)]
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  for (const client of three) {
    await begin(field, client)
    await field.getByLabel('Toteutus').fill(`Kerran: ${client.firstName}`)
    await sign(field)
  }
  await openOutbox(field)
  const waiting = () => field.getByText('Vahvistettu kirjaus').count()
  expect(await waiting()).toBeGreaterThanOrEqual(3)
  for (const once of ['sent', 'answered'] as const) {
    const killed = Promise.withResolvers<void>()
    const then = () => void household.server.kill().then(killed.resolve)
    proxy.fault = (path) => (path === '/api/sync/push' ? { does: 'lose', once, then } : null)
    await field.getByRole('button', { name: 'Lähetä nyt' }).click()
    await killed.promise
    proxy.fault = () => ({ does: 'refuse' })
    await household.server.start()
    expect(await waiting()).toBeGreaterThanOrEqual(3)
  }
  proxy.heal()
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  for (const client of three)
    expect(await atOffice.written(client)).toEqual([`Kerran: ${client.firstName}`])
})

test('while the disk of the server is full nothing is taken, and nothing is lost', async () => {
  const client = clientAt(8)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Levy oli täynnä')
  await saved(field)
  await household.server.fillDisk(true)
  const refused = tablet.context.waitForEvent('response', (response) =>
    response.url().endsWith('/api/sync/push')
  )
  await sign(field)
  const answer = await refused
  expect([answer.status(), ((await answer.json()) as { code: string }).code]).toEqual([
    503,
    'store-unavailable'
  ])
  expect((await fetch(`http://127.0.0.1:${household.server.port}/api/health`)).status).toBe(503)
  await openOutbox(field)
  await field.getByText('Vahvistettu kirjaus').first().waitFor()
  await field.getByRole('button', { name: 'Lähetä nyt' }).click()
  await field.getByText('Tietoja ei saatu päivitettyä').waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])

  await household.server.fillDisk(false)
  await field.getByText('Mikään ei odota lähetystä').waitFor(patient)
  expect(await atOffice.written(client)).toEqual(['Levy oli täynnä'])
})

test('a new version is taken with a full outbox, and nothing in it is lost', async () => {
  const client = clientAt(9)
  proxy.fault = (path) =>
    path === '/service-worker.js'
      ? { does: 'change', change: (script) => `${script}\n// the next version` }
      : path.startsWith('/api/')
        ? { does: 'refuse' }
        : null
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Vanhassa versiossa kirjoitettu')
  await field.evaluate(() => {
    void navigator.serviceWorker.ready.then((registration) => registration.update())
  })
  await field.getByText('Uusi versio valmis').waitFor(patient)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.getByRole('button', { name: 'Ota käyttöön' }).click()
  await heading(field, 'Avaa lukitus').waitFor()
  await field.getByText('Uusi versio valmis').waitFor({ state: 'hidden' })
  await field.getByText(/odottaa lähetystä/).waitFor()
  await unlock(field)
  await heading(field, `Käynti: ${client.firstName}`).waitFor()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe('Vanhassa versiossa kirjoitettu')
  proxy.heal()
  await sign(field)
  await expect
    .poll(() => atOffice.written(client), patient)
    .toEqual(['Vanhassa versiossa kirjoitettu'])
})

test('Background Sync delivers what waits when no page is open', async () => {
  const client = clientAt(11)
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Sivu oli jo suljettu')
  await sign(field)
  await field.evaluate(async () => {
    const { sync } = (await navigator.serviceWorker.ready) as unknown as {
      sync: { getTags(): Promise<string[]> }
    }
    while ((await sync.getTags()).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 100))
  })
  await field.goto('about:blank')
  proxy.heal()

  const browser = await tablet.context.newCDPSession(field)
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(household.tablet))
      if (ours) resolve(ours.registrationId)
    })
  })
  await browser.send('ServiceWorker.enable')
  const registrationId = await registered
  const tag = 'kotikaynti-outbox'
  const event = { origin: household.tablet, registrationId, tag, lastChance: false }
  await browser.send('ServiceWorker.dispatchSyncEvent', event)
  await expect.poll(() => atOffice.written(client), patient).toEqual(['Sivu oli jo suljettu'])
  await browser.detach()
  await field.goto(household.tablet)
  await unlock(field)
  await heading(field, 'Tänään').waitFor()
})

test('wrong passphrases wait and then end the vault, but not what waits in it', async () => {
  const client = clientAt(10)
  proxy.fault = (path) => (path.startsWith('/api/') ? { does: 'refuse' } : null)
  await begin(field, client)
  await field.getByLabel('Toteutus').fill('Salalause unohtui')
  await sign(field)
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await field.getByRole('button', { name: 'Lukitse nyt' }).click()
  await heading(field, 'Avaa lukitus').waitFor()

  await field.clock.install()
  const ended = field.getByText('Tätä laitetta ei voi enää avata salalauseella')
  const wait = field.getByText('Odota hetki')
  const wrong = field.getByText(/^Salalause ei täsmää/)
  await unlock(field, 'aivan väärä lause tässä')
  await wrong.waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  let waits = 0
  for (let tries = 1; tries < 10;) {
    await unlock(field, `aivan väärä lause ${tries}`)
    await field
      .getByRole('button', { name: 'Avaa', exact: true, disabled: false })
      .or(ended)
      .waitFor()
    if (await wait.isVisible()) {
      waits += 1
      await field.getByText(/^Voit yrittää uudelleen /).waitFor()
      if (waits === 1) expect(await findFaultsInBothLights(field)).toEqual([])
      await field.clock.fastForward(15 * 60_000)
    } else tries += 1
  }
  expect(waits).toBe(5)
  await ended.waitFor()
  await field.getByText(/odottaa lähetystä/).waitFor()
  expect(await findFaultsInBothLights(field)).toEqual([])
  expect(await atOffice.written(client)).toEqual([])

  proxy.heal()
  await field.clock.fastForward(60_000)
  await field.getByText('Kaikki on lähetetty').waitFor(patient)
  expect(await atOffice.written(client)).toEqual(['Salalause unohtui'])
  await field.getByRole('link', { name: 'Kirjaudu sisään' }).click()
  await signIn(field, people.worker.username)
  await heading(field, 'Ota laite käyttöön').waitFor()
})

test.for(['indexedDB', 'locks'])(
  'a browser without %s is told so in three languages',
  async (lacking) => {
    const page = await desk.context.newPage()
    await page.addInitScript((name) => {
      Reflect.deleteProperty(name === 'locks' ? Navigator.prototype : globalThis, name)
    }, lacking)
    await page.goto(household.office)
    for (const name of [
      'Tämä selain ei riitä',
      'Den här webbläsaren räcker inte',
      'This browser is not enough'
    ])
      await page.getByRole('heading', { name, level: 2 }).waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
    expect(await findFaultsInBothLights(page)).toEqual([])
    await page.close()
  }
)
