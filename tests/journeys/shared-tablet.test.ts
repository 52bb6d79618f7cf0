import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { screens, Tablet } from '#tests/support/browser.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { heading, signIn, toTheDay, unlock } from '#tests/support/door.ts'
import { FaultProxy } from '#tests/support/fault-proxy.ts'
import { findFaults, findFaultsInBothLights } from '#tests/support/faults.ts'
import { Household, passphrase, people } from '#tests/support/household.ts'
import { OfficeDesk } from '#tests/support/office-desk.ts'

// Canaries: words that occur nowhere but in these two families.
const families = { helmi: 'Zemfira', outi: 'Xenofon' } as const
const words = 'Leivoimme sämpylöitä hiirisadun jälkeen'
const othersPassphrase = 'seitsemän sumuista niittyä ja mylly'
const chosen = { helmi: 'Helmi', outi: 'Oopee' } as const

/** What the register calls them, and how their devices are called. */
const registerNames = ['Kotikäyttäjä', 'Muualla', 'Outi', 'Tabletti,']

let proxy: FaultProxy
let household: Household
let tablet: Tablet
let field: Page
let own: Client
let theirs: Client
let atOffice: OfficeDesk

const patient = { timeout: 40_000, interval: 250 }

const names = () => field.getByRole('list', { name: 'Kuka jatkaa?' }).getByRole('button')
const lock = async () => {
  await field.getByRole('button', { name: 'Lukitse', exact: true }).click()
  await heading(field, 'Avaa lukitus').waitFor()
}
const tap = (name: string) => field.getByRole('button', { name, exact: true }).click()

/** All that is in the page: its elements, its title, what its fields hold and its address. */
const inPage = () =>
  field.evaluate(() => {
    const typed = [...document.querySelectorAll('input, textarea')].map(
      (each) => (each as HTMLInputElement).value
    )
    return [document.documentElement.outerHTML, document.title, location.href, ...typed].join('\n')
  })

async function findOf(...canaries: string[]): Promise<string[]> {
  const all = await inPage()
  return canaries.filter((word) => all.includes(word))
}

/** Everything at the door, as developer tools show it to whoever holds the tablet. */
const atDoor = () =>
  field.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('kotikaynti')
        opening.onerror = () => reject(new Error('not opened'))
        opening.onsuccess = () => {
          const reading = opening.result.transaction('vaults').objectStore('vaults').getAll()
          reading.onsuccess = () => {
            opening.result.close()
            resolve(JSON.stringify(reading.result))
          }
        }
      })
  )

const whoIsSignedIn = () =>
  field.evaluate(async () => {
    const answer = await fetch('/api/session', { headers: { 'Kotikaynti-Protocol': '1' } })
    const body = (await answer.json()) as { user?: { username: string } }
    return body.user?.username ?? answer.status
  })

async function enrolAs(name: string | null, words: string): Promise<void> {
  await heading(field, 'Ota laite käyttöön').waitFor()
  if (name !== null) await field.getByLabel('Nimi lukitusnäytöllä').fill(name)
  await field.getByLabel('Salalause', { exact: true }).fill(words)
  await field.getByLabel('Salalause uudelleen').fill(words)
  await field.getByRole('button', { name: 'Ota käyttöön' }).click()
  await field.getByText('Asiakkaat on haettu: 1').waitFor()
  await toTheDay(field)
}

beforeAll(async () => {
  proxy = await FaultProxy.listen()
  household = await Household.create(async (parts) => {
    own = (await addCaseload(parts, people.worker.username, [families.helmi]))[0]!
    theirs = (await addCaseload(parts, people.outsider.username, [families.outi]))[0]!
  }, proxy.port)
  proxy.target = household.server.port
  atOffice = await OfficeDesk.signedIn(household)
  tablet = await Tablet.create('tablet')
  field = tablet.context.pages()[0] ?? (await tablet.context.newPage())
})

beforeEach(() => proxy.heal())

afterAll(async () => {
  await tablet.destroy()
  await proxy.close()
  await household.destroy()
})

test('a second user comes to a tablet that is somebody’s, and each is called there what they chose', async () => {
  await field.goto(household.tablet)
  await signIn(field, people.worker.username)
  await enrolAs(null, passphrase)
  await lock()
  expect(await names().count()).toBe(0)
  await field.getByRole('link', { name: 'Uusi käyttäjä' }).click()
  await heading(field, 'Kirjaudu sisään').waitFor()
  expect(await findOf(families.helmi, ...registerNames)).toEqual([])
  await signIn(field, people.outsider.username)
  await heading(field, 'Ota laite käyttöön').waitFor()
  expect(await findFaults(field)).toEqual([])
  await enrolAs(chosen.outi, othersPassphrase)
  expect(await findOf(families.helmi, chosen.helmi)).toEqual([])

  await lock()
  expect((await names().allInnerTexts()).map((text) => text.split('\n').at(-1))).toEqual([
    chosen.helmi,
    chosen.outi
  ])
  expect(await findOf(...Object.values(families), ...registerNames)).toEqual([])
  const door = await atDoor()
  for (const word of registerNames) expect(door).not.toContain(word)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await field.setViewportSize(screens.phone)
  expect(await findFaults(field)).toEqual([])
  await field.setViewportSize(screens.tablet)
})

