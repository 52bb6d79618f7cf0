import { addDays, daySchema, type Day } from '#contract/day.ts'
import { endingRequestSchema } from '#contract/ending.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'
import type * as z from 'zod/mini'

export type EndingRequest = z.infer<typeof endingRequestSchema>

export interface EndingForm {
  endDay: string
  reason: string
}

/** A service cannot have ended before anybody said so: the tablets must hear of it first. */
export function readEndingForm(form: EndingForm, today: Day): FormReading<EndingRequest> {
  const reading = readWith(endingRequestSchema, form)
  if (reading.read && reading.read.endDay < today)
    return { read: null, wrong: { endDay: 'wrong.past' } }
  return reading
}

/** §7: the last day on which the client's data may exist, when the service ends on `endDay`. */
export function deleteByOf(endDay: string, deleteAfterDays: number): Day | null {
  const day = daySchema.safeParse(endDay)
  return day.success ? addDays(day.data, deleteAfterDays) : null
}
