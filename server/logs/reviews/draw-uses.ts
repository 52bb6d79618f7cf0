import { addDays, instantOf, type Day } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import { randomBelow } from '#server/keys/secret.ts'
import { unusualIn } from '#server/logs/unusual.ts'
import { readClientNames, readNames, type ClientNames } from '#server/store/current-names.ts'
import type { Store } from '#server/store/store.ts'
import type { ReviewTable } from '#server/store/tables.ts'
import type { LoggedUse, UsageSearch } from '#server/store/usage-log.ts'

/** So many at a time, that nobody waits for a long log. */
const pageLines = 1000

export interface Drawn {
  readonly lines: readonly number[]
  /** At random, and by the rules alone. */
  readonly drawn: number
  readonly unusual: number
}

/**
 * §12: uses of a period that somebody else than their user looks at: some by chance, so that nobody knows
 * which, and all that the rules of unusual use name.
 */
export async function drawUses(
  store: Store,
  asked: { from: Day; until: Day; sample: number },
  by: UserId,
  former: readonly ReviewTable[]
): Promise<Drawn> {
  const names = new NamesOf(store)
  const all = new Set<number>()
  const unusual = new Set<number>()
  for (const search of searchesOf(asked, by, former))
    for await (const page of pagesOf(store, search)) {
      const uses = page.filter(({ user }) => user !== null && user !== by)
      const known = await names.of(uses)
      for (const use of uses) {
        all.add(use.line)
        if ((await unusualIn(store, use, known)).length > 0) unusual.add(use.line)
      }
    }
  const chosen = choose([...all], asked.sample)
  const more = [...unusual].filter((line) => !chosen.has(line))
  return { lines: [...chosen, ...more], drawn: chosen.size, unusual: more.length }
}

/**
 * The period, and what the reviewer before left out of theirs: their own uses, in each review that they have
 * drawn since somebody else drew one.
 */
function searchesOf(
  { from, until }: { from: Day; until: Day },
  by: UserId,
  former: readonly ReviewTable[]
): UsageSearch[] {
  const [{ startedBy: other } = { startedBy: by }] = former
  const last = former.findIndex(({ startedBy }) => startedBy !== other)
  const left = other === by ? [] : former.slice(0, last < 0 ? former.length : last)
  return [
    spanOf(from, until),
    ...left.map(({ fromDay, untilDay }) => ({ user: other, ...spanOf(fromDay, untilDay) }))
  ]
}

const spanOf = (from: Day, until: Day) => ({
  from: instantOf(from),
  until: instantOf(addDays(until, 1))
})

async function* pagesOf(store: Store, search: UsageSearch): AsyncGenerator<LoggedUse[]> {
  for (let before: UsageSearch['before']; ;) {
    const page = await store.usage.search(before ? { ...search, before } : search, pageLines)
    yield page
    const last = page.at(-1)
    if (!last || page.length < pageLines) return
    before = { at: last.at, line: last.line }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Names are read once for each client, however many pages name it. */
class NamesOf {
  readonly #store: Store
  #users: ReturnType<typeof readNames> | null = null
  readonly #clients = new Map<CustomershipId, { first: string; last: string } | null>()

  constructor(store: Store) {
    this.#store = store
  }

  async of(uses: readonly LoggedUse[]) {
    const users = await (this.#users ??= readNames(this.#store))
    const ids = new Set(uses.flatMap(({ customership }) => customership ?? []))
    const unread = [...ids].filter((id) => !this.#clients.has(id))
    const read = await readClientNames(this.#store, unread)
    for (const id of unread) this.#clients.set(id, read.get(id) ?? null)
    const known = [...ids].flatMap((id) => {
      const name = this.#clients.get(id)
      return name ? [[id, name] as const] : []
    })
    return { users, clients: new Map(known) satisfies ClientNames }
  }
}

/** Each as likely as any other: nobody can reckon whose turn it is. */
function choose(lines: number[], count: number): Set<number> {
  const chosen = new Set<number>()
  while (chosen.size < count && lines.length > 0) {
    const [line] = lines.splice(randomBelow(lines.length), 1)
    if (line !== undefined) chosen.add(line)
  }
  return chosen
}
