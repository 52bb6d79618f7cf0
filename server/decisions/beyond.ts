import { startOf } from '#contract/counted-visit.ts'
import { dayAt, toMilliseconds } from '#contract/day.ts'
import type { Decision } from '#contract/decision.ts'
import { hoursBeyond, type Debited } from '#contract/hours.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import type { Visit } from '#contract/visit.ts'
import type { Beyond } from '#server/access/exception.ts'

type Dated = Pick<Decision, 'from' | 'until'>

/** What a visit is to a decision that does not cover its day. One that was called off is nothing. */
function outside(visit: Visit, id: string, decision: Dated): Beyond | null {
  const start = startOf(visit)
  const isHeld = visit.state === 'started' || visit.state === 'completed'
  const counts = visit.decision === id && !visit.forkOf && (isHeld || visit.state === 'planned')
  if (!counts || start === undefined) return null
  const day = dayAt(toMilliseconds(start))
  if (day < decision.from) return { path: ['data', 'from'], code: 'outside-decision' }
  if (day <= decision.until) return null
  return { path: ['data', 'until'], code: isHeld ? 'ends-before-held-visit' : 'outside-decision' }
}

/** What a statement of a decision goes beyond that the former one did not; without a former, all of it. */
export function beyondDecision(
  rules: readonly OrganiserRule[],
  after: Debited,
  before?: Debited
): Beyond[] {
  const found: Beyond[] = []
  for (const visit of after.visits) {
    const beyond = outside(visit, after.id, after.decision)
    const isNew = !before || !outside(visit, before.id, before.decision)
    if (beyond && isNew && !found.some(({ path, code }) => isSame(beyond, { path, code })))
      found.push(beyond)
  }
  if (hoursBeyond(rules, after, before).length > 0)
    found.push({ path: ['data', 'grantedMinutes'], code: 'hours-over-grant' })
  return found
}

const isSame = (one: Beyond, other: Beyond): boolean =>
  one.code === other.code && one.path.join('.') === other.path.join('.')
