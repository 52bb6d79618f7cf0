import type { CustomershipId } from '#contract/id.ts'
import type { CustomershipReader } from './customership-reader.ts'
import type { Database } from './database.ts'
import { Kept, type Basis, type Behind, type Keeping, type Reading } from './kept.ts'
import type { Touched } from './touched.ts'

/** How a register is read for keeping: what others changed, which there are, and a few of them in one snapshot. */
export interface Source {
  hearOthers(): Promise<void>
  ids(): Promise<readonly CustomershipId[]>
  readTogether(
    ids: readonly CustomershipId[],
    use: (reader: CustomershipReader) => Promise<void>
  ): Promise<void>
}

/** Read in one snapshot before others get their turn: as many as this time is for, and no more than so many. */
const turnMilliseconds = 20
const most = 32

/**
 * Everything that is kept of customerships, told of each change and each deletion in one place, and read
 * together: a customership is opened once for all the values that are behind in it.
 */
export class KeptInMemory {
  readonly #all = new Set<Pick<Kept<unknown, Basis>, 'changed' | 'forget' | 'forgetAll'> & Behind>()
  /** One reading at a time: what one has begun, no other takes for read. */
  #queue: Promise<unknown> = Promise.resolve()
  #atOnce = 1

  /**
   * What another process has changed or deleted is not kept here either. Of our own commits we hear once
   * more when they are done: PostgreSQL lets others read what was there before, while they are being made.
   */
  constructor(database: Pick<Database<unknown>, 'onOthers' | 'onShown'>) {
    database.onShown((touched) => {
      for (const id of customershipsIn(touched)) this.changed(id)
    })
    database.onOthers((heard) => {
      if (heard === null) for (const kept of this.#all) kept.forgetAll()
      else for (const id of customershipsIn(heard)) this.forget(id)
    })
  }

  add<T, B extends Basis>(keeping: Keeping<T, B>, source: Source): Kept<T, B> {
    const kept = new Kept(keeping, (one) => this.#catchUp([one], source))
    this.#all.add(kept)
    return kept
  }

  changed(id: CustomershipId): void {
    for (const kept of this.#all) kept.changed(id)
  }

  forget(id: CustomershipId): void {
    for (const kept of this.#all) kept.forget(id)
  }

  /** Reads beforehand what the first question of the day would otherwise wait for. */
  catchUp(source: Source): Promise<void> {
    return this.#catchUp([...this.#all], source)
  }

  async #catchUp(all: readonly Behind[], source: Source): Promise<void> {
    await source.hearOthers()
    for (const kept of all) await this.#next(() => kept.follow(() => source.ids()))
    while (await this.#next(() => this.#readSome(all, source))) await new Promise(setImmediate)
  }

  /** Whether some are left. */
  async #readSome(all: readonly Behind[], source: Source): Promise<boolean> {
    const ids = firstBehind(all, this.#atOnce)
    if (ids.length === 0) return false
    const began = performance.now()
    await readFor(all, ids, source)
    const each = (performance.now() - began) / ids.length
    this.#atOnce = Math.max(1, Math.min(most, Math.floor(turnMilliseconds / each)))
    return all.some(({ behind }) => behind.size > 0)
  }

  #next<R>(read: () => Promise<R>): Promise<R> {
    const next = this.#queue.then(read)
    this.#queue = next.catch(() => undefined)
    return next
  }
}

function firstBehind(all: readonly Behind[], atMost: number): CustomershipId[] {
  const found = new Set<CustomershipId>()
  for (const { behind } of all)
    for (const id of behind) {
      if (found.size === atMost) return [...found]
      found.add(id)
    }
  return [...found]
}

async function readFor(
  all: readonly Behind[],
  ids: readonly CustomershipId[],
  source: Source
): Promise<void> {
  const begun = new Map<CustomershipId, Reading[]>()
  for (const id of ids)
    begun.set(
      id,
      all.flatMap((kept) => kept.begin(id) ?? [])
    )
  const readings = [...begun.values()].flat()
  try {
    await source.readTogether(ids, async (reader) => {
      for (const reading of begun.get(reader.facts.id) ?? []) await reading.read(reader)
    })
  } catch (error) {
    for (const reading of readings) reading.failed()
    throw error
  }
  for (const reading of readings) reading.done()
}

const customershipsIn = (touched: readonly Touched[]): CustomershipId[] =>
  touched.flatMap((one) =>
    typeof one === 'object' && 'customership' in one ? one.customership : []
  )
