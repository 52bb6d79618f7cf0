import type { OutboxReport } from '#contract/push.ts'
import { pushLimits } from '#contract/push.ts'
import { now } from '#lib/device/clock.ts'
import type { CargoRow, OutboxRow, VaultDatabase } from '#lib/device/database.ts'
import { unlessFullDisk } from '#lib/device/full-disk.ts'
import { isSettled, laneOf, type Queue } from './queue.ts'
import { isResting } from './resting.ts'
import { rowsOf } from './rows-of.ts'

export interface TakeRules {
  /** Lanes in which something got no final answer. */
  readonly held: ReadonlySet<string>
  readonly limit: number
  /** Drafts that rest go too. */
  readonly resting: boolean
  /** The request before, whose answer is still to come. */
  readonly onTheirWay: readonly OutboxRow[]
  /** Of these and no others; null: of all. */
  readonly lanes: ReadonlySet<string> | null
  /** Only what may go without a mark. */
  readonly unmarked?: true
}

/** One request: whole envelopes, and what the tablet says of the others. */
export interface Load {
  readonly batch: readonly OutboxRow[]
  readonly outbox: OutboxReport
}

/** Room for what stands around the envelopes. */
const headBytes = 64 * 1024

/** The next in order; what a full disk has no room to mark waits. */
export async function take(database: VaultDatabase, queue: Queue, rules: TakeRules): Promise<Load> {
  try {
    return await takeNext(database, queue, rules)
  } catch (error) {
    unlessFullDisk(error)
    return takeNext(database, queue, { ...rules, unmarked: true })
  }
}

/** A draft is on the disk as attempted before a byte of it leaves. Only theirs are read whole. */
async function takeNext(database: VaultDatabase, queue: Queue, rules: TakeRules): Promise<Load> {
  const { outbox, cargo, meta } = database
  const at = now()
  return database.transaction('rw', [outbox, cargo, meta], async () => {
    await queue.grow(database)
    const chosen = choose(queue.ordered, rules, at)
    const batch = chosen.every(isSettled) ? chosen : await nextAsItIs(database, queue, rules, at)
    const fresh = batch.filter(mustBeMarked)
    if (fresh.length > 0) await outbox.bulkPut(fresh.map((row) => ({ ...row, attempted: true })))
    const ahead = batch.map((row) => queue.loadOf(row))
    const others = batch.filter((row, index) => row.cargo && !ahead[index])
    const heavy = others.length > 0 ? await cargo.bulkGet(others.map(({ id }) => id)) : []
    return { batch: laden(batch, [...ahead, ...heavy]), outbox: queue.besides(batch) }
  })
}

/** A draft may have been written on, or sealed anew, since the queue was read: then it is chosen once more. */
async function nextAsItIs(
  database: VaultDatabase,
  queue: Queue,
  rules: TakeRules,
  at: number
): Promise<OutboxRow[]> {
  for (;;) {
    const chosen = choose(queue.ordered, rules, at)
    const open = chosen.filter((row) => !isSettled(row))
    const rows = await rowsOf(database, open)
    const there = new Map(rows.flatMap((row) => (row?.waiting === 1 ? [[row.id, row]] : [])))
    const isSame = (row: OutboxRow | undefined, index: number) =>
      row?.waiting === 1 &&
      row.sealAnew === open[index]?.sealAnew &&
      row.restsUntil === open[index]?.restsUntil
    if (rows.every(isSame)) return chosen.map((row) => there.get(row.id) ?? row)
    queue.forget(open.map(({ id }) => id))
    queue.learn([...there.values()])
  }
}

function choose(
  waiting: readonly OutboxRow[],
  { held, limit, resting, onTheirWay, lanes, unmarked }: TakeRules,
  at: number
): OutboxRow[] {
  const batch: OutboxRow[] = []
  const gone = new Set<string>(onTheirWay.map(({ id }) => id))
  const passedOver = new Set(held)
  let bytes = 0
  for (const row of waiting) {
    // A word never travels in the same request as a picture, which may be long on its way.
    if (batch[0] && batch[0].freight !== row.freight) break
    const lane = laneOf(row)
    if (gone.has(row.id) || passedOver.has(lane) || lanes?.has(lane) === false) continue
    // What is written until then goes before it.
    if (row.freight && gone.size > 0) break
    const rests = !resting && !row.attempted && isResting(row, at)
    const cannotGo = unmarked === true && mustBeMarked(row)
    // A later one of the same customership waits with it; nobody else does.
    if (row.sealAnew || rests || cannotGo) {
      passedOver.add(lane)
      continue
    }
    bytes += sizeOf(row)
    if (batch.length > 0 && (batch.length >= limit || bytes > pushLimits.bytes - headBytes)) break
    batch.push(row)
  }
  return batch
}

const mustBeMarked = ({ attempted, final }: OutboxRow): boolean => !attempted && !final

function laden(batch: readonly OutboxRow[], heavy: readonly (CargoRow | undefined)[]): OutboxRow[] {
  const ciphertexts = new Map(heavy.map((one) => [one?.id, one?.ciphertext]))
  return batch.map((row) => {
    const ciphertext = ciphertexts.get(row.id)
    return ciphertext === undefined ? row : { ...row, envelope: { ...row.envelope, ciphertext } }
  })
}

const sizeOf = ({ envelope, cargo = 0 }: OutboxRow): number =>
  JSON.stringify(envelope).length + cargo + 1
