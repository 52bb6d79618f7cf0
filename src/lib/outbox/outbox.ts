import type { OperationId } from '#contract/id.ts'
import type { OutboxReport } from '#contract/push.ts'
import { apart, type CopyRow, type OutboxRow, type VaultDatabase } from '#lib/device/database.ts'

/**
 * What was written here and is not yet the server's. "Saved" means: the sealed operation, its number
 * and its author's copy are on the disk, together. Nothing is ever taken out but what a receipt covers.
 */
export interface Placing {
  readonly row: OutboxRow
  readonly copy: CopyRow
  /** Takes the place of its own undelivered draft, with the same id and number. */
  readonly replaces: boolean
  /** The own operation that it goes on from, as it was when this was written. */
  readonly before?: OutboxRow | undefined
}

export async function lastNumber(database: VaultDatabase): Promise<number> {
  return (await database.readMeta('numbers'))?.last ?? 0
}

/**
 * False when the number was given to another tab's operation meanwhile, or another tab wrote on what
 * this goes on from, or a delivery of the draft began: then it must be sealed anew. Everything is sealed before this is called.
 */
export async function place(
  database: VaultDatabase,
  { row, copy, replaces, before }: Placing
): Promise<boolean> {
  const { outbox, cargo, copies, purges, meta } = database
  return database.transaction('rw', [outbox, cargo, copies, purges, meta], async () => {
    const there = before && (await outbox.get(before.id))
    if (there && isRewritten(before, there)) return false
    if (replaces) {
      const isOpen = there?.waiting === 1 && !there.attempted && !there.final
      if (!isOpen || there.seq !== row.seq) return false
      await outbox.put(await stow(database, { ...row, writtenAt: there.writtenAt }))
    } else {
      if (row.seq !== (await lastNumber(database)) + 1) return false
      // Words put into it from now on would be behind what follows it, and in nobody's sight.
      if (there && !there.attempted && !there.final) await outbox.put({ ...there, final: true })
      await outbox.add(await stow(database, row))
      await database.writeMeta('numbers', { last: row.seq })
    }
    await keepCopies(database, [copy])
    await wake(database, row)
    return true
  })
}

/**
 * Whether another tab wrote on what this one has in hand. Each sealing has a nonce of its own, and what was
 * attempted is written on by nobody: for another key it is sealed anew.
 */
export const isRewritten = (known: OutboxRow, now: OutboxRow): boolean =>
  !known.attempted && known.envelope.nonce !== now.envelope.nonce

/** Of a customership that had to go meanwhile nothing is kept: what was written of it goes to the server alone. */
async function keepCopies(
  { copies, purges }: VaultDatabase,
  written: readonly CopyRow[]
): Promise<void> {
  const gone = await purges.bulkGet(written.map(({ customership }) => customership))
  await copies.bulkPut(written.filter((_, index) => !gone[index]))
}

/** What follows a resting draft must not overtake it. Found among what rests: a month of what was delivered may lie beside it. */
async function wake(
  { outbox }: VaultDatabase,
  { restsUntil, quiet, customership }: OutboxRow
): Promise<void> {
  if (restsUntil !== 0 || quiet) return
  await outbox
    .where('untried')
    .above(0)
    .and((resting) => resting.customership === customership)
    .modify({ restsUntil: 0 })
}

/**
 * Many at once, numbered one after another: all of them are there, or none. Their pictures lie there
 * before, and count for nothing without them. False when a number was given away meanwhile.
 */
export async function placeTogether(
  database: VaultDatabase,
  placings: readonly Pick<Placing, 'row' | 'copy'>[]
): Promise<boolean> {
  const { outbox, cargo, copies, purges, meta } = database
  return database.transaction('rw', [outbox, cargo, copies, purges, meta], async () => {
    const first = placings[0]?.row.seq
    if (first !== (await lastNumber(database)) + 1) return false
    for (const { row } of placings) if (!row.freight) await wake(database, row)
    const stowed: OutboxRow[] = []
    for (const { row } of placings) stowed.push(await stow(database, row))
    await outbox.bulkAdd(stowed)
    await keepCopies(
      database,
      placings.map(({ copy }) => copy)
    )
    await database.writeMeta('numbers', { last: first + placings.length - 1 })
    return true
  })
}

/** Its ciphertext to a table of its own; it may lie there already. */
export async function stow(database: VaultDatabase, row: OutboxRow): Promise<OutboxRow> {
  const { ciphertext } = row.envelope
  if (!ciphertext) return row
  await database.cargo.put({ id: row.id, ciphertext })
  return apart(row)
}

/**
 * What nobody can open as it lies here: the server has no key for it any more, or its bytes were
 * damaged on this disk. The author's copy is whole, and an unlocked vault seals it once more.
 */
export function mustSealAnew({ sealAnew, receipt, renewed }: OutboxRow): boolean {
  return sealAnew === true || (receipt?.code === 'cannot-open' && !renewed)
}

/** The same payload for the key that the server has now. False when it was delivered meanwhile. */
export async function placeAnew(
  database: VaultDatabase,
  id: OperationId,
  envelope: OutboxRow['envelope']
): Promise<boolean> {
  const { outbox, cargo } = database
  return database.transaction('rw', [outbox, cargo], async () => {
    const row = await outbox.get(id)
    if (!row || !mustSealAnew(row)) return false
    const { sealAnew: _done, trouble: _past, receipt, ...rest } = row
    const renewed = receipt ? { renewed: true as const } : {}
    const sealed: OutboxRow = { ...rest, ...renewed, waiting: 1, envelope }
    // What could not be sealed anew has its ciphertext where it was.
    await outbox.put(await stow(database, sealed))
    return true
  })
}

/** The last number ever given, and those not yet handed over: so that none can be missing unnoticed. */
export async function outboxReport(database: VaultDatabase): Promise<OutboxReport> {
  const { outbox, meta } = database
  return database.transaction('r', [outbox, meta], async () => {
    const rows = await outbox.where('waiting').equals(1).toArray()
    return {
      last: await lastNumber(database),
      waiting: rows.map(({ seq }) => seq).sort((a, b) => a - b)
    }
  })
}

/** Those the office has yet to decide on. */
export async function awaitingDecision(database: VaultDatabase): Promise<OperationId[]> {
  const kept = await database.outbox.where('waiting').equals(0).toArray()
  return kept.filter((row) => row.receipt?.outcome === 'awaiting-decision').map(({ id }) => id)
}