test('two taps switch users: nothing of the one before is there, and what they wrote goes out all the same', async () => {
  await tap(chosen.helmi)
  await unlock(field)
  await heading(field, 'Tänään').waitFor()
  await expect.poll(whoIsSignedIn, patient).toBe(people.worker.username)
  await field.getByRole('button', { name: 'Aloita käynti' }).click()
  await heading(field, `Käynti: ${families.helmi}`).waitFor()
  proxy.fault = (path) => (path === '/api/sync/push' ? { does: 'refuse' } : null)
  await field.getByRole('checkbox', { name: 'Lastenhoito' }).click()
  await field.getByLabel('Toteutus').fill(words)

  await lock()
  await field.getByText(/odottaa lähetystä|odottavat lähetystä/).waitFor()
  await tap(chosen.outi)
  // That somebody else has something to send is nobody's business.
  await field.getByText('Kaikki on lähetetty').waitFor()
  expect(await field.getByText('Käynti on käynnissä').count()).toBe(0)
  expect(await findOf(families.helmi, words)).toEqual([])
  await unlock(field, othersPassphrase)

  await heading(field, 'Tänään').waitFor()
  await field.getByText(families.outi).first().waitFor()
  await expect.poll(whoIsSignedIn, patient).toBe(people.outsider.username)
  expect(await findOf(families.helmi, words, own.customership)).toEqual([])
  for (const step of ['back', 'back', 'forward', 'forward'] as const) {
    await (step === 'back' ? field.goBack() : field.goForward()).catch(() => null)
    await field.getByRole('heading', { level: 1 }).waitFor()
    expect(await findOf(families.helmi, words)).toEqual([])
  }
  await field.goto(`${household.tablet}/visits/${own.visit}`)
  await tap(chosen.outi)
  await unlock(field, othersPassphrase)
  await field.getByText('Käyntiä ei ole tällä laitteella').waitFor()
  expect(await findOf(families.helmi, words)).toEqual([])
  expect(await atOffice.written(own)).toEqual([])

  proxy.heal()
  await expect.poll(() => atOffice.written(own), patient).toEqual([words])
})

test('whoever returns finds the words that were being written', async () => {
  await lock()
  await tap(chosen.helmi)
  await unlock(field)
  await heading(field, 'Tänään').waitFor()
  await field.goto(`${household.tablet}/visits/${own.visit}`)
  await unlock(field)
  await heading(field, `Käynti: ${families.helmi}`).waitFor()
  expect(await field.getByLabel('Toteutus').inputValue()).toBe(words)
  expect(await findOf(families.outi, theirs.customership)).toEqual([])
})

test('the name on the lock screen is changed by its user', async () => {
  await field.getByRole('link', { name: 'Minä' }).first().click()
  await heading(field, 'Minä').waitFor()
  await field.getByText('Tabletti, Helmi').waitFor()
  await field.getByRole('textbox', { name: 'Nimi lukitusnäytöllä' }).fill('Hilla')
  await field.getByRole('button', { name: 'Vaihda nimi' }).click()
  await field.getByText('Nimi on vaihdettu').waitFor()
  // What lies half under the strip that stays in sight is no small target.
  await field.evaluate(() => {
    scrollTo(0, 0)
  })
  expect(await findFaultsInBothLights(field)).toEqual([])
  await lock()
  await tap('Hilla')
  expect(await findOf(chosen.helmi)).toEqual([])
})

test('six names stand on the lock screen, and more of them in a list', async () => {
  const add = (count: number) =>
    field.evaluate(
      (wanted) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('kotikaynti')
          opening.onerror = () => reject(new Error('not opened'))
          opening.onsuccess = () => {
            const writing = opening.result.transaction('vaults', 'readwrite')
            const rows = writing.objectStore('vaults')
            const reading = rows.getAll()
            reading.onsuccess = () => {
              const [row] = reading.result as { device: string }[]
              for (let index = reading.result.length; index < wanted; index += 1)
                rows.put({ ...row, device: crypto.randomUUID(), userName: `Nimi ${index}` })
            }
            writing.oncomplete = () => {
              opening.result.close()
              resolve()
            }
          }
        }),
      count
    )
  await add(6)
  await field.reload()
  await heading(field, 'Avaa lukitus').waitFor()
  await expect.poll(() => names().count(), patient).toBe(6)
  expect(await field.getByText('Vaihda käyttäjää').count()).toBe(0)
  await add(8)
  await field.reload()
  await field.getByText('Vaihda käyttäjää').click()
  expect(await names().count()).toBe(8)
  expect(await findFaultsInBothLights(field)).toEqual([])
  await tap('Nimi 5')
  await field.getByText(/^Hyvää .*, Nimi 5$/).waitFor()
})
