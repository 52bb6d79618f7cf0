import { daySchema } from '#contract/day-shape.ts'
import {
  addDays,
  instantOf,
  toMilliseconds,
  toMoment,
  wallTimeAt,
  type Day
} from '#contract/day.ts'
import { visitPlanSchema, type VisitPlan } from '#contract/visit.ts'
import { readWith, type FormReading, type WrongKey } from '#lib/i18n/wrong.ts'

export interface VisitForm {
  decision: string
  worker: string
  day: string
  start: string
  end: string
}

function timeOf(text: string): { hour: number; minute: number } | null {
  const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(text.trim())
  return match ? { hour: Number(match[1]), minute: Number(match[2]) } : null
}

/** A visit that ends at or before its start's hour ends on the next day: night visits cross midnight. */
export function endsNextDay(form: Pick<VisitForm, 'start' | 'end'>): boolean {
  const start = timeOf(form.start)
  const end = timeOf(form.end)
  if (!start || !end) return false
  return end.hour * 60 + end.minute <= start.hour * 60 + start.minute
}

/** A plan as it stands in the form. */
export function visitFormOf(plan: VisitPlan): VisitForm {
  const start = wallTimeAt(toMilliseconds(plan.plannedStart))
  const end = wallTimeAt(toMilliseconds(plan.plannedEnd))
  const written = ({ hour, minute }: { hour: number; minute: number }) =>
    `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return {
    decision: plan.decision,
    worker: plan.worker,
    day: start.day,
    start: written(start),
    end: written(end)
  }
}

export function readVisitForm(form: VisitForm): FormReading<VisitPlan> {
  const wrong: Record<string, WrongKey> = {}
  const day = daySchema.safeParse(form.day)
  const start = timeOf(form.start)
  const end = timeOf(form.end)
  if (form.decision === '') wrong['decision'] = 'wrong.required'
  if (form.worker === '') wrong['worker'] = 'wrong.required'
  if (!day.success) wrong['day'] = 'wrong.day'
  if (!start) wrong['plannedStart'] = 'wrong.time'
  if (!end) wrong['plannedEnd'] = 'wrong.time'
  if (!day.success || !start || !end || Object.keys(wrong).length > 0) return { read: null, wrong }
  const lastDay: Day = endsNextDay(form) ? addDays(day.data, 1) : day.data
  return readWith(visitPlanSchema, {
    decision: form.decision,
    worker: form.worker,
    plannedStart: toMoment(instantOf(day.data, start.hour, start.minute)),
    plannedEnd: toMoment(instantOf(lastDay, end.hour, end.minute))
  })
}
