import { toMilliseconds } from '#contract/day.ts'
import type { DeedBeside } from '#server/access/deed.ts'
import type { Use } from '#server/store/usage-log.ts'

/**
 * §12: what was read on a tablet, offline too, stands in the usage log; by id only. A report whose
 * answer was lost may come again after its customership was deleted: what stands is not written twice.
 */
export const reportUsage: DeedBeside<'usage.report'> = async (tx, operation, terms) => {
  const { author, body, clockOffset } = operation
  const fresh: Use[] = []
  for (const { customership, kind, purpose, at } of body.events) {
    const use = {
      customership,
      user: author,
      device: terms.device,
      kind,
      purpose,
      at: Math.min(Math.max(0, toMilliseconds(at) - clockOffset), terms.now)
    }
    if (!(await tx.usage.has(use))) fresh.push(use)
  }
  await tx.usage.append(fresh)
  return { outcome: 'applied', revision: null }
}
