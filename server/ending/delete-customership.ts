import { toMoment } from '#contract/day.ts'
import type { Certificate } from '#contract/ending.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { DeletionPlan } from '#server/store/deletions.ts'
import { eraseRows, remainsOf, truncateLog } from '#server/store/erase.ts'
import type { RegisterTransaction } from '#server/store/register.ts'
import type { Store } from '#server/store/store.ts'
import { keepTallies } from '#server/statistics/keep-tallies.ts'
import { signCertificate } from './certificate.ts'
import { followTablets, readTablets } from './tablets.ts'

export interface EndingParts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
}

/** From this commit on the customership reads as absent, and whoever comes next finishes its deletion. */
export async function commitDeletion(
  { store, clock }: EndingParts,
  { deletions }: RegisterTransaction,
  id: CustomershipId,
  cause: Certificate['cause'],
  by: UserId | null
): Promise<DeletionPlan | null> {
  const plannedAt = clock.now()
  const devices = await readTablets(store, id, plannedAt)
  await keepTallies(store, id)
  return deletions.plan(id, { cause, by, plannedAt, devices })
}

/**
 * §7: forgets one customership whose plan is committed. The key goes first, which makes every sealed
 * copy unreadable wherever it lies; then what lies here goes; then its absence is looked for. Each
 * step may be done again, so that whoever finds the plan after a crash does them all.
 */
export function deletionSteps(
  { store, keyStore, clock }: EndingParts,
  plan: DeletionPlan
): readonly (() => Promise<void>)[] {
  const id = plan.customership
  return [
    async () => keyStore.destroyDataKey(id),
    async () => store.suppression.add(id),
    async () => store.operations.discardHeld(id, clock.now()),
    async () => eraseRows(store, id),
    async () => truncateLog(store),
    async () => certify({ store, keyStore, clock }, plan)
  ]
}

async function certify({ store, keyStore, clock }: EndingParts, plan: DeletionPlan): Promise<void> {
  const { number, customership, cause, by, entries } = plan
  const checks = await remainsOf(store, customership)
  if (checks.some(({ left }) => left > 0)) throw new Error('a deletion left something behind')
  const now = clock.now()
  const certificate = signCertificate(keyStore, {
    number,
    customership,
    deletedAt: toMoment(now),
    cause,
    by,
    entries,
    devices: await followTablets(store, customership, plan.devices, now),
    checks
  })
  await store.deletions.certify(certificate)
}

export async function deleteCustomership(
  parts: EndingParts,
  plan: DeletionPlan
): Promise<Certificate> {
  for (const step of deletionSteps(parts, plan)) await step()
  const certificate = await parts.store.certificates.find(plan.customership)
  if (!certificate) throw new Error('a deletion ends in its certificate')
  return certificate
}
