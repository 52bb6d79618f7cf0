import type { Certificate } from '#contract/ending.ts'
import { toMoment } from '#contract/day.ts'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { DeletionPlan } from '#server/store/deletions.ts'
import { eraseRows, remainsOf, truncateLog } from '#server/store/erase.ts'
import type { Store } from '#server/store/store.ts'
import { signCertificate } from './certificate.ts'
import { tabletsOf } from './tablets.ts'

export interface EndingParts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
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
    async () => eraseRows(store, id),
    async () => truncateLog(store),
    async () => {
      const checks = [
        { what: 'data-key', left: keyStore.holdsDataKey(id) ? 1 : 0 },
        ...(await remainsOf(store, id))
      ]
      if (checks.some(({ left }) => left > 0)) throw new Error('a deletion left something behind')
      const { number, cause, by, entries } = plan
      const now = clock.now()
      const devices = await tabletsOf(store, id, now)
      const statement = { number, customership: id, deletedAt: toMoment(now), cause, by, entries }
      await store.deletions.certify(signCertificate(keyStore, { ...statement, devices, checks }))
    }
  ]
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
