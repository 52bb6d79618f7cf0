import type { HeldDecision, HeldResults } from '#contract/held.ts'
import { withoutIdentityCodes } from '#contract/identity-code.ts'
import type { CustomershipId, OperationId, UserId } from '#contract/id.ts'
import { operationSchema, type Operation } from '#contract/operation.ts'
import type { Organisation } from '#contract/settings.ts'
import type { HeldOperation } from '#server/store/applied-operations.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import { apply, applyWaiting } from '#server/sync/apply.ts'
import { acceptable } from './read-held.ts'

type Result = HeldResults['results'][number]

/** Everything that one decision is made by. */
export interface Deciding {
  readonly tx: RegisterTransaction
  readonly organisation: Organisation
  readonly by: UserId
  readonly now: number
  readonly decision: HeldDecision
  readonly reason: string | undefined
  readonly failed: (operation: OperationId, error: unknown) => void
}

/**
 * Decides on each in the order in which they were written, so that a signature follows its visit.
 * What cannot be accepted goes on waiting, and its code says for what.
 */
export async function decideOnHeld(
  deciding: Deciding,
  held: readonly HeldOperation[]
): Promise<{ results: Result[]; written: CustomershipId[] }> {
  const results: Result[] = []
  const written = new Set<CustomershipId>()
  for (const one of held) {
    const result = await decideOn(deciding, one)
    results.push(result)
    if (result.outcome === 'applied' && one.customership) written.add(one.customership)
  }
  const { tx, organisation, now, failed } = deciding
  for (const customership of written)
    await applyWaiting(tx, customership, { organisation, now }, failed)
  return { results, written: [...written] }
}

function decideOn(deciding: Deciding, held: HeldOperation): Promise<Result> {
  return deciding.decision === 'accept' ? accept(deciding, held) : turnDown(deciding, held)
}

async function accept(
  { tx, organisation, now, by }: Deciding,
  held: HeldOperation
): Promise<Result> {
  const { id, code, device } = held
  const operation = held.customership && acceptable(held)
  if (!operation) return { id, outcome: 'awaiting-decision', code }
  const terms = { organisation, now, device, alsoClosed: true } as const
  const settled = await apply(tx, masked(operation), terms, (applied) =>
    tx.operations.decide(id, {
      outcome: 'applied',
      code: applied.code ?? null,
      revision: applied.revision,
      at: now,
      by
    })
  )
  const told = settled.code === undefined ? {} : { code: settled.code }
  return { id, outcome: settled.outcome, ...told }
}

/** §8: a personal identity code is masked at once, and the rest of the text is kept. */
function masked(operation: Operation): Operation {
  if (operation.op === 'document.part') return operation
  return operationSchema.parse({ ...operation, body: withoutIdentityCodes(operation.body) })
}

async function turnDown(
  { tx, now, by, decision, reason }: Deciding,
  { id }: HeldOperation
): Promise<Result> {
  const code = decision === 'return' ? 'returned' : 'declined'
  const told = reason === undefined ? {} : { reason }
  await tx.operations.decide(id, { outcome: 'refused', code, revision: null, at: now, by, ...told })
  return { id, outcome: 'refused', code }
}
