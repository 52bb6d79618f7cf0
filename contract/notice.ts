import * as z from 'zod/mini'
import { noticeSchema } from './organisation.ts'
import { partySchema } from './settings.ts'

/** `GET /api/notice`: who answers for the register, for anyone to read. Nothing of any client. */
export const noticeAnswerSchema = z.object({
  controller: partySchema,
  contactPerson: partySchema,
  protectionOfficer: partySchema,
  processor: partySchema,
  notice: noticeSchema
})
export type NoticeAnswer = z.infer<typeof noticeAnswerSchema>
