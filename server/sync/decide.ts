import { holdsIdentityCode } from '#contract/identity-code.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Operation, OperationOf } from '#contract/operation.ts'
import type { Organisation } from '#contract/settings.ts'
import type { OutcomeCode } from '#contract/outcome.ts'
import type { Device } from '#server/store/devices.ts'
import type { AppliedOperation } from '#server/store/applied-operations.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import type { Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'
import { admission, type Standing } from './admission.ts'
import type { Opened } from './open.ts'
import type { Standings } from './standings.ts'

/** Everything that one push is decided by; read once, before or at the beginning of its transaction. */
export interface Push {
  readonly store: Store
  readonly tx: RegisterTransaction
  readonly device: Device
  readonly author: User
  readonly organisation: Organisation
  readonly now: number
  readonly standings: Standings
}

/** What is to become of an opened operation. */
export type Decision =
  | { readonly decision: 'again'; readonly first: AppliedOperation }
  | { readonly decision: 'refuse'; readonly code: 'id-reused' | 'not-author' }
  | { readonly decision: 'discard' }
  /** Its customership is deleted; that it was read is still to be written down. */
  | { readonly decision: 'report'; readonly operation: OperationOf<'usage.report'> }
  | { readonly decision: 'retry'; readonly code: OutcomeCode }
  | { readonly decision: 'hold'; readonly code: OutcomeCode }
  | { readonly decision: 'do'; readonly operation: Operation }

const newerWaits = 7 * 86_400_000

/** The order of the checks is the wire's: repeat, author, deleted, signature, newer, shape, revoked, access. */
export async function decide(push: Push, opened: Opened): Promise<Decision> {
  const { tx, device, author, now } = push
  const standing = standingOf(push, opened.customership)

  const first = await tx.operations.find(opened.id)
  if (first && first.device !== device.id) return { decision: 'refuse', code: 'id-reused' }
  // What was refused never was of the customership that it names, and outlives it.
  if (first && (standing !== 'deleted' || first.outcome === 'refused')) {
    if (await tx.operations.isRepeat(opened.id, opened.payload)) return { decision: 'again', first }
    if (!opened.isSigned || !mayBeForged(first)) return { decision: 'refuse', code: 'id-reused' }
    await tx.operations.giveWay(opened.id)
  }

  if (opened.author !== null && opened.author !== author.id)
    return { decision: 'refuse', code: 'not-author' }
  if (standing === 'deleted') {
    const report = first ? null : usageReportIn(opened)
    return report ? { decision: 'report', operation: report } : { decision: 'discard' }
  }
  if (!opened.isSigned) return hold('unsigned')

  const { operation } = opened
  if (operation === 'newer-than-server') {
    const firstSeen = await tx.operations.firstSeen(opened.id, device.id, now)
    return now - firstSeen < newerWaits ? { decision: 'retry', code: operation } : hold(operation)
  }
  if (operation === 'invalid') return hold(operation)
  // §12: who has read something may always say so: late, revoked, and when it is theirs no longer.
  if (operation.op === 'usage.report') return { decision: 'do', operation }
  // The bytes of a page are no words, and may look like anything.
  if (operation.op !== 'document.part' && holdsIdentityCode(operation.body))
    return hold('identity-code')
  if (device.revokedAt !== null) return hold('device-revoked')
  if (standing === 'none' || author.state !== 'active') return hold('outside-assignment')

  const code = admission(author, standing, operation, push.organisation.policy, now)
  return code ? hold(code) : { decision: 'do', operation }
}

/**
 * Ids lie in clear on a shared tablet, and its cookie carries anybody's words: what the device's own
 * key did not sign must not keep out what it signs later.
 */
const mayBeForged = ({ outcome, code }: AppliedOperation): boolean =>
  code === 'unsigned' || (outcome === 'refused' && code === 'not-author')

function usageReportIn(opened: Opened): OperationOf<'usage.report'> | null {
  const operation = opened.isSigned ? opened.operation : null
  return operation && typeof operation === 'object' && operation.op === 'usage.report'
    ? operation
    : null
}

const hold = (code: OutcomeCode): Decision => ({ decision: 'hold', code })

export const standingOf = (
  { standings }: Push,
  customership: CustomershipId | null
): Standing | 'none' | 'deleted' =>
  customership === null ? 'none' : (standings.get(customership) ?? 'none')
