import type { CargoRow, OutboxRow, VaultDatabase } from '#lib/device/database.ts'
import { lastNumber } from './outbox.ts'

/** Words first, then what nobody waits for, then documents; each as they were written. */
const inOrder = (rows: Iterable<OutboxRow>): OutboxRow[] =>
  [...rows].sort((a, b) => turnOf(a) - turnOf(b) || a.seq - b.seq)

const turnOf = ({ freight, quiet }: OutboxRow): number => (freight ? 2 : quiet ? 1 : 0)

/** What goes in order, and waits together. */
export const laneOf = ({ freight, quiet, id, customership }: OutboxRow): string =>
  freight ? `freight ${customership}` : quiet ? id : customership

/** What a page may hold in memory for the whole of a delivery. */
const mostAhead = 8 * 1024 * 1024
/** Of as much that is kept at least every second is wanted: then all of it costs less than asking one by one. */
const densest = 2

/** Words as they lie there, read once for a delivery, however many requests it takes. */
export async function readQueue(database: VaultDatabase): Promise<Queue> {
  const { outbox, cargo, meta } = database
  return database.transaction('r', [outbox, cargo, meta], async () => {
    const [rows, last, kept] = await Promise.all([
      outbox.where('waiting').equals(1).toArray(),
      lastNumber(database),
      cargo.count()
    ])
    const queue = new Queue(rows, last)
    const wanted = rows.filter(isSettled)
    const bytes = wanted.reduce((sum, row) => sum + (row.cargo ?? 0), 0)
    const isDense = bytes <= mostAhead && kept < densest * wanted.length
    if (isDense) queue.load(await cargo.toArray())
    return queue
  })
}

/** Nobody but whoever delivers it changes it any more: it need not be read again before it leaves, or after. */
export const isSettled = ({ final, freight, sealAnew }: OutboxRow): boolean =>
  final === true && !freight && !sealAnew

/** What waits, in the order in which it goes. Whoever delivers holds the lock, so nobody else takes anything out of it. */
export class Queue {
  readonly #rows: Map<string, OutboxRow>
  /** The contents of envelopes that were read ahead. */
  readonly #loaded = new Map<string, CargoRow>()
  #ordered: readonly OutboxRow[] | null = null
  /** The highest number that it knows of. */
  #last: number

  constructor(rows: readonly OutboxRow[], last: number) {
    this.#rows = new Map(rows.map((row) => [row.id, row]))
    this.#last = last
  }

  get size(): number {
    return this.#rows.size
  }

  /** Of these lanes; null: of any. */
  has(lanes: ReadonlySet<string> | null): boolean {
    return lanes ? this.ordered.some((row) => lanes.has(laneOf(row))) : this.size > 0
  }

  get ordered(): readonly OutboxRow[] {
    return (this.#ordered ??= inOrder(this.#rows.values()))
  }

  /** What was written since is told of in the next request, and goes with it. */
  async grow(database: VaultDatabase): Promise<void> {
    const last = await lastNumber(database)
    if (last === this.#last) return
    const newer = await database.outbox.where('seq').above(this.#last).toArray()
    this.#last = last
    this.learn(newer)
  }

  /** As they lie on the disk now. */
  learn(rows: readonly OutboxRow[]): void {
    for (const row of rows) if (row.waiting === 1) this.#rows.set(row.id, row)
    this.#ordered = null
  }

  forget(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#rows.delete(id)
      this.#loaded.delete(id)
    }
    this.#ordered = null
  }

  load(cargo: readonly CargoRow[]): void {
    for (const one of cargo) this.#loaded.set(one.id, one)
  }

  /** Of what is settled as it waits here: another may have been sealed anew since. */
  loadOf(row: OutboxRow): CargoRow | undefined {
    return isSettled(row) ? this.#loaded.get(row.id) : undefined
  }

  /** The lanes of words in two sets of about as many; none where one request takes them, or they go after each other anyway. */
  halves(request: number): readonly ReadonlySet<string>[] {
    const words = this.ordered.filter(({ freight }) => !freight)
    const lanes = Map.groupBy(words, laneOf)
    if (words.length <= request || lanes.size < 2) return []
    const halves = [0, 1].map(() => ({ lanes: new Set<string>(), words: 0 }))
    for (const [lane, rows] of lanes) {
      const lighter = halves.reduce((one, other) => (other.words < one.words ? other : one))
      lighter.lanes.add(lane)
      lighter.words += rows.length
    }
    return halves.map((half) => half.lanes)
  }

  /** What the server is told while these are on their way: so that no number can be missing unnoticed. */
  besides(batch: readonly OutboxRow[]): { last: number; waiting: number[] } {
    const sent = new Set<string>(batch.map(({ id }) => id))
    const waiting = [...this.#rows.values()].flatMap(({ id, seq }) => (sent.has(id) ? [] : [seq]))
    return { last: this.#last, waiting: waiting.sort((a, b) => a - b) }
  }
}
