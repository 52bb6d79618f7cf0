import * as z from 'zod/mini'

/** Every code that an error answer may carry, with its HTTP status. Closed: a new code is an addition to the wire. */
export const problemStatus = {
  malformed: 400,
  protocol: 400,
  'unknown-property': 400,
  'wrong-credentials': 401,
  'not-signed-in': 401,
  'other-user': 401,
  'not-allowed': 403,
  pending: 403,
  'sign-in-again': 403,
  'cross-origin': 403,
  'device-revoked': 403,
  'not-found': 404,
  'wrong-method': 405,
  conflict: 409,
  'send-have': 409,
  'something-open': 409,
  'needs-reason': 409,
  'needs-purpose': 409,
  restricted: 409,
  'too-large': 413,
  'not-json': 415,
  invalid: 422,
  'identity-code': 422,
  'too-many': 429,
  internal: 500,
  'store-unavailable': 503,
  starting: 503
} as const

export type ProblemCode = keyof typeof problemStatus

export const problemCodes = Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]

export const issueSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  code: z.string()
})
export type Issue = z.infer<typeof issueSchema>

/** RFC 9457. There is no field for a value, so that none can be repeated. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  issues: z.optional(z.array(issueSchema))
})
export type ProblemDocument = z.infer<typeof problemSchema>
