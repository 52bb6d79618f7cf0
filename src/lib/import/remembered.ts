import type { ImportMapping } from '#contract/import.ts'
import { plain } from './guess.ts'
import { isTarget, type Target } from './target.ts'

/** A heading as it is remembered: a year or a number in it is no part of what the column is. */
const remembered = (heading: string): string =>
  heading
    .replaceAll('@', '')
    .replaceAll(/\d{4,}/g, '')
    .slice(0, 120)

const signatureOf = (headings: readonly string[]): string =>
  headings.map((heading) => plain(remembered(heading))).join('\n')

export function mappingOf(headings: readonly string[], targets: readonly Target[]): ImportMapping {
  return { headings: headings.map(remembered), targets: [...targets] }
}

/** How a table with these headings was read the last time. */
export function recall(
  mappings: readonly ImportMapping[],
  headings: readonly string[]
): Target[] | null {
  const signature = signatureOf(headings)
  const known = mappings.find((mapping) => signatureOf(mapping.headings) === signature)
  if (!known || known.targets.length !== headings.length) return null
  return known.targets.map((target) => (isTarget(target) ? target : ''))
}
