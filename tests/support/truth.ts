import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { pushAnswerSchema } from '#contract/push.ts'
import type { FaultProxy } from './fault-proxy.ts'
import type { Household } from './household.ts'

/** What lies in the outbox, without what only tells of reading. */
interface Row {
  readonly id: string
  readonly waiting: boolean
}

/** Everybody's in this browser, as it stands at one moment. */
const rowsIn = (page: Page): Promise<Row[]> =>
  page.evaluate(async () => {
    const rows: Row[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('kotikaynti-')) continue
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(new Error('not opened'))
      })
      const all = database.transaction('outbox').objectStore('outbox').getAll()
      const found = await new Promise<{ id: string; waiting: 0 | 1; quiet?: true }[]>((resolve) => {
        all.onsuccess = () => resolve(all.result as { id: string; waiting: 0 | 1; quiet?: true }[])
      })
      database.close()
      for (const row of found) if (!row.quiet) rows.push({ id: row.id, waiting: row.waiting === 1 })
    }
    return rows
  })

/** How many receipts *Lähtevät* lists. */
const mostListed = 30

/** Holds what a tablet says of its outbox against what the server has, and against what the server said. */
export class Truth {
  readonly #page: Page
  readonly #register: string
  /** What a whole answer told this tablet is done. */
  readonly #acknowledged = new Set<string>()
  /** What was ever seen to be said of the server and was not so. */
  readonly lies = new Set<string>()

  constructor(page: Page, household: Household, proxy: FaultProxy) {
    this.#page = page
    this.#register = join(household.folder, 'data', 'register.db')
    proxy.heard = (path, answer) => {
      if (path === '/api/sync/push') this.#hear(answer)
    }
  }

  /** The page that an answer was for may be gone before it was read. */
  forget(): void {
    this.#acknowledged.clear()
  }

  /** What is not as it should be; what is only on its way to the screen is so at the next look. */
  async faults(heading: string): Promise<string[]> {
    const acknowledged = [...this.#acknowledged]
    const rows = await rowsIn(this.#page)
    const screen = await this.#page.locator('body').ariaSnapshot()
    const there = this.#onServer()
    const waiting = rows.filter((row) => row.waiting)
    for (const { id } of rows.filter((row) => !row.waiting && !there.has(row.id)))
      this.lies.add(`${id} is said to be delivered, and the server does not have it`)
    const told = saidOn(screen)
    return [
      ...this.lies,
      ...waiting
        .filter(({ id }) => acknowledged.includes(id))
        .map(({ id }) => `${id} was acknowledged, and is said to wait`),
      ...told.waiting
        .filter((count) => count !== waiting.length)
        .map((count) => `${count} are said to wait, and ${waiting.length} do`),
      ...(told.waiting.length === 0 ? ['nothing is said of what waits'] : []),
      ...(told.delivered === null ||
      told.delivered === Math.min(mostListed, rows.length - waiting.length)
        ? []
        : [`${told.delivered} are listed as delivered, of ${rows.length - waiting.length}`]),
      ...(told.heading === heading ? [] : [`${told.heading} is shown instead of ${heading}`]),
      ...(told.isAlarmed ? ['an alert is shown'] : [])
    ]
  }

  #hear(answer: string): void {
    const { results } = pushAnswerSchema.parse(JSON.parse(answer))
    for (const { id, outcome } of results) if (outcome !== 'retry') this.#acknowledged.add(id)
  }

  #onServer(): ReadonlySet<string> {
    const register = new Sqlite(this.#register, { readonly: true })
    const rows = register.prepare('select id from operations').all() as { id: string }[]
    register.close()
    return new Set(rows.map(({ id }) => id))
  }
}

interface Told {
  readonly heading: string | null
  /** Each place that says how much waits: the strip, the badge, the list, or the lock. */
  readonly waiting: readonly number[]
  readonly delivered: number | null
  readonly isAlarmed: boolean
}

/** What a screen says, read from its tree of roles all at once. */
function saidOn(screen: string): Told {
  const lines = screen.split('\n')
  const heading = /heading "([^"]+)" \[level=1\]/.exec(screen)?.[1] ?? null
  const waiting = lines.flatMap((line) => {
    const count = /(?:link|strong)\b.*?(\d+) (?:odottaa|kirjausta? odottaa|kirjaus odottaa)/.exec(
      line
    )
    if (count) return [Number(count[1])]
    return /link "(?:Kaikki lähetetty|Lähtevät)"|Kaikki on lähetetty/.test(line) ? [0] : []
  })
  const listed = heading === 'Lähtevät'
  return {
    heading,
    waiting: listed ? [...waiting, listedUnder(lines, 'Odottaa lähetystä')] : waiting,
    delivered: listed ? listedUnder(lines, 'Perillä') : null,
    isAlarmed: lines.some((line) => /^\s*- alert\b/.test(line))
  }
}

const depth = (line: string): number => line.search(/\S/)

function listedUnder(lines: readonly string[], region: string): number {
  const from = lines.findIndex((line) => line.includes(`region "${region}"`))
  if (from === -1) return 0
  const inside = lines.slice(from + 1)
  const end = inside.findIndex((line) => depth(line) <= depth(lines[from] ?? ''))
  const items = (end === -1 ? inside : inside.slice(0, end)).filter((line) =>
    /^\s*- listitem\b/.test(line)
  )
  return items.length
}
