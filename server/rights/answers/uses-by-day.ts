import { csvOf } from '#contract/csv.ts'
import { dayAt, type Day } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { Purpose } from '#contract/role.ts'
import type { UsageKind } from '#contract/usage.ts'
import type { PackageWords } from '#server/disclosures/package-words.ts'
import { momentText } from '#server/disclosures/usage-table.ts'
import type { Store } from '#server/store/store.ts'
import type { LoggedUse } from '#server/store/usage-log.ts'

/** Of which client, from which moment on and until before which. */
export interface UsesAsked {
  readonly customership: CustomershipId
  readonly from: number
  readonly until: number
}

/** So many are in memory at once: a log of years is longer than that. */
const pageLines = 2000

async function* pagesOf(store: Store, asked: UsesAsked): AsyncGenerator<LoggedUse[]> {
  let before: { at: number; line: number } | undefined
  do {
    const page = await store.usage.search({ ...asked, ...(before ? { before } : {}) }, pageLines)
    yield page
    const last = page.length === pageLines ? page.at(-1) : undefined
    before = last && { at: last.at, line: last.line }
  } while (before)
}

/** What one user did on one day for one purpose. */
export interface DayOfUse {
  readonly user: UserId | null
  readonly day: Day
  readonly purpose: Purpose | null
  readonly counts: Map<UsageKind, number>
}

export interface UsesByDay {
  readonly total: number
  readonly days: readonly DayOfUse[]
}

/** 703/2023: who used the data, when and for what; gathered by user and day, so that it can be read. */
export async function readUsesByDay(store: Store, asked: UsesAsked): Promise<UsesByDay> {
  const days = new Map<string, DayOfUse>()
  let total = 0
  for await (const page of pagesOf(store, asked))
    for (const { user, at, purpose, kind } of page) {
      total += 1
      const day = dayAt(at)
      const name = `${user ?? ''}/${day}/${purpose ?? ''}`
      const known = days.get(name) ?? { user, day, purpose, counts: new Map<UsageKind, number>() }
      days.set(name, known)
      known.counts.set(kind, (known.counts.get(kind) ?? 0) + 1)
    }
  return { total, days: [...days.values()] }
}

/** The whole list as a table, page by page; newest first. */
export async function* usesTable(
  store: Store,
  asked: UsesAsked,
  words: PackageWords
): AsyncGenerator<string> {
  yield csvOf([
    [
      words.say('usage.at'),
      words.say('usage.who'),
      words.say('usage.what'),
      words.say('usage.purpose')
    ]
  ])
  for await (const page of pagesOf(store, asked)) {
    if (page.length === 0) return
    const rows = page.map(({ at, user, kind, purpose }) => [
      momentText(at),
      user ? words.name(user) : words.say('usage.server'),
      words.say(`usage-kind.${kind}`),
      purpose ? words.say(`purpose.${purpose}`) : ''
    ])
    // The mark of its encoding stands at the beginning of a file, and nowhere else.
    yield csvOf(rows).slice(1)
  }
}
