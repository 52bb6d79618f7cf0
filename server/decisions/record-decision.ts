import type { Decision } from '#contract/decision.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import type { Organisation } from '#contract/organisation.ts'
import type { Refusal } from '#server/access/refusal.ts'
import { unknownInDecision } from '#server/access/unknown-in-decision.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'

/** §6: what was granted. The same id again puts a record of it right. */
export async function recordDecision(
  change: CustomershipChange,
  { id, data }: { id: EntryId; data: Decision },
  by: UserId,
  organisation: Organisation
): Promise<Refusal | null> {
  const issues = unknownInDecision(organisation, data, ['data'])
  if (issues.length > 0) return { code: 'invalid', issues }
  await change.put('decision', id, data, by)
  return null
}
