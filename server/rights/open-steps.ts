import type {
  RightsClient,
  RightsCodes,
  RightsOpen,
  RightsOutcome,
  RightsWork
} from '#contract/rights-request.ts'

type Known = Pick<RightsCodes, 'identified' | 'kind' | 'closedAt'>

/** GDPR Art. 19: whoever was given it is told what became of it. */
function mustTell({ rectified, restrictions, answer }: RightsWork, { kind }: Known): boolean {
  const isErased = kind === 'erasure' && answer !== undefined && answer.outcome !== 'refused'
  return rectified.length > 0 || restrictions.some(({ lifted }) => !lifted) || isErased
}

/**
 * §13: what stands between a request and its end. Where an organiser is controller it is forwarded to each;
 * where the provider is, it is answered here; where there is some of both, both.
 */
export function openSteps(
  request: Known,
  work: RightsWork,
  client: RightsClient | null
): RightsOpen[] {
  if (request.closedAt !== null) return []
  const open: RightsOpen[] = []
  const isAnswered = work.answer !== undefined
  if (request.identified === 'not-yet' && !isAnswered) open.push('identify')
  if (!client) return [...open, 'answer']
  if (client.organisers.some((id) => !work.forwards.some((one) => one.organiser === id)))
    open.push('forward')
  const untold = client.recipients.some((id) => !work.told.some((one) => one.recipient === id))
  if (mustTell(work, request) && untold) open.push('tell')
  if (client.isProvider && !isAnswered) open.push('answer')
  return open
}

/** How it has ended, once nothing is open. */
export const outcomeOf = ({ answer }: RightsWork): RightsOutcome => answer?.outcome ?? 'forwarded'
