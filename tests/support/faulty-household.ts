import type { Page } from 'playwright-core'
import { Tablet } from './browser.ts'
import { addCaseload, type Client } from './caseload.ts'
import { enrol, heading, signIn, toTheDay } from './door.ts'
import { FaultProxy } from './fault-proxy.ts'
import { Household, people } from './household.ts'
import { OfficeDesk } from './office-desk.ts'

/** Nothing is slept through: the longest that a slow machine may take. */
export const patient = { timeout: 40_000, interval: 250 }

/** Of an invented person: its check character is right, and its century sign an old one. */
export const identityCode = '010594Y9032'

/** A household that is reached over a line which can fail in every way, and clients with a visit each. */
export class FaultyHousehold {
  readonly proxy: FaultProxy
  readonly household: Household
  readonly atOffice: OfficeDesk
  readonly #clients: readonly Client[]
  readonly #tablets: Tablet[] = []
  #visited = 0

  private constructor(o: {
    proxy: FaultProxy
    household: Household
    atOffice: OfficeDesk
    clients: readonly Client[]
  }) {
    this.proxy = o.proxy
    this.household = o.household
    this.atOffice = o.atOffice
    this.#clients = o.clients
  }

  static async create(firstNames: readonly string[]): Promise<FaultyHousehold> {
    const proxy = await FaultProxy.listen()
    let clients: Client[] = []
    const household = await Household.create(async (parts) => {
      clients = await addCaseload(parts, people.worker.username, firstNames)
    }, proxy.port)
    proxy.target = household.server.port
    const atOffice = await OfficeDesk.signedIn(household)
    return new FaultyHousehold({ proxy, household, atOffice, clients })
  }

  /** One that no other test visits. */
  nextClient(): Client {
    const client = this.#clients[this.#visited]
    this.#visited += 1
    if (!client) throw new Error('every client was visited')
    return client
  }

  async browser(screen: 'desktop' | 'tablet'): Promise<{ tablet: Tablet; page: Page }> {
    const tablet = await Tablet.create(screen)
    this.#tablets.push(tablet)
    return { tablet, page: await tablet.firstPage() }
  }

  /** Taken into use, with everything fetched, at the day. */
  async enrolled(): Promise<{ tablet: Tablet; page: Page }> {
    const { tablet, page } = await this.browser('tablet')
    await page.goto(this.household.tablet)
    await signIn(page, people.worker.username)
    await enrol(page)
    await toTheDay(page)
    return { tablet, page }
  }

  async close(): Promise<void> {
    await Promise.all(this.#tablets.map((tablet) => tablet.destroy()))
    await this.proxy.close()
    await this.household.destroy()
  }
}

export async function openDay(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Tänään' }).first().click()
  await heading(page, 'Tänään').waitFor()
}

export async function openOutbox(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /Lähtevät/ })
    .first()
    .click()
  await heading(page, 'Lähtevät').waitFor()
}

export async function begin(page: Page, { firstName }: Client): Promise<void> {
  await openDay(page)
  await page.getByRole('radio', { name: 'Viikko' }).click()
  await page.getByRole('link', { name: firstName }).first().click()
  await heading(page, `Käynti: ${firstName}`).waitFor()
  await page.getByRole('button', { name: 'Aloita käynti' }).click()
  await page.getByRole('checkbox', { name: 'Lastenhoito' }).click()
}

export const saved = (page: Page) => page.getByText('Tallennettu tälle laitteelle').waitFor()

export async function sign(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Vahvista' }).click()
  await page.getByText('Kirjaus on vahvistettu').waitFor()
}
