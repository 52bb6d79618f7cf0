import { toMilliseconds } from '#contract/day.ts'
import type { FrameOf } from '#contract/pull.ts'
import type { Result } from '#contract/push.ts'
import type { OutboxRow, VaultDatabase } from '#lib/device/database.ts'
import { mustSealAnew } from './outbox.ts'
import { isSettled } from './queue.ts'
import { rowsOf } from './rows-of.ts'

const keepMilliseconds = 30 * 86_400_000

/** "Delivered" is said only on what is written here. An answer that is not final changes nothing but its mark. */
export async function keepReceipts(
  database: VaultDatabase,
  sent: readonly OutboxRow[],
  results: readonly Result[]
): Promise<void> {
  const { outbox, copies } = database
  // Of two answers to one, the first counts.
  const answers = new Map(results.toReversed().map((result) => [result.id, result]))
  const answeredOnes = sent.filter(({ id }) => answers.has(id))
  await database.transaction('rw', [outbox, copies], async () => {
    // Read and written together: one after another, a hundred take the disk longer than the server.
    const open = answeredOnes.filter((row) => !isSettled(row))
    const settled = answeredOnes.filter(isSettled).map(asItLies)
    const rows = open.length > 0 ? [...settled, ...(await rowsOf(database, open))] : settled
    const kept = rows.flatMap((row) => {
      const result = row && answers.get(row.id)
      return row?.waiting === 1 && result ? [answered(row, result)] : []
    })
    await outbox.bulkPut(kept)
    // No revision ever contains it: its copy has served, unless it must be sealed from it once more.
    const served = kept.filter((row) => row.quiet && row.receipt && !mustSealAnew(row))
    await copies.bulkDelete(served.map(({ id }) => id))
  })
}

/** As it left, its ciphertext was in it, which lies apart. */
const asItLies = (row: OutboxRow): OutboxRow =>
  row.cargo ? { ...row, envelope: { ...row.envelope, ciphertext: '' } } : row

function answered(row: OutboxRow, { outcome, code, revision, at }: Result): OutboxRow {
  if (outcome === 'retry')
    return {
      ...row,
      attempted: true,
      ...(code === undefined ? {} : { trouble: code }),
      ...(code === 'unknown-key' ? { sealAnew: true } : {})
    }
  const { trouble: _past, sealAnew: _needless, ...rest } = row
  const receipt = {
    outcome,
    at,
    ...(code === undefined ? {} : { code }),
    ...(revision === undefined ? {} : { revision })
  }
  return { ...rest, waiting: 0, receipt }
}

/** What the office decided, told by a later pull; why, as it may lie here. */
export async function keepDecision(
  database: VaultDatabase,
  frame: FrameOf<'outcome'>,
  reason: ArrayBuffer | null
): Promise<void> {
  await database.transaction('rw', [database.outbox], async () => {
    const row = await database.outbox.get(frame.id)
    if (!row?.receipt) return
    const receipt = {
      outcome: frame.outcome,
      at: row.receipt.at,
      ...(frame.code === undefined ? {} : { code: frame.code }),
      ...(frame.revision === undefined ? {} : { revision: frame.revision })
    }
    await database.outbox.put({ ...row, receipt, ...(reason ? { reason } : {}) })
  })
}

/** Sealed envelopes stay until a verified backup holds them, or a month has passed. */
export async function letGo(
  database: VaultDatabase,
  safeThrough: number | null,
  serverTime: number
): Promise<void> {
  const isOld = ({ receipt }: OutboxRow): boolean =>
    receipt !== undefined && serverTime - toMilliseconds(receipt.at) > keepMilliseconds
  const { outbox, cargo } = database
  await database.transaction('rw', [outbox, cargo], async () => {
    await letGoSafe(database, safeThrough)
    const kept = await outbox.where('waiting').equals(0).toArray()
    await drop(database, kept.filter(isOld))
  })
}

/** By their numbers alone: each push does this, and reads none of what it keeps. */
export async function letGoSafe(
  database: VaultDatabase,
  safeThrough: number | null
): Promise<void> {
  if (safeThrough === null) return
  const { outbox, cargo } = database
  await database.transaction('rw', [outbox, cargo], async () => {
    await drop(database, await outbox.where('seq').belowOrEqual(safeThrough).toArray())
  })
}

async function drop({ outbox, cargo }: VaultDatabase, rows: readonly OutboxRow[]): Promise<void> {
  const done = rows.filter(isDone).map(({ id }) => id)
  await outbox.bulkDelete(done)
  await cargo.bulkDelete(done)
}

const isDone = (row: OutboxRow): boolean =>
  row.receipt !== undefined && row.receipt.outcome !== 'awaiting-decision' && !mustSealAnew(row)

/** A server that was restored, or misses a number that it once had, gets the same envelopes again. */
export async function deliverAgain(
  database: VaultDatabase,
  wanted: { readonly numbers: readonly number[] } | { readonly after: number }
): Promise<void> {
  const seq = database.outbox.where('seq')
  await ('after' in wanted ? seq.above(wanted.after) : seq.anyOf([...wanted.numbers]))
    .filter((row) => row.waiting === 0)
    .modify((row) => {
      const { receipt: _old, ...rest } = row
      Object.assign(row, { ...rest, waiting: 1 })
      Reflect.deleteProperty(row, 'receipt')
    })
}
