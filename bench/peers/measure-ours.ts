import { readdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { floor, seenIn, watch } from '#bench/tablet.ts'
import { medianOf } from '#bench/figures.ts'
import { watchFirstPull } from '#bench/first-pull.ts'
import { Tablet } from '#tests/support/browser.ts'
import { signIn, unlock } from '#tests/support/door.ts'
import { type Household, passphrase, people } from '#tests/support/household.ts'
import type { Caseload } from './caseload.ts'
import type { Measured } from './measured.ts'
import type { Ours } from './ours-in-page.ts'
import { OursProcess } from './ours-process.ts'
import { peakMemory, storedBytes } from './weigh.ts'
import type { Wire } from './wire.ts'

/** Beside what is measured of every engine. */
export interface MeasuredOurs extends Measured {
  /** The same browser fetching, sealing and storing the same answer of the same server, and nothing else. */
  readonly floorMs: number
  readonly keyMs: number
  /** From unlocking until Tänään is drawn. */
  readonly drawnMs: number
}

interface InPage {
  readonly ours: Ours
  vaultWorker: string
}
declare const window: InPage

const texts = ['Laite on valmis', 'Avaa lukitus', 'Seuraava käynti']

const workers = new URL('../../build/_app/immutable/workers/', import.meta.url)
function vaultWorker(): string {
  const name = readdirSync(workers).find((one) => /^worker-.*\.js$/.test(one))
  if (!name) throw new Error('npm run build comes first')
  return `/_app/immutable/workers/${name}`
}

/** One round of the app itself in a fresh profile: what a person sees, and what its own code does unseen. */
export async function measureOurs(
  household: Household,
  wire: Wire,
  { rows, changed, written }: Caseload,
  script: string
): Promise<MeasuredOurs> {
  const ours = await OursProcess.start(household)
  const tablet = await Tablet.create('tablet')
  const server = ours.port
  const sum = () => wire.sent + wire.received
  const open = async (): Promise<Page> => {
    await tablet.context.addInitScript(watch, texts)
    const page = await tablet.firstPage()
    page.setDefaultTimeout(120_000)
    return page
  }
  const handIn = async (page: Page) => {
    await page.evaluate((worker) => (window.vaultWorker = worker), vaultWorker())
    await page.evaluate(script)
  }
  wire.turnTo(server)
  try {
    let page = await open()
    await page.goto(household.tablet)
    await signIn(page, people.worker.username)
    await page.getByLabel('Salalause', { exact: true }).fill(passphrase)
    await page.getByLabel('Salalause uudelleen').fill(passphrase)
    const askedAt = await watchFirstPull(page)
    const enrolled = page.waitForResponse((each) => each.url().endsWith('/api/devices'))
    const beforeFetch = sum()
    await page.getByRole('button', { name: 'Ota käyttöön' }).click()
    const { device } = (await (await enrolled).json()) as { device: string }
    await page.getByText('Asiakkaat on haettu').waitFor()
    const fetchBytes = sum() - beforeFetch
    const fetchMs = ((await seenIn(page)).texts['Laite on valmis'] ?? Number.NaN) - askedAt()
    const peakBytes = await peakMemory(tablet.profile)
    await page.getByText('Sovellus avautuu myös ilman verkkoa').waitFor()
    await tablet.close()
    const stored = await storedBytes(tablet.profile)

    wire.turnTo(null)
    await tablet.open()
    page = await open()
    await page.goto(`${household.tablet}/today`)
    await unlock(page)
    await page.getByText('Seuraava käynti').waitFor()
    const seen = await seenIn(page)
    const unlockedAt = seen.unlocked[0] ?? Number.NaN
    const drawnMs = (seen.texts['Seuraava käynti'] ?? Number.NaN) - unlockedAt
    const origin = await page.evaluate(() => performance.timeOrigin)
    const doorMs = (seen.texts['Avaa lukitus'] ?? Number.NaN) - origin
    await tablet.close()

    await tablet.open()
    page = await open()
    await page.goto(`${household.tablet}/today`)
    await page.getByText('Avaa lukitus').first().waitFor()
    await handIn(page)
    const keyMs = await page.evaluate((words) => window.ours.unlock(words), passphrase)
    const read = await page.evaluate(() => window.ours.readAll())
    if (read.rows !== rows.length) throw new Error(`${read.rows} of ${rows.length} could be read`)

    wire.turnTo(server)
    await page.goto(`${household.tablet}/today`)
    await unlock(page)
    await page.getByText('Seuraava käynti').waitFor()
    // The server keeps keys in memory for five seconds; the app's first answer came with the keys read from the disk.
    await page.waitForTimeout(6000)
    const floorMs = await page.evaluate(floor, device)

    wire.turnTo(null)
    await ours.change(changed)
    await handIn(page)
    const contact = await page.evaluate(() => window.ours.contact())
    wire.turnTo(server)
    const beforePull = sum()
    const pullMs = await page.evaluate((before) => window.ours.pull(before), contact)
    const pullBytes = sum() - beforePull

    wire.turnTo(null)
    // A page of the same origin that is not the app: all that it does is what a form's saving does.
    await page.goto(`${household.tablet}/robots.txt`)
    await handIn(page)
    await page.evaluate((words) => window.ours.unlock(words), passphrase)
    const after = await page.evaluate(() => window.ours.readAll())
    if (after.changed !== changed.length) throw new Error(`${after.changed} changes arrived`)
    const took = await page.evaluate((all) => window.ours.write(all), [...written])
    await page.goto(`${household.tablet}/today`)
    await page.getByText('Avaa lukitus').first().waitFor()
    await handIn(page)
    wire.turnTo(server)
    const beforePush = sum()
    const { ms: pushMs, outcomes } = await page.evaluate(() => window.ours.deliver())
    const pushBytes = sum() - beforePush
    if ((outcomes['applied'] ?? 0) < written.length) throw new Error(JSON.stringify(outcomes))
    return {
      ...{ fetchMs, fetchBytes, storedBytes: stored, peakBytes, floorMs, keyMs, drawnMs },
      ...{ firstMs: read.first, allMs: read.all, startMs: doorMs + drawnMs },
      ...{ pullMs, pullBytes, writeMs: medianOf(took), pushMs, pushBytes }
    }
  } finally {
    await tablet.destroy()
    await ours.stop()
  }
}
