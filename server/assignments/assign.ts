import { isDeepStrictEqual } from 'node:util'
import type { Assignment } from '#contract/assignment.ts'
import { dayAt, toMilliseconds } from '#contract/day.ts'
import { entriesOf } from '#contract/entry.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { requireReason } from '#server/access/exception.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { AssignmentFacts } from '#server/store/customership-facts.ts'
import type { User } from '#server/store/users.ts'

export interface Assigned {
  readonly id: EntryId
  readonly data: Assignment
  readonly based?: number | undefined
  readonly reason?: string | undefined
}

/** §12: who serves this customership, and how long. The same id again changes or ends the assignment. */
export async function assign(
  change: CustomershipChange,
  { id, data, based, reason }: Assigned,
  by: UserId,
  worker: User | null,
  now: number
): Promise<Refusal | null> {
  const former = await change.entry('assignment', id)
  if (
    former &&
    isDeepStrictEqual({ ...former.data, exception: undefined }, { ...data, exception: undefined })
  )
    return null
  if (former && (former.data.worker !== data.worker || former.revision !== based))
    return { code: 'conflict' }
  // Whose account is closed may still be ended here, and not be sent anywhere anew.
  if (!worker || (!former && worker.state === 'closed'))
    return { code: 'invalid', issues: [{ path: ['data', 'worker'], code: 'unknown' }] }
  const asked = requireReason(
    (await leavesVisits(change, id, data, now))
      ? [{ path: ['data', 'until'], code: 'leaves-visit-without-worker' }]
      : [],
    reason,
    by,
    now
  )
  if ('refusal' in asked) return asked.refusal
  const { exception: _told, ...stated } = data
  const { exception = former?.data.exception } = asked
  await change.put('assignment', id, { ...stated, ...(exception ? { exception } : {}) }, by)
  return null
}

/** Whether a visit to come had its worker in the team before this, and has not after it. */
async function leavesVisits(
  change: CustomershipChange,
  id: EntryId,
  data: Assignment,
  now: number
): Promise<boolean> {
  const before = await change.assignments()
  if (!before.some(({ entry }) => entry === id)) return false
  const { worker, from, until = null } = data
  const after = before.map((one) => (one.entry === id ? { ...one, from, until } : one))
  const today = dayAt(now)
  return entriesOf(await change.entries({ kinds: ['visit'] }), 'visit').some(({ data: visit }) => {
    if (visit.worker !== worker || visit.state !== 'planned' || !visit.plannedStart) return false
    const day = dayAt(toMilliseconds(visit.plannedStart))
    const served = (team: readonly AssignmentFacts[]) =>
      team.some(
        (one) =>
          one.worker === worker && one.from <= day && (one.until === null || one.until >= day)
      )
    return day >= today && served(before) && !served(after)
  })
}
