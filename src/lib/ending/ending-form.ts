import { addDays, daySchema, type Day } from '#contract/day.ts'
import { endingRequestSchema } from '#contract/ending.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'
import type * as z from 'zod/mini'

export type EndingRequest = z.infer<typeof endingRequestSchema>

export interface EndingForm {
  endDay: string
  reason: string
}

export function readEndingForm(form: EndingForm): FormReading<EndingRequest> {
  return readWith(endingRequestSchema, form)
}

/** §7: the last day on which the client's data may exist, when the service ends on `endDay`. */
export function deleteByOf(endDay: string, deleteAfterDays: number): Day | null {
  const day = daySchema.safeParse(endDay)
  return day.success ? addDays(day.data, deleteAfterDays) : null
}
