import type { Decision } from '#contract/decision.ts'
import type { Organisation } from '#contract/settings.ts'
import type { Issue } from '#contract/problem.ts'

/** A decision names an organiser and a product that the organisation has. */
export function unknownInDecision(
  { organisers, products }: Pick<Organisation, 'organisers' | 'products'>,
  decision: Decision,
  path: readonly string[]
): Issue[] {
  const issues: Issue[] = []
  if (!organisers.some(({ id }) => id === decision.organiser))
    issues.push({ path: [...path, 'organiser'], code: 'unknown' })
  if (!products.some(({ id }) => id === decision.product))
    issues.push({ path: [...path, 'product'], code: 'unknown' })
  return issues
}
