import type { Day, Moment } from '#contract/day.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import type { VisitPlan, VisitState } from '#contract/visit.ts'
import type { PlanningAnswer } from '#contract/week.ts'
import type { VisitForm } from '#lib/customerships/visit-form.ts'

/** As much of a client as planning a visit asks for. */
export interface Client {
  readonly id: CustomershipId
  readonly name: string
  readonly decisions: PlanningAnswer['decisions']
  readonly serves: (worker: UserId, day: Day) => boolean
}

/** A visit that nobody has started. */
export interface PlannedVisit {
  readonly id: EntryId
  readonly revision: number
  readonly plan: VisitPlan
  readonly series: EntryId | undefined
}

/** What is being done to a visit: one thing at a time, each in a dialog of its own. */
export type Acting =
  | { readonly kind: 'plan'; readonly client: Client | null; readonly start: VisitForm }
  | {
      readonly kind: 'change' | 'repeat' | 'cancel'
      readonly client: Client
      readonly visit: PlannedVisit
    }

interface AnyVisit {
  readonly decision: EntryId
  readonly worker: UserId
  readonly plannedStart?: Moment | undefined
  readonly plannedEnd?: Moment | undefined
  readonly state: VisitState
  readonly series?: EntryId | undefined
}

/** The visit as something that may be planned otherwise; null when it has begun or been called off. */
export function plannedOf(id: EntryId, revision: number, visit: AnyVisit): PlannedVisit | null {
  const { decision, worker, plannedStart, plannedEnd, series, state } = visit
  if (state !== 'planned' || !plannedStart || !plannedEnd) return null
  const plan = { decision, worker, plannedStart, plannedEnd }
  return { id, revision, plan, series }
}

export function servesBy(
  assignments: readonly { worker: UserId; from: Day; until?: Day | null | undefined }[]
): Client['serves'] {
  return (worker, day) =>
    assignments.some(
      (one) => one.worker === worker && one.from <= day && (!one.until || one.until >= day)
    )
}
