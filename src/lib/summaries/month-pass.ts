import type { ApprovalAnswer, ApprovalOutcome, SummaryLine } from '#contract/summary-request.ts'
import type { Wrong } from '#lib/i18n/wrong.ts'
import type { OrganiserGroup } from './organiser-groups.ts'

/** Whose summary stayed behind in a pass, and why. */
export interface Behind {
  readonly line: SummaryLine
  readonly why: Exclude<ApprovalOutcome, 'approved' | 'already'>
}

/** `again`: what was delivered and not confirmed, since its archive or its passphrase may not have come. */
export type PassKind = 'month' | 'again'

/** What an archive is made of: nothing whose visits have changed since it was approved. */
export const deliverable = (group: OrganiserGroup, kind: PassKind): readonly SummaryLine[] =>
  kind === 'again' ? group.unconfirmed : group.approved

/** Never only those that went well: whoever began the pass knows of each one that it left. */
export function behindOf(
  results: ApprovalAnswer['results'],
  lines: readonly SummaryLine[]
): Behind[] {
  return results.flatMap(({ customership, outcome }): Behind[] => {
    if (outcome === 'approved' || outcome === 'already') return []
    const line = lines.find((one) => one.customership === customership)
    return line ? [{ line, why: outcome }] : []
  })
}

/** Which of those that were to leave tell a protected address: the others may leave without them. */
export function tellingOf(wrong: Wrong, lines: readonly SummaryLine[]): Behind[] {
  return lines.flatMap((line, index): Behind[] =>
    wrong[`summaries.${index}`] === 'wrong.protectedAddress' ? [{ line, why: 'address' }] : []
  )
}
