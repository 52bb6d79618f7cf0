import { bad, good, warning, type Finding } from './finding.ts'
import type { OriginAnswer } from './ask-origins.ts'
import type { Patient } from './patient.ts'

/** Whether browsers find the server at the address that they are told. */
export function checkOrigin({ origins, isRunning }: Patient): Finding[] {
  return origins.map((answer) => judge(answer, isRunning))
}

function judge(answer: OriginAnswer, isRunning: boolean): Finding {
  const { origin, failure, status, version, isStrict } = answer
  if (failure !== null && !isRunning)
    return warning('origin', `${origin} does not answer; no server runs.`, 'Start the server.')
  if (failure !== null)
    return bad(
      'origin',
      `${origin} cannot be reached from here (${failure}), though the server runs.`,
      'See that its name leads to this machine and that the proxy runs and passes on to the port of the server.'
    )
  if (status === 503)
    return bad(
      'origin',
      `${origin} answers that it is starting or cannot write.`,
      'See what is said of the disk below. Tablets keep everything and try again.'
    )
  if (version === null)
    return bad(
      'origin',
      `${origin} answers ${status}, and it is not this server.`,
      'KOTIKAYNTI_ORIGIN must be the address that browsers use, and the proxy must pass /api/health on.'
    )
  if (origin.startsWith('http:'))
    return warning(
      'origin',
      `${origin} answers, to browsers on this machine alone.`,
      'For all others put a TLS proxy in front and set KOTIKAYNTI_ORIGIN to its https address.'
    )
  if (!isStrict)
    return bad(
      'origin',
      `${origin} answers without Strict-Transport-Security.`,
      'The server sends it: see that the proxy does not take it away.'
    )
  return good('origin', `${origin} answers, version ${version}.`)
}
