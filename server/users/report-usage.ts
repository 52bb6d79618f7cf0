import { dayAt, toMilliseconds, type Day } from '#contract/day.ts'
import { printIdSchema } from '#contract/id.ts'
import type { DeedBeside } from '#server/access/deed.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { Use } from '#server/store/usage-log.ts'

/**
 * §12: what was read on a tablet, offline too, stands in the usage log; by id only, and what was
 * printed is to be destroyed. A report whose answer was lost may come again after its customership was deleted:
 * what stands is then not written twice. What a clock that was ahead dates after its own arrival is dated then, and
 * stays one of its own, whatever else was read in that moment.
 */
export const reportUsage: DeedBeside<'usage.report'> = async (tx, operation, terms) => {
  const { author, body, clockOffset } = operation
  const fresh: Use[] = []
  const printed = new Map<number, { at: number; day: Day }>()
  for (const { customership, kind, purpose, at, day } of body.events) {
    const told = toMilliseconds(at) - clockOffset
    const use = {
      customership,
      user: author,
      device: terms.device,
      kind,
      purpose,
      at: Math.min(Math.max(0, told), terms.now)
    }
    if (terms.ofDeleted && use.at === told && (await tx.usage.has(use))) continue
    fresh.push(use)
    if (kind === 'print') printed.set(told, { at: use.at, day: day ?? dayAt(use.at) })
  }
  await tx.usage.append(fresh)
  // One sheet is printed at one moment, for however many families.
  for (const { at, day } of printed.values()) {
    const id = printIdSchema.parse(newUuidV7(terms.now))
    await tx.prints.add({ id, kind: 'day-sheet', user: author, device: terms.device, at, day })
  }
  return { outcome: 'applied', revision: null }
}
