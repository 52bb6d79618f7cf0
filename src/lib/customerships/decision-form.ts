import type { Day } from '#contract/day.ts'
import {
  decisionStatementSchema,
  type Decision,
  type DecisionStatement,
  type Funding,
  type GrantPeriod
} from '#contract/decision.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'

export interface DecisionForm {
  organiser: string
  controller: Decision['controller']
  product: string
  funding: Funding
  number: string
  from: string
  until: string
  hours: string
  grantedPer: GrantPeriod
  goals: string
}

export function emptyDecisionForm(from: Day): DecisionForm {
  return {
    organiser: '',
    controller: 'organiser',
    product: '',
    funding: 'voucher',
    number: '',
    from,
    until: '',
    hours: '',
    grantedPer: 'month',
    goals: ''
  }
}

/** `12,5`, `12.5` or `12:30`, as people write hours; null when it is none of these. */
export function hoursToMinutes(text: string): number | null {
  const trimmed = text.trim()
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(trimmed)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(trimmed)) return null
  return Math.round(Number(trimmed.replace(',', '.')) * 60)
}

/** As `hoursToMinutes` reads it: `12,5`, or `12:20` where decimals would not be true. */
export function minutesToHours(minutes: number): string {
  if ((minutes * 100) % 60 === 0) return String(minutes / 60).replace('.', ',')
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

export function decisionToForm(decision: Decision): DecisionForm {
  const { grantedMinutes, goals, number = '', exception: _exception, ...same } = decision
  return { ...same, number, hours: minutesToHours(grantedMinutes), goals: goals.join('\n') }
}

/** The fields of the form in which two versions of a decision differ. */
export function changedFields(one: Decision, other: Decision): (keyof DecisionForm)[] {
  const before = decisionToForm(one)
  const after = decisionToForm(other)
  return decisionFormFields.filter((field) => before[field] !== after[field])
}

const decisionFormFields = [
  'organiser',
  'product',
  'funding',
  'number',
  'controller',
  'from',
  'until',
  'hours',
  'grantedPer',
  'goals'
] as const satisfies (keyof DecisionForm)[]

/** An empty text is left to the schema, which then names the field. */
export function decisionToCandidate(form: DecisionForm): Record<string, unknown> {
  const number = form.number.trim()
  return {
    organiser: form.organiser,
    controller: form.controller,
    product: form.product,
    funding: form.funding,
    ...(number === '' ? {} : { number }),
    from: form.from,
    until: form.until,
    grantedMinutes: hoursToMinutes(form.hours),
    grantedPer: form.grantedPer,
    goals: form.goals
      .split('\n')
      .map((goal) => goal.trim())
      .filter((goal) => goal !== '')
  }
}

export function readDecisionForm(form: DecisionForm): FormReading<DecisionStatement> {
  return readWith(decisionStatementSchema, decisionToCandidate(form))
}
