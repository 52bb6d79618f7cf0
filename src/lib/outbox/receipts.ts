import { toMilliseconds } from '#contract/day.ts'
import type { FrameOf } from '#contract/pull.ts'
import type { Result } from '#contract/push.ts'
import type { OutboxRow, VaultDatabase } from '#lib/device/database.ts'
import { mustSealAnew } from './outbox.ts'

const keepMilliseconds = 30 * 86_400_000

/** "Delivered" is said only on what is written here. An answer that is not final changes nothing but its mark. */
export async function keepReceipts(
  database: VaultDatabase,
  results: readonly Result[]
): Promise<void> {
  const { outbox, copies } = database
  await database.transaction('rw', [outbox, copies], async () => {
    for (const { id, outcome, code, revision, at } of results) {
      const row = await outbox.get(id)
      if (row?.waiting !== 1) continue
      if (outcome === 'retry') {
        await outbox.put({
          ...row,
          ...(code === undefined ? {} : { trouble: code }),
          ...(code === 'unknown-key' ? { sealAnew: true } : {})
        })
        continue
      }
      const { trouble: _past, sealAnew: _needless, ...rest } = row
      const receipt = {
        outcome,
        at,
        ...(code === undefined ? {} : { code }),
        ...(revision === undefined ? {} : { revision })
      }
      await outbox.put({ ...rest, waiting: 0, receipt })
      // No revision ever contains it: its copy has served.
      if (row.quiet) await copies.delete(id)
    }
  })
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
  const isSafe = (row: OutboxRow): boolean =>
    row.receipt !== undefined &&
    row.receipt.outcome !== 'awaiting-decision' &&
    !mustSealAnew(row) &&
    ((safeThrough !== null && row.seq <= safeThrough) ||
      serverTime - toMilliseconds(row.receipt.at) > keepMilliseconds)
  const { outbox, cargo } = database
  await database.transaction('rw', [outbox, cargo], async () => {
    const safe = await outbox.where('waiting').equals(0).filter(isSafe).primaryKeys()
    await outbox.bulkDelete(safe)
    await cargo.bulkDelete(safe)
  })
}

/** A server that was restored, or misses a number that it once had, gets the same envelopes again. */
export async function deliverAgain(
  database: VaultDatabase,
  wanted: { readonly numbers: readonly number[] } | { readonly after: number }
): Promise<void> {
  const isWanted = (seq: number): boolean =>
    'after' in wanted ? seq > wanted.after : wanted.numbers.includes(seq)
  await database.outbox
    .where('waiting')
    .equals(0)
    .filter((row) => isWanted(row.seq))
    .modify((row) => {
      const { receipt: _old, ...rest } = row
      Object.assign(row, { ...rest, waiting: 1 })
      Reflect.deleteProperty(row, 'receipt')
    })
}
