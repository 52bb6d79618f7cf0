import type {
  CustomershipList,
  CustomershipSearch,
  CustomershipSort,
  CustomershipState
} from '#contract/customership.ts'
import { dayAt, type Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { access } from '#server/access/access.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { Alike } from '#server/store/alike.ts'
import type { Clock } from '#server/clock.ts'
import type { Basis, Kept } from '#server/store/kept.ts'
import type { Store } from '#server/store/store.ts'
import { nextStartOf, readLine, summaryOf, type Line } from './line.ts'

const collator = new Intl.Collator('fi')
const usualLimit = 50
/** With more new names than this, putting all in order is quicker than finding each its place. */
const manyMoved = 300

const byName = (a: Line, b: Line): number =>
  collator.compare(a.lastName, b.lastName) ||
  collator.compare(a.firstName, b.firstName) ||
  (a.facts.id < b.facts.id ? -1 : 1)

const stateOrder = { active: 0, ending: 1, closed: 2, deleting: 3 } as const satisfies Record<
  CustomershipState,
  number
>

/** What a line stands in order of. Null comes last in either direction. */
const sortKeys = {
  state: ({ facts }) => stateOrder[facts.state],
  nextVisit: (line, now) => nextStartOf(line, now),
  endDay: ({ facts }) => (facts.endDay === null ? null : Date.parse(facts.endDay))
} as const satisfies Record<
  Exclude<CustomershipSort, 'name'>,
  (line: Line, now: number) => number | null
>

type Filter = Pick<CustomershipSearch, 'state' | 'organiser' | 'product' | 'worker'>

function passes(line: Line, { state, organiser, product, worker }: Filter): boolean {
  return (
    (state === undefined || line.facts.state === state) &&
    (organiser === undefined || line.organisers.includes(organiser)) &&
    (product === undefined || line.products.includes(product)) &&
    (worker === undefined || line.workers.includes(worker))
  )
}

interface Today extends Basis {
  readonly today: Day
}

/**
 * The names of the register in memory, so that twenty thousand are found, filtered and put in order
 * while a person types. The store reads a line again when its customership changes, and forgets it
 * when its deletion is planned; what else stands here is ids.
 */
export class Directory {
  readonly #store: Store
  readonly #lines: Kept<Line, Today>
  /** In the order of names. */
  #order: CustomershipId[] = []
  #ranks: ReadonlyMap<CustomershipId, number> = new Map()
  readonly #moved = new Set<CustomershipId>()
  readonly #alike = new Alike()

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store
    this.#lines = store.register.keep({
      basis: (): Promise<Today> => {
        const today = dayAt(clock.now())
        return Promise.resolve({ stamp: today, today })
      },
      read: async (reader, { today }) => {
        this.#moved.add(reader.facts.id)
        return this.#slim(await readLine(reader, today))
      }
    })
  }

  /** What many lines have alike lies there once. */
  #slim(line: Line): Line {
    const { id, revision, ...facts } = line.facts
    return {
      ...line,
      facts: { id, revision, ...this.#alike.value(facts) },
      organisers: this.#alike.value(line.organisers),
      products: this.#alike.value(line.products),
      workers: this.#alike.value(line.workers)
    }
  }

  async search(user: SignedIn, asked: CustomershipSearch, now: number): Promise<CustomershipList> {
    const words = asked.query.trim()
    const ids = words === '' ? null : await this.#store.register.search(words)
    const lines = await this.#lines.values()
    // From here to the end nothing waits, so that nothing is forgotten or changed meanwhile.
    this.#putInOrder(lines)
    const found = this.#found(lines, ids, asked, now)
    const viewOf = (id: CustomershipId) => {
      const line = lines.get(id)
      const view = line && viewAtOffice(user, line, now)
      return view ? { line, view } : null
    }
    // The office opens the whole register to a main user, or none of it: not even its size.
    const [first] = found
    if (first === undefined || viewOf(first) === null) return { total: 0, customerships: [] }
    const { offset = 0, limit = usualLimit } = asked
    const customerships = found.slice(offset, offset + limit).flatMap((id) => {
      const seen = viewOf(id)
      return seen ? [summaryOf(seen.line, seen.view, now)] : []
    })
    return { total: found.length, customerships }
  }

  #found(
    lines: ReadonlyMap<CustomershipId, Line>,
    ids: readonly CustomershipId[] | null,
    { state, organiser, product, worker, sort = 'name', descending = false }: CustomershipSearch,
    now: number
  ): readonly CustomershipId[] {
    const filter: Filter = { state, organiser, product, worker }
    const isFiltered = Object.values(filter).some((value) => value !== undefined)
    const candidates = ids === null ? this.#order : this.#byRank(ids)
    const found = isFiltered
      ? candidates.filter((id) => {
          const line = lines.get(id)
          return line !== undefined && passes(line, filter)
        })
      : candidates
    if (sort === 'name') return descending ? found.toReversed() : found
    return sortBy(found, descending, (id) => {
      const line = lines.get(id)
      return line ? sortKeys[sort](line, now) : null
    })
  }

  /** Of a county's hundred thousand as quickly: each is put where it belongs, and none beside another. */
  #byRank(ids: readonly CustomershipId[]): CustomershipId[] {
    const isFound = new Uint8Array(this.#order.length)
    for (const id of ids) {
      const rank = this.#ranks.get(id)
      if (rank !== undefined) isFound[rank] = 1
    }
    return this.#order.filter((_, rank) => isFound[rank] === 1)
  }

  #putInOrder(lines: ReadonlyMap<CustomershipId, Line>): void {
    if (this.#moved.size === 0 && this.#order.length === lines.size) return
    const lineOf = (id: CustomershipId): Line => {
      const line = lines.get(id)
      if (!line) throw new Error('only what is kept is put in order')
      return line
    }
    if (this.#moved.size > manyMoved)
      this.#order = [...lines].sort(([, a], [, b]) => byName(a, b)).map(([id]) => id)
    else {
      const order = this.#order.filter((id) => lines.has(id) && !this.#moved.has(id))
      for (const id of this.#moved) {
        const line = lines.get(id)
        if (line) order.splice(placeOf(line, order, lineOf), 0, id)
      }
      this.#order = order
    }
    this.#moved.clear()
    this.#ranks = new Map(this.#order.map((id, rank) => [id, rank]))
  }
}

/** Where it belongs, by halves. */
function placeOf(
  line: Line,
  order: readonly CustomershipId[],
  lineOf: (id: CustomershipId) => Line
): number {
  let [from, to] = [0, order.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const id = order[middle]
    if (id !== undefined && byName(lineOf(id), line) < 0) from = middle + 1
    else to = middle
  }
  return from
}

/** Equal ones stay in the order of names. */
function sortBy(
  ids: readonly CustomershipId[],
  descending: boolean,
  keyOf: (id: CustomershipId) => number | null
): CustomershipId[] {
  const sign = descending ? -1 : 1
  const keyed = ids.map((id) => ({ id, key: keyOf(id) }))
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null)
    return sign * (a.key - b.key)
  })
  return keyed.map(({ id }) => id)
}

function viewAtOffice(user: SignedIn, { facts }: Line, now: number) {
  const at = { now, aheadDays: 0, where: 'office' } as const
  return access(user, { facts, assignments: [] }, at)?.view
}
