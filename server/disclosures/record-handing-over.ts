import type { CustomershipId, UserId } from '#contract/id.ts'
import type { PackageFetch } from '#contract/return-package.ts'
import { recordDisclosure, recordDisclosureReceipt } from '#server/audit/disclosure.ts'
import type { Clock } from '#server/clock.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { Store } from '#server/store/store.ts'

interface Parts {
  readonly store: Store
  readonly clock: Clock
}

const kind = 'return-package'

interface Sent extends PackageFetch {
  readonly customership: CustomershipId
  readonly by: UserId
  readonly number: string
  readonly archiveSha256: string
}

/**
 * §10: a package leaves the first time that either part of it is fetched, and only that time: to somebody
 * else, or by another way, it leaves again.
 */
export async function recordPackageLeaving({ store, clock }: Parts, sent: Sent): Promise<void> {
  const { customership, by, number: reference, archiveSha256: fingerprint } = sent
  const { recipient, channel } = sent
  if (await store.disclosures.has({ customership, kind, reference, recipient, channel })) return
  const organiser = await store.register.read(customership, organiserOf)
  await recordDisclosure(store, clock, {
    customership,
    by,
    kind,
    reference,
    recipient: recipient ?? organiser ?? 'organiser',
    channel: channel ?? 'unstated',
    ground: 'client-records-act',
    fingerprint
  })
}

/** The organiser has it. What was handed over without a package of ours left all the same, and is a line too. */
export async function recordHandedOver(
  { store, clock }: Parts,
  customership: CustomershipId,
  by: UserId
): Promise<void> {
  const settle = () => recordDisclosureReceipt(store, clock, { customership, kind }, 'received')
  if ((await settle()) > 0) return
  const recipient = await store.register.read(customership, organiserOf)
  await recordDisclosure(store, clock, {
    customership,
    by,
    kind,
    reference: null,
    recipient: recipient ?? 'organiser',
    channel: 'unstated',
    ground: 'client-records-act',
    fingerprint: null
  })
  await settle()
}

/** Who ordered what was granted last. */
export async function organiserOf(reader: CustomershipReader): Promise<string | null> {
  const decisions = (await reader.ofKind('decision')).map(({ data }) => data)
  const ordered = decisions.filter(({ controller }) => controller === 'organiser')
  const [last] = (ordered.length > 0 ? ordered : decisions).sort((one, other) =>
    other.until.localeCompare(one.until)
  )
  return last?.organiser ?? null
}
