import { toMoment } from '#contract/day.ts'
import type { Disclosure, DisclosureKind, ReceiptCode } from '#contract/disclosure.ts'
import { entryIdSchema, type CustomershipId } from '#contract/id.ts'
import type { Clock } from '#server/clock.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import type { Store } from '#server/store/store.ts'

type Leaving = Omit<Disclosure, 'id' | 'at' | 'receipt' | 'content'> &
  Partial<Pick<Disclosure, 'content'>>

/** §10: whatever leaves leaves one line: what, to whom, by whom, when, on which ground. */
export async function recordDisclosure(
  store: Store,
  clock: Clock,
  ...leaving: readonly Leaving[]
): Promise<void> {
  const now = clock.now()
  const at = toMoment(now)
  await store.disclosures.append(
    leaving.map((one) => ({
      id: entryIdSchema.parse(newUuidV7(now)),
      at,
      receipt: null,
      content: null,
      ...one
    }))
  )
}

/** What the recipient says of it, later. */
export function recordDisclosureReceipt(
  store: Store,
  clock: Clock,
  sent: { customership: CustomershipId; kind: DisclosureKind; reference?: string },
  code: ReceiptCode
): Promise<number> {
  return store.disclosures.receive(sent, { at: clock.now(), code })
}
