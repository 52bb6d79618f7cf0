import * as z from 'zod/mini'
import { daySchema, momentSchema } from './day-shape.ts'
import {
  addDays,
  dayAt,
  daysBetween,
  instantOf,
  mondayOf,
  toMilliseconds,
  toMoment,
  wallTimeAt,
  weekdayOf,
  type Day,
  type Moment
} from './day.ts'
import type { Decision } from './decision.ts'
import { revisionSchema } from './revision.ts'
import { exceptionSchema, reasonSchema } from './exception.ts'
import { customershipIdSchema, entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { saidSchema } from './text.ts'
import { visitPlanSchema, visitStateSchema, type Visit, type VisitPlan } from './visit.ts'

/** What a worker's tablets have of it: when each said that it holds this version, or null. */
export const fetchedSchema = z.array(z.object({ name: z.string(), at: z.nullable(momentSchema) }))
export type Fetched = z.infer<typeof fetchedSchema>

export const weekVisitSchema = z.object({
  id: entryIdSchema,
  customership: customershipIdSchema,
  revision: revisionSchema,
  decision: entryIdSchema,
  product: settingIdSchema,
  worker: userIdSchema,
  plannedStart: z.optional(momentSchema),
  plannedEnd: z.optional(momentSchema),
  startedAt: z.optional(momentSchema),
  endedAt: z.optional(momentSchema),
  state: visitStateSchema,
  series: z.optional(entryIdSchema),
  exception: z.optional(exceptionSchema),
  /** At the same time as another of the same worker. */
  isClash: z.boolean(),
  /** Its worker does not serve the client on that day: no tablet shows it. */
  isUnassigned: z.boolean(),
  fetched: fetchedSchema
})
export type WeekVisit = z.infer<typeof weekVisitSchema>

/** A decision that the week's plans do not meet. */
export const unmetSchema = z.object({
  customership: customershipIdSchema,
  decision: entryIdSchema,
  product: settingIdSchema,
  grantedMinutes: z.int(),
  plannedMinutes: z.int()
})
export type Unmet = z.infer<typeof unmetSchema>

/** `GET /api/office/week?from=`: workers by days. First names and no addresses: a grid on a wall needs no more. */
export const weekAnswerSchema = z.object({
  from: daySchema,
  workers: z.array(z.object({ id: userIdSchema, name: z.string(), tablets: z.int() })),
  customerships: z.array(z.object({ id: customershipIdSchema, firstName: z.string() })),
  visits: z.array(weekVisitSchema),
  /** The widest gaps first; `unmetCount` tells how many there are. */
  unmet: z.array(unmetSchema),
  unmetCount: z.int()
})
export type WeekAnswer = z.infer<typeof weekAnswerSchema>

/** `GET /api/office/customerships/{id}/planning`: what a form needs to plan a visit. */
export const planningAnswerSchema = z.object({
  id: customershipIdSchema,
  firstName: z.string(),
  decisions: z.array(
    z.object({
      id: entryIdSchema,
      product: settingIdSchema,
      from: daySchema,
      until: daySchema
    })
  ),
  assignments: z.array(
    z.object({ worker: userIdSchema, from: daySchema, until: z.nullable(daySchema) })
  )
})
export type PlanningAnswer = z.infer<typeof planningAnswerSchema>

/** `POST /api/office/customerships/{id}/visits/series`: all of it or nothing. */
export const seriesRequestSchema = z.strictObject({
  series: entryIdSchema,
  visits: z
    .array(z.strictObject({ id: entryIdSchema, data: visitPlanSchema }))
    .check(z.minLength(1), z.maxLength(60)),
  reason: reasonSchema
})
export type SeriesRequest = z.infer<typeof seriesRequestSchema>

/** Who called it off. A mistake is removed as long as no tablet was sent it. */
export const cancelCauseSchema = z.enum(['client', 'provider', 'mistake'])
export type CancelCause = z.infer<typeof cancelCauseSchema>

/** `POST /api/office/customerships/{id}/visits/cancellation`: one, or it and what follows in its series. */
export const cancelRequestSchema = z.strictObject({
  visit: entryIdSchema,
  based: revisionSchema,
  cause: cancelCauseSchema,
  why: z.optional(saidSchema(500)),
  following: z.optional(z.boolean())
})
export type CancelRequest = z.infer<typeof cancelRequestSchema>

/** `POST /api/office/week/swap`: a worker's day, over many customerships, in one act. */
export const swapRequestSchema = z.strictObject({
  worker: userIdSchema,
  day: daySchema,
  visits: z
    .array(
      z.strictObject({
        customership: customershipIdSchema,
        visit: entryIdSchema,
        based: revisionSchema,
        /** Null: nobody comes, and the visit is cancelled by the provider. */
        substitute: z.nullable(userIdSchema),
        /** The id of the assignment for the day, if the substitute has none. */
        assignment: entryIdSchema
      })
    )
    .check(z.minLength(1), z.maxLength(60)),
  why: z.optional(saidSchema(500)),
  reason: reasonSchema
})
export type SwapRequest = z.infer<typeof swapRequestSchema>
export const swapAnswerSchema = z.object({
  swapped: z.int(),
  cancelled: z.int(),
  assigned: z.int()
})

type Times = Pick<Visit, 'plannedStart' | 'plannedEnd' | 'startedAt' | 'endedAt'>

/** Where a visit lies in time: what happened beats what was planned. */
export function spanOf(visit: Times): { from: number; to: number } | null {
  const from = visit.startedAt ?? visit.plannedStart
  const to = visit.endedAt ?? visit.plannedEnd
  if (!from || !to) return null
  return { from: toMilliseconds(from), to: toMilliseconds(to) }
}

/** One person cannot be in two homes; coming as the other leaves is no clash. */
export function overlap(one: Times, other: Times): boolean {
  const a = spanOf(one)
  const b = spanOf(other)
  return a !== null && b !== null && a.from < b.to && b.from < a.to
}

const takesTime = (visit: Pick<Visit, 'state'>): boolean =>
  visit.state === 'planned' || visit.state === 'started' || visit.state === 'completed'

/** The visits that overlap another of the same worker. */
export function clashesIn<V extends Pick<Visit, 'worker' | 'state'> & Times>(
  visits: readonly V[]
): Set<V> {
  const clashing = new Set<V>()
  for (const own of Map.groupBy(visits.filter(takesTime), ({ worker }) => worker).values())
    for (const [index, one] of own.entries())
      for (const other of own.slice(index + 1))
        if (overlap(one, other)) clashing.add(one).add(other)
  return clashing
}

/** The same visit on another day, at the same time by the clock on the wall. */
export function onDay<P extends Pick<VisitPlan, 'plannedStart' | 'plannedEnd'>>(
  plan: P,
  day: Day
): P {
  const start = wallTimeAt(toMilliseconds(plan.plannedStart))
  const end = wallTimeAt(toMilliseconds(plan.plannedEnd))
  const lastDay = addDays(day, daysBetween(start.day, end.day))
  return {
    ...plan,
    plannedStart: toMoment(instantOf(day, start.hour, start.minute)),
    plannedEnd: toMoment(instantOf(lastDay, end.hour, end.minute))
  }
}

/** Week by week after `plan`, the clock on the wall kept over both changes of time. */
export function weeklyAfter(
  plan: VisitPlan,
  repeat: { readonly times: number } | { readonly until: Day }
): VisitPlan[] {
  const first = dayAt(toMilliseconds(plan.plannedStart))
  const times = 'times' in repeat ? repeat.times : Math.floor(daysBetween(first, repeat.until) / 7)
  return Array.from({ length: Math.max(0, Math.min(times, 59)) }, (_, index) =>
    onDay(plan, addDays(first, 7 * (index + 1)))
  )
}

/** ISO 8601: the week belongs to the year that its Thursday is in. */
export function isoWeekOf(day: Day): number {
  const thursday = addDays(mondayOf(day), 3)
  const first = `${thursday.slice(0, 4)}-01-01` as Day
  return Math.floor(daysBetween(first, thursday) / 7) + 1
}

/**
 * What a week ought to bring of a grant: a weekly one whole, of a monthly one the days of it that are
 * valid. A grant in one sum promises nothing to any week.
 */
export function weeklyShare(
  decision: Pick<Decision, 'grantedPer' | 'grantedMinutes' | 'from' | 'until'>,
  monday: Day
): number | null {
  if (decision.grantedPer === 'total') return null
  if (decision.grantedPer === 'week') return decision.grantedMinutes
  let share = 0
  for (let index = 0; index < 7; index += 1) {
    const day = addDays(monday, index)
    if (day < decision.from || day > decision.until) continue
    const first = `${day.slice(0, 7)}-01` as Day
    const next = `${addDays(first, 31).slice(0, 7)}-01` as Day
    share += decision.grantedMinutes / daysBetween(first, next)
  }
  return Math.round(share)
}

/** Minutes that a visit brings, or will if all goes as planned. */
export function minutesOf(visit: Pick<Visit, 'state'> & Times): number {
  const span = takesTime(visit) ? spanOf(visit) : null
  return span === null ? 0 : Math.max(0, Math.round((span.to - span.from) / 60_000))
}

/** The time at which one of the worker's tablets said that it has this version. */
export function fetchedAt(fetched: Fetched): Moment | null {
  const times = fetched.flatMap(({ at }) => at ?? [])
  return times.sort().at(0) ?? null
}

export const isMonday = (day: Day): boolean => weekdayOf(day) === 1
