import { toMilliseconds } from '#contract/day.ts'
import type { DeedBeside } from '#server/access/deed.ts'

/** §12: what was read on a tablet, offline too, stands in the usage log; by id only. */
export const reportUsage: DeedBeside<'usage.report'> = async (tx, operation, terms) => {
  const { author, body, clockOffset } = operation
  await tx.usage.append(
    body.events.map(({ customership, kind, purpose, at }) => ({
      customership,
      user: author,
      device: terms.device,
      kind,
      purpose,
      at: Math.min(Math.max(0, toMilliseconds(at) - clockOffset), terms.now)
    }))
  )
  return { outcome: 'applied', revision: null }
}
