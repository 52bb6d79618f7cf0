import { toMoment } from '#contract/day.ts'
import { bad, good, warning, type Finding } from './finding.ts'
import type { OriginAnswer } from './ask-origins.ts'
import type { Patient } from './patient.ts'

const dayMilliseconds = 86_400_000
/** Whoever renews by themselves does so a month before. */
const soonDays = 14

const renew =
  'Renew it. Caddy does so by itself when ports 80 and 443 are reached from outside: see its log. Tablets keep everything until then.'

/** The certificate that browsers are shown. */
export function checkCertificate({ origins, clock }: Patient): Finding[] {
  return origins.flatMap((answer) => {
    const { certificate, origin } = answer
    return certificate ? [judge(new URL(origin).hostname, certificate, clock.now())] : []
  })
}

function judge(
  host: string,
  { from, until, distrust, isOfAnotherHost }: NonNullable<OriginAnswer['certificate']>,
  now: number
): Finding {
  const left = Math.floor((until - now) / dayMilliseconds)
  const tell = (says: string, todo: string) => bad('certificate', says, todo)
  if (until <= now)
    return tell(
      `The certificate of ${host} expired on ${dayOf(until)}: no browser comes in.`,
      renew
    )
  if (from > now)
    return tell(
      `The certificate of ${host} begins on ${dayOf(from)}.`,
      'Most likely the clock of this machine is behind: see below.'
    )
  if (isOfAnotherHost)
    return tell(
      `${host} shows the certificate of another host.`,
      'The proxy must hold one for the host of KOTIKAYNTI_ORIGIN.'
    )
  if (distrust !== null)
    return tell(
      `The certificate of ${host} is trusted by nobody (${distrust}).`,
      'Use one of a public authority, with its whole chain; or set NODE_EXTRA_CA_CERTS here when your own authority is on every device.'
    )
  if (left < soonDays)
    return warning('certificate', `The certificate of ${host} expires in ${left} days.`, renew)
  return good('certificate', `The certificate of ${host} is valid for ${left} more days.`)
}

const dayOf = (at: number): string => toMoment(at).slice(0, 10)
