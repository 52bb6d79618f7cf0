import { problemStatus, type Issue, type ProblemCode } from '#contract/problem.ts'

/**
 * A request that is not acceptable. It takes a code and paths, no words and no value: personal data
 * cannot enter an error, because there is no field for it.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly issues: readonly Issue[] | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    issues?: readonly Issue[],
    headers: Readonly<Record<string, string>> = {}
  ) {
    super(code)
    this.code = code
    this.issues = issues
    this.headers = headers
  }
}

const titles = {
  malformed: 'The request cannot be read',
  protocol: 'The protocol number is missing or not spoken here',
  'unknown-property': 'The request has a property that is not known',
  'wrong-credentials': 'The user name or the password is wrong',
  'not-signed-in': 'Not signed in',
  'other-user': 'The session is not of the user of this device',
  'not-allowed': 'Not allowed',
  pending: 'Something must be done first',
  'sign-in-again': 'The password or a passkey must be given again first',
  'cross-origin': 'The request comes from another origin',
  'device-revoked': 'The device is revoked',
  'not-found': 'Not found',
  'wrong-method': 'The method is not served here',
  conflict: 'It has changed in between',
  'send-have': 'The digest does not match: send the list',
  'something-open': 'Something is still open',
  'needs-reason': 'It goes beyond a rule, and a reason must be said',
  'needs-purpose': 'A purpose must be said first',
  restricted: 'The processing is restricted',
  'too-large': 'Too large',
  'not-json': 'The body is not JSON',
  invalid: 'A value is against a rule',
  'identity-code': 'There is no place for a personal identity code',
  'too-many': 'Too many attempts',
  internal: 'The server failed',
  'store-unavailable': 'The store cannot be written',
  starting: 'The server is starting'
} as const satisfies Record<ProblemCode, string>

/** RFC 9457 § 3. */
export function problemResponse(problem: Problem): Response {
  const { code, issues, headers } = problem
  const document = {
    type: `urn:kotikaynti:problem:${code}`,
    title: titles[code],
    status: problemStatus[code],
    code,
    ...(issues ? { issues } : {})
  }
  return new Response(JSON.stringify(document), {
    status: problemStatus[code],
    headers: { ...headers, 'Content-Type': 'application/problem+json' }
  })
}
