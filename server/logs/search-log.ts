import { instantOf, toMoment, type Day } from '#contract/day.ts'
import type { LogAnswer, LogLine, LogRequest } from '#contract/log.ts'
import { addMonths, type Month } from '#contract/month.ts'
import type { Store } from '#server/store/store.ts'
import type { LoggedUse, UsageSearch } from '#server/store/usage-log.ts'
import { readClientNames, readNames } from '#server/store/current-names.ts'
import { unusualIn } from './unusual.ts'

const pageLines = 50

/** How far one page of what is unusual looks back before it is handed over, however little it found. */
const mostLooked = 2000

/** §12: a page of the log, newest first. `seesNames`: overseeing alone shows no client. */
export async function searchLog(
  store: Store,
  { month, before, unusual, ...asked }: LogRequest,
  seesNames: boolean
): Promise<LogAnswer> {
  const search: UsageSearch = {
    ...asked,
    ...(month ? spanOf(month) : {}),
    ...(before ? { before: placeIn(before) } : {})
  }
  return unusual ? findUnusual(store, search, seesNames) : page(store, search, seesNames)
}

async function page(store: Store, search: UsageSearch, seesNames: boolean): Promise<LogAnswer> {
  const found = await store.usage.search(search, pageLines + 1)
  const shown = found.slice(0, pageLines)
  return { lines: await tellUses(store, shown, seesNames), next: nextOf(shown, found.length) }
}

/** Looks back until a page is full, or for so long that somebody would wait. */
async function findUnusual(
  store: Store,
  search: UsageSearch,
  seesNames: boolean
): Promise<LogAnswer> {
  const lines: LogLine[] = []
  let before = search.before
  for (let looked = 0; looked < mostLooked; looked += pageLines) {
    const found = await store.usage.search(before ? { ...search, before } : search, pageLines + 1)
    const some = found.slice(0, pageLines)
    const told = await tellUses(store, some, seesNames)
    lines.push(...told.filter((line) => line.unusual.length > 0))
    const next = nextOf(some, found.length)
    if (next === null || lines.length >= pageLines) return { lines, next }
    before = placeIn(next)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { lines, next: before ? `${before.at}-${before.line}` : null }
}

export async function tellUses(
  store: Store,
  uses: readonly LoggedUse[],
  seesNames: boolean
): Promise<LogLine[]> {
  const users = await readNames(store)
  const clients = await readClientNames(
    store,
    uses.flatMap(({ customership }) => customership ?? [])
  )
  return Promise.all(
    uses.map(async (use) => {
      const { line, at, kind, purpose, user, device, customership } = use
      const client = customership === null ? undefined : clients.get(customership)
      const name = client && [client.first, client.last].filter(Boolean).join(' ')
      return {
        ...{ line, at: toMoment(at), kind, purpose, user, device, customership },
        userName: users.user(user),
        deviceName: users.device(device),
        isDeleted: customership !== null && !client,
        clientName: (seesNames && name) || null,
        unusual: await unusualIn(store, use, { users, clients })
      }
    })
  )
}

function nextOf(shown: readonly LoggedUse[], found: number): string | null {
  const last = shown.at(-1)
  return last && found > shown.length ? `${last.at}-${last.line}` : null
}

function placeIn(cursor: string): { at: number; line: number } {
  const [at = '', line = ''] = cursor.split('-')
  return { at: Number(at), line: Number(line) }
}

function spanOf(month: Month): { from: number; until: number } {
  const first = (of: Month) => instantOf(`${of}-01` as Day)
  return { from: first(month), until: first(addMonths(month, 1)) }
}
