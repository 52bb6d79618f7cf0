import { daySchema } from '#contract/day-shape.ts'
import { instantOf, toMoment } from '#contract/day.ts'
import { incidentStepSchema, isLate, type IncidentStep } from '#contract/incident.ts'
import type { Moment } from '#contract/day.ts'

export type StepName = IncidentStep['step']

export interface StepForm {
  readonly day: string
  readonly time: string
  readonly ground: string
  readonly reason: string
  readonly way: string
}

export type StepField = keyof StepForm

/** The instant that a day and a time of the form name; null while they name none. */
export function momentOf(day: string, time: string): Moment | null {
  const parsed = daySchema.safeParse(day)
  const clock = /^(\d{2}):(\d{2})$/.exec(time)
  if (!parsed.success || !clock) return null
  return toMoment(instantOf(parsed.data, Number(clock[1]), Number(clock[2])))
}

export const groundsOf = {
  'authority-not-told': ['no-risk', 'controller-tells'],
  'persons-not-told': ['no-high-risk', 'unreadable', 'risk-gone', 'controller-tells']
} as const

/** GDPR Art. 33(1): past 72 hours the reasons for the delay are asked for too. */
export function needsDelay(step: StepName, form: StepForm, noticedAt: Moment): boolean {
  const at = momentOf(form.day, form.time)
  return step === 'authority-told' && at !== null && isLate(noticedAt, at)
}

/** Which fields each step asks for. */
export function fieldsOf(step: StepName, isDelayed: boolean): readonly StepField[] {
  switch (step) {
    case 'controller-told':
      return ['day', 'time']
    case 'authority-told':
      return isDelayed ? ['day', 'time', 'reason'] : ['day', 'time']
    case 'authority-not-told':
    case 'persons-not-told':
      return ['ground', 'reason']
    case 'persons-told':
      return ['day', 'time', 'way']
    case 'reopened':
      return ['reason']
    case 'closed':
      return []
  }
}

/** The step as the server takes it, or the fields that are still wanting. */
export function readStepForm(
  step: StepName,
  form: StepForm,
  about: { noticedAt: Moment; organiser: string | undefined; now: number }
): { step: IncidentStep } | { wanting: readonly StepField[] } {
  const at = momentOf(form.day, form.time)
  const reason = form.reason.trim()
  const isAhead = at !== null && Date.parse(at) > about.now
  const isDelayed = needsDelay(step, form, about.noticedAt)
  const isWanting: Record<StepField, boolean> = {
    day: at === null && form.day === '',
    time: at === null || isAhead,
    ground: form.ground === '',
    reason: reason === '',
    way: form.way === ''
  }
  const wanting = fieldsOf(step, isDelayed).filter((field) => isWanting[field])
  if (wanting.length > 0) return { wanting }
  const parts = {
    'controller-told': { organiser: about.organiser, at },
    'authority-told': { at, delay: isDelayed ? reason : null },
    'authority-not-told': { ground: form.ground, reason },
    'persons-told': { at, way: form.way },
    'persons-not-told': { ground: form.ground, reason },
    closed: {},
    reopened: { reason }
  }[step]
  const parsed = incidentStepSchema.safeParse({ step, ...parts })
  return parsed.success ? { step: parsed.data } : { wanting: fieldsOf(step, isDelayed) }
}
