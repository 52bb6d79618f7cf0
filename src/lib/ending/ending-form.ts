import { endingRequestSchema } from '#contract/ending.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'
import type * as z from 'zod/mini'

export type EndingRequest = z.infer<typeof endingRequestSchema>

export interface EndingForm {
  endDay: string
  reason: string
}

export const readEndingForm = (form: EndingForm): FormReading<EndingRequest> =>
  readWith(endingRequestSchema, form)
