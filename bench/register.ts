import type { Page } from 'playwright-core'
import type { CustomershipSearch } from '#contract/customership.ts'
import { Tablet } from '#tests/support/browser.ts'
import { heading, signIn } from '#tests/support/door.ts'
import { Household, people } from '#tests/support/household.ts'
import { BareDesk } from './bare-desk.ts'
import { fillWithCrowd, longOne, nameOf } from './crowd.ts'
import { medianOf, percentileOf, type Figure } from './figures.ts'

const small = 200
const large = 20_000
const rounds = 3
const searchLimit = 100
const screenLimit = 200
const ratioLimit = 1.3

/** As a name is typed, letter by letter, with a filter or another order now and then. */
function typedSearches(): CustomershipSearch[] {
  const searches: CustomershipSearch[] = [{ query: '' }]
  for (let index = 41; index < large; index += 977) {
    const { firstName, lastName } = nameOf(index)
    for (let letters = 1; letters <= lastName.length; letters += 1)
      searches.push({ query: lastName.slice(0, letters) })
    searches.push({ query: `${lastName} ${firstName.slice(0, 2)}` })
    searches.push({ query: lastName.slice(0, 2), product: 'family-work', state: 'active' })
    searches.push({ query: '', sort: 'nextVisit', descending: index % 2 === 0 })
  }
  return searches
}

/** Names that both registers hold forty times: the same answer from either. */
const sameSearches = Array.from({ length: 60 }, (_, index) => ({
  query: nameOf(40 + ((index * 7) % (small - 40))).lastName
}))

interface Taken {
  readonly searches: number[]
  readonly openings: number[]
}

/** One round of the same names and the same opening. */
async function askRound(desk: BareDesk, taken: Taken | null): Promise<void> {
  const { id } = await desk.search({ query: longOne.lastName })
  const path = `/api/office/customerships/${id}?purpose=planning`
  for (const asked of sameSearches) {
    const { took, total } = await desk.search(asked)
    if (total !== countedIn(asked.query)) throw new Error('not the same answer')
    const opened = await desk.ask('GET', path)
    taken?.searches.push(took)
    taken?.openings.push(opened.took)
  }
}

/** In turns, so that whatever else the machine does falls on both; the first round is not counted. */
async function sideBySide(desks: readonly [BareDesk, BareDesk]): Promise<[Taken, Taken]> {
  const taken: [Taken, Taken] = [
    { searches: [], openings: [] },
    { searches: [], openings: [] }
  ]
  for (let round = 0; round <= rounds; round += 1)
    for (const at of [0, 1] as const) await askRound(desks[at], round === 0 ? null : taken[at])
  return taken
}

const counted = new Map<string, number>()
function countedIn(name: string): number {
  if (counted.size === 0)
    for (let index = 1; index < small; index += 1) {
      const { lastName } = nameOf(index)
      counted.set(lastName, (counted.get(lastName) ?? 0) + 1)
    }
  return counted.get(name) ?? 0
}

const first = (page: Page) => page.locator('tbody').getByRole('button').first()

