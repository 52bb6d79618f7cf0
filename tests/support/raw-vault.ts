import type { Page } from 'playwright-core'

export interface RawRow {
  readonly seq: number
  readonly customership: string
  readonly waiting: 0 | 1
  readonly quiet?: true
  readonly envelope?: unknown
  /** What an upgrade of the tests writes into each row. */
  readonly schema?: number
}

/** The one vault's outbox as it lies on the disk, and the version of its schema; it reads and holds up nothing. */
export async function rawOutbox(page: Page): Promise<{ schema: number; rows: readonly RawRow[] }> {
  const { version, rows } = await rawTable(page, 'outbox')
  return { schema: Math.floor(version / 10), rows: rows as RawRow[] }
}

/** The customerships of which the one vault holds anything that it could show. */
export async function heldIn(page: Page): Promise<readonly string[]> {
  const { rows } = await rawTable(page, 'customerships')
  return rows.map(({ id }) => String(id))
}

type RawTable = { readonly version: number; readonly rows: readonly { readonly id?: unknown }[] }

function rawTable(page: Page, table: string): Promise<RawTable> {
  return page.evaluate(async (table) => {
    const databases = await indexedDB.databases()
    const { name = '' } = databases.find((one) => one.name?.startsWith('kotikaynti-')) ?? {}
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error('not opened'))
    })
    try {
      const rows = await new Promise<{ id?: unknown }[]>((resolve, reject) => {
        const all = database.transaction(table).objectStore(table).getAll()
        all.onsuccess = () => resolve(all.result as { id?: unknown }[])
        all.onerror = () => reject(new Error('not read'))
      })
      return { version: database.version, rows }
    } finally {
      database.close()
    }
  }, table)
}

/** Which version a page shows; the build under test carries no mark. */
export const shownVersion = (page: Page): Promise<number> =>
  page.evaluate(() => Number(document.documentElement.dataset['version'] ?? 1))

/** Which version's service worker answers this page. */
export const versionInCharge = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const shell = await (await fetch('/app.html')).text()
    return Number(/data-version="(\d+)"/.exec(shell)?.[1] ?? 1)
  })
