import { toMoment } from '#contract/day.ts'
import { entryMadeBy } from '#contract/id.ts'
import { claimedAt } from '#contract/operation.ts'
import type { Deed } from '#server/access/deed.ts'

/** What a worker would put right in the profile; the office decides. */
export const suggest: Deed<'profile.suggest'> = async (change, operation, { now }) => {
  const suggestion = {
    ...operation.body,
    author: operation.author,
    suggestedAt: toMoment(Math.min(claimedAt(operation), now)),
    state: 'open'
  } as const
  await change.put('suggestion', entryMadeBy(operation.id), suggestion, operation.author)
  return { outcome: 'applied', revision: change.revision }
}
