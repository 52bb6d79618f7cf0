import type { CustomershipId, OperationId } from '#contract/id.ts'
import type { Operation } from '#contract/operation.ts'
import type { Settled, Terms } from '#server/access/deed.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import { perform } from './operations.ts'
import { readOperation, readPayload } from './read-payload.ts'

/** Thrown inside a savepoint, so that a deed that did nothing leaves no revision behind. */
class NothingDone extends Error {
  readonly settled: Settled

  constructor(settled: Settled) {
    super('nothing done')
    this.settled = settled
  }
}

const wait = (code: 'waits-for' | 'invalid' | 'customership-closed'): Settled => ({
  outcome: 'awaiting-decision',
  code
})

/** The operation with `based` made to say what `after` means: the revision that the earlier one came to. */
async function resolveAfter(
  tx: RegisterTransaction,
  operation: Operation
): Promise<Operation | Settled> {
  if (!operation.after) return operation
  const earlier = await tx.operations.find(operation.after)
  if (!earlier) return wait('waits-for')
  if (earlier.author !== operation.author || earlier.customership !== operation.customership)
    return wait('invalid')
  const { outcome, revision } = earlier.decided ?? earlier
  if (outcome === 'awaiting-decision') return wait('waits-for')
  return outcome === 'applied' ? { ...operation, based: revision } : wait('invalid')
}

/** A merge with `forkBased` made to say what `forkAfter` means too. What did not come into the fork tells nothing of it. */
async function resolveFork(tx: RegisterTransaction, operation: Operation): Promise<Operation> {
  if (operation.op !== 'note.merge' || !operation.body.forkAfter) return operation
  const earlier = await tx.operations.find(operation.body.forkAfter)
  const { outcome, revision, code } = earlier?.decided ?? earlier ?? {}
  const isIn = outcome === 'applied' && code !== 'forked' && typeof revision === 'number'
  if (!isIn || earlier?.customership !== operation.customership) return operation
  const forkBased = Math.max(revision, operation.body.forkBased ?? 0)
  return { ...operation, body: { ...operation.body, forkBased } }
}

/** Does the deed and, in the same savepoint, records that it was done; or does nothing at all. */
export async function apply(
  tx: RegisterTransaction,
  operation: Operation,
  terms: Terms,
  record: (applied: Extract<Settled, { outcome: 'applied' }>) => Promise<void>
): Promise<Settled> {
  const resolved = await resolveAfter(tx, operation)
  if ('outcome' in resolved) return resolved
  try {
    return await tx.savepoint(async () => {
      const settled =
        (await perform(tx, await resolveFork(tx, resolved), terms)) ?? wait('customership-closed')
      if (settled.outcome !== 'applied') throw new NothingDone(settled)
      await record(settled)
      return settled
    })
  } catch (error) {
    if (error instanceof NothingDone) return error.settled
    throw error
  }
}

/**
 * What waited for a visit or for an earlier text is done when it has come. It was admitted when it
 * was received, and is not judged again.
 */
export async function applyWaiting(
  tx: RegisterTransaction,
  customership: CustomershipId,
  terms: Omit<Terms, 'device'>,
  failed: (operation: OperationId, error: unknown) => void
): Promise<void> {
  const held = await tx.operations.held({ customership })
  let waiting = held.filter(({ code }) => code === 'waits-for')
  for (let before = -1; waiting.length !== before && waiting.length > 0;) {
    before = waiting.length
    const still: typeof waiting = []
    for (const one of waiting) {
      const operation = readOperation(readPayload(one.payload).value, one.id)
      const settled =
        typeof operation === 'string'
          ? wait('invalid')
          : await apply(
              tx,
              operation,
              { ...terms, device: one.device },
              ({ outcome, revision, code }) =>
                tx.operations.decide(one.id, {
                  outcome,
                  revision,
                  code: code ?? null,
                  at: terms.now
                })
            ).catch((error: unknown) => {
              // It goes on waiting: one that fails may take no other operation with it.
              failed(one.id, error)
              return wait('waits-for')
            })
      if (settled.outcome !== 'applied') still.push(one)
    }
    waiting = still
  }
}
