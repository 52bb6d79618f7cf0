import { toMoment } from '#contract/day.ts'
import type { ReceiptCode } from '#contract/disclosure.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import { recordDisclosureReceipt } from '#server/audit/disclosure.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Clock } from '#server/clock.ts'
import type { Store } from '#server/store/store.ts'

/** What the organiser says of what it was sent last. Answers how many were waiting for it. */
export async function receiveSummaries(
  { store, clock }: { store: Store; clock: Clock },
  summaries: readonly { customership: CustomershipId; summary: EntryId }[],
  code: ReceiptCode,
  by: UserId
): Promise<number> {
  const at = toMoment(clock.now())
  let settled = 0
  await store.register.transact(async (tx) => {
    for (const { customership, summary: id } of summaries) {
      const read = await store.register.read(customership, (one) => one.entry('summary', id))
      const last = read?.data.deliveries.at(-1)
      if (!read || !last || last.receipt) continue
      const deliveries = [
        ...read.data.deliveries.slice(0, -1),
        { ...last, receipt: { at, by, code } }
      ]
      await tx.change(
        customership,
        (change) => change.put('summary', id, { ...read.data, deliveries }, by),
        { alsoClosed: true }
      )
      const reference = read.data.locked?.number
      await recordDisclosureReceipt(
        store,
        clock,
        { customership, kind: 'summary', ...(reference ? { reference } : {}) },
        code
      )
      await recordUse(store, clock, { customership, user: by, kind: 'write', purpose: 'reporting' })
      settled += 1
    }
  })
  return settled
}
