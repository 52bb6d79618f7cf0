import { toMilliseconds, toMoment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import {
  isLate,
  standingOf,
  type IncidentId,
  type IncidentRecord,
  type IncidentStep
} from '#contract/incident.ts'
import type { Issue } from '#contract/problem.ts'
import type { Clock } from '#server/clock.ts'
import type { Store } from '#server/store/store.ts'
import type { Written } from './write-incident.ts'

/** One thing was done about an incident. It stays in the record: a mistake is followed by what is right. */
export function takeIncidentStep(
  { store, clock }: { store: Store; clock: Clock },
  id: IncidentId,
  { based, step }: { based: number; step: IncidentStep },
  by: UserId
): Promise<Written> {
  return store.register.transact(async () => {
    const found = await store.incidents.find(id)
    if (!found) return { code: 'not-found' }
    const { record } = found
    const now = clock.now()
    const issues = wrongInStep(record, step, now)
    if (issues.length > 0) return { code: 'invalid', issues }
    const recorded = { step, by, recordedAt: toMoment(now) }
    const next = { ...record, steps: [...record.steps, recorded] }
    const revision = await store.incidents.replace(id, based, next)
    return revision === null ? { code: 'conflict' } : { id, revision }
  })
}

function wrongInStep(record: IncidentRecord, step: IncidentStep, now: number): Issue[] {
  const wrong = (path: string, code: string): Issue[] => [{ path: ['step', path], code }]
  const { closedAt, needs } = standingOf(record)
  if ((step.step === 'reopened') !== (closedAt !== null)) return wrong('step', 'out-of-order')
  if ('at' in step && toMilliseconds(step.at) > now) return wrong('at', 'future')
  switch (step.step) {
    case 'controller-told':
      return record.organisers.includes(step.organiser) ? [] : wrong('organiser', 'unknown')
    case 'authority-told':
      // Art. 33(1): past 72 hours, the reasons for the delay go with it.
      return isLate(record.noticedAt, step.at) && step.delay === null
        ? wrong('delay', 'missing')
        : []
    case 'closed':
      return needs.flatMap((need) => wrong(need, 'missing'))
    case 'authority-not-told':
    case 'persons-told':
    case 'persons-not-told':
    case 'reopened':
      return []
  }
}
