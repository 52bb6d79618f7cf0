import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import puppeteer, { type Page } from 'puppeteer-core'
import { addCaseload } from '#tests/support/caseload.ts'
import { Household, passphrase, password, people } from '#tests/support/household.ts'

/**
 * Lighthouse on the worker's screens, as it judges a mobile: `npm install --no-save lighthouse@13.5.0`, then
 * `npm run lighthouse`. It weighs more than all other tools together, so it is no dependency.
 */
const version = '13.5.0'

type Category = 'performance' | 'accessibility' | 'best-practices'
const categories: readonly Category[] = ['performance', 'accessibility', 'best-practices']

interface Step {
  readonly name: string
  readonly lhr: {
    readonly gatherMode: 'navigation' | 'timespan' | 'snapshot'
    readonly categories: Readonly<Partial<Record<Category, { readonly score: number | null }>>>
    readonly audits: Readonly<
      Record<string, { readonly id: string; readonly score: number | null }>
    >
  }
}

interface Flow {
  navigate(address: string, o?: object): Promise<void>
  snapshot(o: { readonly name: string }): Promise<void>
  startTimespan(o: {
    readonly name: string
    readonly onlyCategories: readonly Category[]
  }): Promise<void>
  endTimespan(): Promise<void>
  createFlowResult(): Promise<{ readonly steps: readonly Step[] }>
}

interface Lighthouse {
  startFlow(page: Page, o: object): Promise<Flow>
}

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) =>
  existsSync(path)
)

async function requireLighthouse(): Promise<Lighthouse> {
  const name: string = 'lighthouse'
  try {
    return (await import(name)) as Lighthouse
  } catch {
    throw new Error(`Lighthouse is not here: npm install --no-save lighthouse@${version}`)
  }
}

const screen = { mobile: true, width: 820, height: 1180, deviceScaleFactor: 1, disabled: false }
const config = {
  extends: 'lighthouse:default',
  settings: { formFactor: 'mobile', screenEmulation: screen, onlyCategories: categories }
}
const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Whole ways of a worker: the first start, the start of every morning, and the screens of a day. */
async function walk(page: Page, flow: Flow, tablet: string): Promise<void> {
  const go = async (selector: string, name: string) => {
    await page.click(selector)
    await rest(1500)
    await flow.snapshot({ name })
  }
  await flow.navigate(`${tablet}/sign-in`, { name: 'Kirjaudu sisään, the very first start' })
  await page.waitForSelector('button[type=submit]:enabled')
  await page.type('input[autocomplete=username]', people.worker.username)
  await page.type('input[type=password]', password)
  await page.keyboard.press('Enter')
  await page.waitForSelector('input[autocomplete=new-password]')
  await flow.snapshot({ name: 'Ota laite käyttöön' })
  for (const field of await page.$$('input[autocomplete=new-password]'))
    await field.type(passphrase)
  await page.keyboard.press('Enter')
  await page.waitForSelector('main a[href="/today"]', { timeout: 60_000 })
  await rest(8000)
  await flow.navigate(`${tablet}/today`, {
    name: 'Avaa lukitus, the start of every morning',
    disableStorageReset: true
  })
  await page.waitForSelector('input[type=password]')
  await page.type('input[type=password]', passphrase)
  await page.keyboard.press('Enter')
  await page.waitForSelector('nav a[href="/clients"]')
  await rest(2000)
  await flow.snapshot({ name: 'Tänään' })
  await go('a[href="/ready"]', 'Valmis lähtöön')
  await go('nav a[href="/outbox"]', 'Lähtevät')
  await go('nav a[href="/me"]', 'Minä')
  await go('nav a[href="/clients"]', 'Asiakkaat')
  await go('main a[href^="/clients/"]', 'Asiakkaan kortti')
  await page.click('nav a[href="/today"]')
  await rest(1500)
  // Over a span of time accessibility is no category: asked for, it stops the run.
  await flow.startTimespan({
    name: 'Käynti: starting, three ticks, a sentence',
    onlyCategories: categories.filter((category) => category !== 'accessibility')
  })
  await page.click('main button[class~=primary]')
  await page.waitForSelector('textarea')
  const ticks = await page.$$('main input[type=checkbox]:not([disabled])')
  for (const tick of ticks.slice(0, 3)) await tick.click()
  await page.type('textarea', 'Leikimme pihalla.')
  await rest(2500)
  await flow.endTimespan()
  await flow.snapshot({ name: 'Käynti' })
}

/** A snapshot has nothing to time: its own performance score is no figure. */
function scoreOf({ lhr }: Step, category: Category): string {
  const score = lhr.categories[category]?.score
  if (lhr.gatherMode === 'snapshot' && category === 'performance') return ''
  return score === null || score === undefined ? '' : String(Math.round(score * 100))
}

function row(step: Step): string {
  const short = Object.values(step.lhr.audits)
    .filter(({ score, id }) => score !== null && score < 0.9 && !id.endsWith('-insight'))
    .map(({ id }) => id)
  const cells = [step.name, ...categories.map((category) => scoreOf(step, category))]
  return `| ${[...cells, short.join(', ')].join(' | ')} |`
}

const { startFlow } = await requireLighthouse()
const household = await Household.create(async (parts) => {
  await addCaseload(parts, people.worker.username, ['Aamukaste', 'Batuulia', 'Cyrenaica'], [23, 0])
})
const browser = await puppeteer.launch({
  ...(executablePath ? { executablePath } : {}),
  headless: true,
  args: ['--no-sandbox', '--disable-gpu']
})
try {
  const page = await browser.newPage()
  const flow = await startFlow(page, { config })
  await walk(page, flow, household.tablet)
  const { steps } = await flow.createFlowResult()
  const table = [
    '| screen | performance | accessibility | best practices | what is under 90 |',
    '|---|---|---|---|---|',
    ...steps.map(row)
  ].join('\n')
  const file = new URL('lighthouse.md', import.meta.url)
  const mark = '<!-- scores -->'
  const [written = ''] = (existsSync(file) ? readFileSync(file, 'utf8') : '').split(mark)
  const day = new Date().toISOString().slice(0, 10)
  writeFileSync(file, `${written}${mark}\n\nLast run: ${day}, Lighthouse ${version}.\n\n${table}\n`)
  process.stdout.write(`${table}\n`)
} finally {
  await browser.close()
  await household.destroy()
}
process.exit(0)