/** From what begins it, an input or a press, until the words are drawn in the element that is asked for. */
async function timed(page: Page, what: string, words: string, act: () => Promise<void>) {
  await page.evaluate(
    ([what = '', words = '']) => {
      const mark = { from: 0, drawn: 0 }
      Object.assign(globalThis, { mark })
      const begin = () => (mark.from ||= performance.now())
      for (const kind of ['input', 'click']) addEventListener(kind, begin, { capture: true })
      new MutationObserver((_, observer) => {
        const drawn = document.querySelector(what)?.textContent.trim() ?? ''
        if (mark.from === 0 || !drawn.startsWith(words)) return
        observer.disconnect()
        requestAnimationFrame(() => (mark.drawn = performance.now()))
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    },
    [what, words]
  )
  await act()
  const took = await page.waitForFunction(() => {
    const { mark } = globalThis as unknown as { mark: { from: number; drawn: number } }
    return mark.drawn > 0 ? mark.drawn - mark.from : 0
  })
  return took.jsonValue()
}

async function screenSearches(page: Page): Promise<number[]> {
  const field = page.getByLabel('Hae nimellä')
  const taken: number[] = []
  for (let round = 0; round < 12; round += 1) {
    const { firstName, lastName } = nameOf(4123 + round * 1311)
    await field.fill('')
    await page.getByRole('status').filter({ hasText: 'yhteensä' }).waitFor()
    const act = () => field.fill(`${lastName} ${firstName}`)
    taken.push(await timed(page, 'tbody button', lastName, act))
  }
  return taken.slice(2)
}

async function screenOpenings(page: Page): Promise<number[]> {
  const name = `${longOne.firstName} ${longOne.lastName}`
  const taken: number[] = []
  for (let round = 0; round < 8; round += 1) {
    await page.getByLabel('Hae nimellä').fill(longOne.lastName)
    await first(page).filter({ hasText: longOne.lastName }).click()
    if (round === 0) await page.getByRole('button', { name: 'Suunnittelu' }).click()
    await page.getByText('Seuraavat käynnit').waitFor()
    const act = () => page.getByRole('button', { name: 'Avaa koko asiakkuus' }).click()
    taken.push(await timed(page, 'h1', name, act))
    await page.getByRole('link', { name: 'Asiakkaat' }).first().click()
    await heading(page, 'Asiakkaat').waitFor()
    await first(page).waitFor()
  }
  return taken.slice(2)
}

async function onScreen(origin: string): Promise<{ search: number[]; open: number[] }> {
  const tablet = await Tablet.create('desktop')
  try {
    const page = tablet.context.pages()[0] ?? (await tablet.context.newPage())
    await page.goto(origin)
    await signIn(page, people.coordinator.username)
    await heading(page, 'Tilanne').waitFor()
    await page.getByRole('link', { name: 'Asiakkaat' }).click()
    await first(page).waitFor()
    return { search: await screenSearches(page), open: await screenOpenings(page) }
  } finally {
    await tablet.destroy()
  }
}

async function inRegisterOf<T>(
  families: number,
  use: (desk: BareDesk, origin: string) => Promise<T>
): Promise<T> {
  const household = await Household.create((parts) => fillWithCrowd(parts, families))
  try {
    const desk = new BareDesk(household.office)
    await desk.signIn()
    await desk.search({ query: '' })
    return await use(desk, household.office)
  } finally {
    await household.destroy()
  }
}

/** What crosses the whole register, each asked often enough for a percentile. */
async function acrossRegister(desk: BareDesk, path: string): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round < 12; round += 1) taken.push((await desk.ask('GET', path)).took)
  return percentileOf(taken.slice(2), 0.95)
}

const milliseconds = (value: number): string =>
  `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`

function under(what: string, value: number, beside: string, limit: number): Figure {
  const allowed = `under ${limit} ms`
  return { what, value: milliseconds(value), beside, ratio: '', allowed, holds: value < limit }
}

function atMost(what: string, [at = 0, beside = 0]: readonly number[]): Figure {
  const ratio = at / beside
  return {
    what,
    value: milliseconds(at),
    beside: milliseconds(beside),
    ratio: ratio.toFixed(2),
    allowed: `at most ${ratioLimit}`,
    holds: ratio <= ratioLimit
  }
}

const middle = (taken: readonly number[]): string => `median ${milliseconds(medianOf(taken))}`

/** The register's figures at twenty thousand customerships, and beside a register of two hundred. */
export async function measureRegister(): Promise<Figure[]> {
  return inRegisterOf(small, (few) =>
    inRegisterOf(large, async (many, origin) => {
      const searches: number[] = []
      for (const asked of typedSearches()) searches.push((await many.search(asked)).took)
      const [among, beside] = await sideBySide([many, few])
      const found = [among.searches, beside.searches].map(medianOf)
      const opened = [among.openings, beside.openings].map(medianOf)
      const situation = await acrossRegister(many, '/api/office/situation')
      const feed = await acrossRegister(many, '/api/office/notes')
      const screen = await onScreen(origin)
      return [
        under(
          'Search of 20,000 as names are typed, through HTTP, 95th percentile',
          percentileOf(searches, 0.95),
          middle(searches),
          searchLimit
        ),
        under(
          'First results on screen after the typed name, slowest of ten',
          Math.max(...screen.search),
          middle(screen.search),
          screenLimit
        ),
        under(
          'Opening a customership of 500 entries until it is drawn, slowest of six',
          Math.max(...screen.open),
          middle(screen.open),
          screenLimit
        ),
        atMost('Finding a family by name among 20,000, beside among 200', found),
        atMost('Opening the one of 500 entries among 20,000, beside among 200', opened),
        under('Tilanne of 20,000, 95th percentile', situation, '', screenLimit),
        under('The newest notes of 20,000, 95th percentile', feed, '', screenLimit)
      ]
    })
  )
}
