import * as z from 'zod/mini'
import { type Day, daySchema, instantOf, addDays, mondayOf, dayAt, toMilliseconds } from './day.ts'
import { exceptionSchema } from './exception.ts'
import { settingIdSchema } from './id.ts'
import { saidSchema } from './text.ts'
import type { Visit } from './visit.ts'

export const fundingSchema = z.enum(['voucher', 'purchased', 'direct'])
export type Funding = z.infer<typeof fundingSchema>

export const grantPeriodSchema = z.enum(['week', 'month', 'total'])
export type GrantPeriod = z.infer<typeof grantPeriodSchema>

/** §6: what the ordering authority granted. `until` is the last day on which it is valid. */
export const decisionSchema = z
  .strictObject({
    organiser: settingIdSchema,
    controller: z.enum(['organiser', 'provider']),
    product: settingIdSchema,
    funding: fundingSchema,
    number: z.optional(saidSchema(60)),
    from: daySchema,
    until: daySchema,
    grantedMinutes: z.int().check(z.minimum(0), z.maximum(600_000)),
    grantedPer: grantPeriodSchema,
    goals: z.array(saidSchema(300)).check(z.maxLength(12)),
    exception: z.optional(exceptionSchema)
  })
  .check(z.refine((decision) => decision.from <= decision.until, { path: ['until'] }))
export type Decision = z.infer<typeof decisionSchema>

export function isValidOn(decision: Decision, day: Day): boolean {
  return decision.from <= day && day <= decision.until
}

/** The calendar period of the grant that `day` falls in, as instants [from, to). */
function periodAround(decision: Decision, day: Day): { from: number; to: number } {
  if (decision.grantedPer === 'week') {
    const monday = mondayOf(day)
    return { from: instantOf(monday), to: instantOf(addDays(monday, 7)) }
  }
  if (decision.grantedPer === 'month') {
    const first = `${day.slice(0, 7)}-01` as Day
    const next = `${addDays(first, 31).slice(0, 7)}-01` as Day
    return { from: instantOf(first), to: instantOf(next) }
  }
  return { from: instantOf(decision.from), to: instantOf(addDays(decision.until, 1)) }
}

export interface Hours {
  readonly grantedMinutes: number
  readonly usedMinutes: number
  readonly plannedMinutes: number
  /** Negative when more was used or planned than granted: shown, never hidden and never refused. */
  readonly leftMinutes: number
}

/** Minutes granted, used and still planned in the grant period that holds `now`, counted on instants. */
export function hoursOf(
  decisionId: string,
  decision: Decision,
  visits: readonly Visit[],
  now: number
): Hours {
  const period = periodAround(decision, dayAt(now))
  let usedMinutes = 0
  let plannedMinutes = 0
  for (const visit of visits) {
    if (visit.decision !== decisionId || visit.forkOf) continue
    const at = visit.startedAt ?? visit.plannedStart
    if (at === undefined) continue
    const start = toMilliseconds(at)
    if (start < period.from || start >= period.to) continue
    if (visit.state === 'planned' && visit.plannedStart && visit.plannedEnd) {
      plannedMinutes += minutesBetween(visit.plannedStart, visit.plannedEnd)
    } else if (visit.state === 'completed' && visit.startedAt && visit.endedAt) {
      usedMinutes += minutesBetween(visit.startedAt, visit.endedAt)
    }
  }
  return {
    grantedMinutes: decision.grantedMinutes,
    usedMinutes,
    plannedMinutes,
    leftMinutes: decision.grantedMinutes - usedMinutes - plannedMinutes
  }
}

/** Whole minutes between two instants; the calendar and its clock changes play no part. */
export function minutesBetween(
  start: NonNullable<Visit['startedAt']>,
  end: NonNullable<Visit['endedAt']>
): number {
  return Math.max(0, Math.round((toMilliseconds(end) - toMilliseconds(start)) / 60_000))
}
