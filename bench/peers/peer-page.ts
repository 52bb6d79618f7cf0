import { isChanged, type Row } from './row.ts'

/** What an engine's page does in the browser. Its database outlives the page; `open` finds it again. */
export interface PeerPage {
  open(): Promise<void>
  /** Takes what the server has and this browser lacks. */
  pull(): Promise<void>
  /** One note, as a person saves it; it need not reach the server. */
  write(row: Row): Promise<void>
  push(): Promise<void>
  read(customership: string): Promise<readonly Row[]>
  readAll(): Promise<readonly Row[]>
}

/** Milliseconds: from the opening of the database, and the last from the navigation. */
export interface ColdOpening {
  readonly first: number
  readonly all: number
  readonly sinceNavigation: number
  readonly rows: number
}

/** How the measurement asks for it from outside. */
export interface OfferedPeer {
  open(): Promise<void>
  pull(): Promise<number>
  push(): Promise<number>
  /** How long each took. */
  write(rows: readonly Row[]): Promise<number[]>
  holds(): Promise<{ readonly rows: number; readonly changed: number }>
  cold: Promise<ColdOpening> | null
}

async function millisecondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function openCold(page: PeerPage, customership: string): Promise<ColdOpening> {
  const start = performance.now()
  await page.open()
  const some = await page.read(customership)
  const first = performance.now() - start
  if (some.length === 0) throw new Error('nothing of the first client is here')
  const rows = await page.readAll()
  const sinceNavigation = performance.now()
  return { first, all: sinceNavigation - start, sinceNavigation, rows: rows.length }
}

/** Hands the page to whoever measures. An address that ends in `#<customership>` opens it cold. */
export function offer(page: PeerPage): void {
  const customership = location.hash.slice(1)
  const offered: OfferedPeer = {
    open: () => page.open(),
    pull: () => millisecondsOf(() => page.pull()),
    push: () => millisecondsOf(() => page.push()),
    write: async (rows) => {
      const took: number[] = []
      for (const row of rows) took.push(await millisecondsOf(() => page.write(row)))
      return took
    },
    holds: async () => {
      const rows = await page.readAll()
      return { rows: rows.length, changed: rows.filter(isChanged).length }
    },
    cold: customership ? openCold(page, customership) : null
  }
  Object.assign(globalThis, { peer: offered })
}
