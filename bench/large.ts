import { Tablet } from '#tests/support/browser.ts'
import { enrol, signIn } from '#tests/support/door.ts'
import { Household, people } from '#tests/support/household.ts'
import { type Figure, medianOf } from './figures.ts'
import { watchFirstPull } from './first-pull.ts'
import { fillWith } from './household.ts'

const rounds = 3
const families = 500
const visits = 20

interface Seen {
  /** Milliseconds since 1970: when the page first told of a family on the disk, and of all. */
  readonly first?: number
  readonly all?: number
}

/** The screen counts a family once it is sealed and stored, and from then on it can be opened. */
function watchFetch(): void {
  const seen: { first?: number; all?: number } = {}
  Object.assign(globalThis, { seen })
  new MutationObserver(() => {
    const drawn = document.body?.textContent ?? ''
    const now = performance.timeOrigin + performance.now()
    if (/[1-9]\d*\/\d+ asiakasta/.test(drawn)) seen.first ??= now
    if (drawn.includes('Laite on valmis')) seen.all ??= now
  }).observe(document, { subtree: true, childList: true, characterData: true })
}

async function measureRound(household: Household): Promise<{ firstMs: number; allMs: number }> {
  const tablet = await Tablet.create('tablet')
  try {
    const page = await tablet.firstPage()
    await tablet.context.addInitScript(watchFetch)
    await page.goto(household.tablet)
    await signIn(page, people.worker.username)
    const askedAt = await watchFirstPull(page)
    await enrol(page)
    await page.getByText(`Asiakkaat on haettu: ${families}`).waitFor({ timeout: 60_000 })
    const { first, all } = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen)
    if (first === undefined || all === undefined) throw new Error('the fetch was not seen')
    return { firstMs: first - askedAt(), allMs: all - askedAt() }
  } finally {
    await tablet.destroy()
  }
}

/** A first fetch of far more than anybody's caseload. */
export async function measureLarge(): Promise<Figure[]> {
  const household = await Household.create((parts) =>
    fillWith(parts, { families, visits, letters: 0 })
  )
  const measured: { firstMs: number; allMs: number }[] = []
  try {
    for (let round = 0; round <= rounds; round += 1) {
      measured.push(await measureRound(household))
      process.stdout.write(`${JSON.stringify(measured.at(-1))}\n`)
    }
  } finally {
    await household.destroy()
  }
  const firstMs = medianOf(measured.slice(1).map((round) => round.firstMs))
  const allMs = medianOf(measured.slice(1).map((round) => round.allMs))
  const figure = (what: string, value: number, most: number): Figure => ({
    what,
    value: `${Math.round(value)} ms`,
    beside: '',
    ratio: '',
    allowed: `at most ${most / 1000} s`,
    holds: value <= most
  })
  return [
    figure(
      `The first of ${families} customerships with ${visits} notes of 1 KiB readable`,
      firstMs,
      2000
    ),
    figure('All of them', allMs, 10_000)
  ]
}
