import { isStanding, warningDays, type ClosingRecord, type Warning } from '#contract/closing.ts'
import { daysBetween, type Day } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'

type Due = Pick<Warning, 'kind' | 'day' | 'daysBefore'>

/**
 * §7: before anything ends or is deleted by itself, named people are warned 14, 7, 3 and 1 days ahead;
 * of a hand-over that nobody confirms, every day. One warning for each step, however often this is
 * asked, and only the nearest when steps were missed. It decides and does nothing.
 */
export function warningsDue(
  facts: Pick<CustomershipFacts, 'deleteBy'>,
  record: Pick<ClosingRecord, 'holds' | 'warnings'>,
  lapsesOn: Day | null,
  today: Day
): Due[] {
  const standing = record.holds.filter((hold) => isStanding(hold, today))
  const unconfirmed = standing.find(({ ground }) => ground === 'unconfirmed-hand-over')
  const due = [
    ...stepTo('lapse', lapsesOn, today),
    ...(standing.length === 0 ? stepTo('deletion', facts.deleteBy, today) : []),
    ...daily(unconfirmed?.until, today)
  ]
  return due.filter((one) => !record.warnings.some((told) => isSame(told, one)))
}

function stepTo(kind: Due['kind'], day: Day | null, today: Day): Due[] {
  if (day === null) return []
  const left = daysBetween(today, day)
  const step = warningDays.findLast((days) => left <= days)
  return left < 0 || step === undefined ? [] : [{ kind, day, daysBefore: step }]
}

function daily(until: Day | undefined, today: Day): Due[] {
  if (until === undefined) return []
  return [{ kind: 'unconfirmed', day: until, daysBefore: daysBetween(today, until) }]
}

const isSame = (told: Due, due: Due): boolean =>
  told.kind === due.kind && told.day === due.day && told.daysBefore === due.daysBefore

interface Candidate {
  readonly id: UserId
  readonly role: string
  readonly state: string
}

/**
 * Whom to warn: those whom the settings name, else the main users who are responsible for it, else every
 * main user. Somebody is always warned.
 */
export function peopleToWarn(
  users: readonly Candidate[],
  named: readonly UserId[],
  assigned: readonly UserId[]
): UserId[] {
  const mainUsers = users
    .filter(({ role, state }) => role === 'main-user' && state !== 'closed')
    .map(({ id }) => id)
  const among = (ids: readonly UserId[]) => mainUsers.filter((id) => ids.includes(id))
  return [among(named), among(assigned), mainUsers].find(({ length }) => length > 0) ?? []
}
