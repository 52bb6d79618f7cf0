import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dayAt, instantOf } from '#contract/day.ts'
import { addCaseload, type Client } from '#tests/support/caseload.ts'
import { Household, passphrase, password, people } from '#tests/support/household.ts'
import { OfficeLine } from './office-line.ts'
import type { Engine } from './engine.ts'
import { Firefox, firefoxPath } from './firefox.ts'
import { Hand } from './hand.ts'
import { canStartAlone, held, mayBeHeldUntil, seeTime } from './in-page.ts'
import { WebKit, webkitPath } from './webkit.ts'

const engines: Engine[] = [
  ...(firefoxPath === undefined ? [] : [new Firefox(firefoxPath)]),
  ...(webkitPath === undefined ? [] : [new WebKit(webkitPath)])
]

const sentence = 'Leivoimme sämpylöitä ja luimme hiirisadun kahdesti'

test.skipIf(engines.length > 0)('an engine other than Chromium is here', ({ skip }) => {
  skip('neither Firefox nor WebKitGTK')
})

describe.each(engines)('$name', (engine) => {
  const hand = new Hand(engine)
  let household: Household
  let office: OfficeLine
  let client: Client

  beforeAll(async () => {
    household = await Household.create(async (parts) => {
      const [added] = await addCaseload(parts, people.worker.username, ['Zemfira'])
      client = added!
    })
    office = await OfficeLine.signIn(household.office)
    await engine.open()
    console.log(`${engine.name}: ${await engine.version()}`)
  })

  afterAll(async () => {
    await engine.destroy()
    await household.destroy()
  })

  async function signIn(): Promise<void> {
    await hand.writes('Käyttäjätunnus', people.worker.username)
    await hand.writes('Salasana', password)
    await hand.presses('button', 'Kirjaudu sisään')
  }

  async function unlock(words = passphrase): Promise<void> {
    await hand.sees('heading', 'Avaa lukitus')
    await hand.writes('Salalause', words)
    await hand.presses('button', 'Avaa')
  }

  async function lock(): Promise<void> {
    await hand.presses('link', 'Minä')
    await hand.presses('button', 'Lukitse nyt')
    await hand.sees('heading', 'Avaa lukitus')
  }

  /** A new start of the same tablet: of the browser where it can, of the app where it cannot. */
  async function startAgain(path: string): Promise<void> {
    if (engine.remembers) {
      await engine.close()
      await engine.open()
    }
    await engine.goto(`${household.tablet}${path}`)
  }

  test('the worker signs in, enrols the tablet with a passphrase, and the day is fetched', async () => {
    await engine.goto(household.tablet)
    await signIn()
    await hand.sees('heading', 'Ota laite käyttöön')
    await hand.writes('Salalause', passphrase)
    await hand.writes('Salalause uudelleen', passphrase)
    await hand.presses('button', 'Ota käyttöön')
    await hand.sees('text', 'Asiakkaat on haettu: 1')
    await hand.presses('link', 'Aloita')
    await hand.sees('heading', 'Tänään')
    await hand.sees('text', client.firstName)
    await hand.finds(canStartAlone, 'a worker that starts the app alone')
    expect(await engine.evaluate(held)).toBe('1 1 0')
  })

  test('without a network the app starts, unlocks, and a visit is started, written and signed', async () => {
    await household.server.stop()
    await startAgain('/today')
    await unlock()
    await hand.sees('heading', 'Tänään')
    await hand.presses('button', 'Aloita käynti')
    await hand.sees('heading', 'Käynti', true)
    await hand.presses('checkbox', 'Ruoanlaitto ja ruokailu', true)
    await hand.writes('Toteutus', sentence)
    await hand.sees('text', 'Tallennettu tälle laitteelle')
    await hand.presses('button', 'Lopeta käynti')
    await hand.presses('button', 'Käynti toteutui')
    await hand.presses('button', 'Vahvista')
    await hand.sees('text', 'Kirjaus on vahvistettu')
    await hand.sees('text', 'Odottaa lähetystä')
  })

  test('locked, nothing of the client stands on the page, and what waits is told', async () => {
    await lock()
    await hand.finds(`/odottaa lähetystä/.test(document.body.innerText)`, 'what waits')
    const page = String(await engine.evaluate('document.documentElement.outerHTML'))
    expect(page).not.toContain(client.firstName)
    expect(page).not.toContain(sentence)
  })

  test('the network back, the note reaches the office while the tablet is locked', async () => {
    await household.server.start()
    await hand.sees('text', 'Kaikki on lähetetty')
    expect(await office.notesOf(client.customership)).toEqual([sentence])
  })

  test('a wrong passphrase opens nothing, and the right one opens after it', async () => {
    await unlock('tämä ei ole se oikea lause')
    await hand.sees('text', 'Salalause ei täsmää', true)
    await unlock()
    await hand.sees('heading', 'Minä')
  })

  test('what this browser lacks is told on the page Me', async () => {
    await hand.sees('text', 'Tässä selaimessa')
    const told = `[...document.querySelectorAll('li strong')].map((one) => one.textContent)`
    expect(await engine.evaluate(told)).toEqual(engine.lacks)
  })

  test('past its last day the family goes from the locked tablet without a network', async () => {
    const today = dayAt(performance.timeOrigin + performance.now())
    await office.endOn(client.customership, today)
    // Unlocking asks the server what is new.
    await lock()
    await unlock()
    await hand.finds(mayBeHeldUntil(today), 'the last day')
    await household.server.stop()
    await lock()
    await engine.evaluate(seeTime(instantOf(addDays(today, 1), 8, 0)))
    await startAgain('/today')
    await hand.sees('heading', 'Avaa lukitus')
    expect(await engine.evaluate(held)).toBe('0 0 0')
  })

  test('no page told the console of an error of its own', () => {
    expect(engine.complaints).toEqual([])
  })
})
