import { enrolAnswerSchema, type EnrolAnswer, type EnrolRequest } from '#contract/device.ts'
import { type Answer, api } from '#lib/http/api.ts'

/** Whoever is signed in asks for a device of their own in this browser. */
export const askForDevice = (request: EnrolRequest): Promise<Answer<EnrolAnswer>> =>
  api('POST', '/api/devices', request, enrolAnswerSchema)
