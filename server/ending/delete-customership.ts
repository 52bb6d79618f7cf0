import type { Certificate, HandOver } from '#contract/certificate.ts'
import { dayAt, toMoment } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import { protocolVersion } from '#contract/version.ts'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Log } from '#server/log.ts'
import type { DeletionPlan } from '#server/store/deletions.ts'
import { eraseRows, remainsOf, forgetErased } from '#server/store/erase.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import type { Store } from '#server/store/store.ts'
import { keepTallies } from '#server/statistics/keep-tallies.ts'
import { signCertificate } from './certificate.ts'
import { scanInBackground } from './scan-remains.ts'
import { followTablets, readTablets } from './tablets.ts'

export interface EndingParts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
  readonly log: Log
  readonly version: string
}

/** From this commit on the customership reads as absent, and whoever comes next finishes its deletion. */
export async function commitDeletion(
  { store, keyStore, clock }: EndingParts,
  { deletions }: RegisterTransaction,
  id: CustomershipId,
  cause: Certificate['cause'],
  by: UserId | null,
  handOver: HandOver = 'not-needed'
): Promise<DeletionPlan | null> {
  const plannedAt = clock.now()
  const devices = await readTablets(store, id, plannedAt)
  await keepTallies(store, id, dayAt(plannedAt))
  const plan = { cause, by, plannedAt, handOver, devices }
  const planned = await deletions.plan(id, plan, keyStore.dataKeyMark(id))
  // §13: what was asked of it is no longer held.
  await store.rights.closeAbsent(plannedAt)
  return planned
}

/**
 * §7: forgets one customership whose plan is committed. First it is known as forgotten, so that no
 * backup brings it back even when the plan is lost with its disk; then the key goes, which makes
 * every sealed copy unreadable wherever it lies; then what lies here; then its absence is looked for.
 * Each step may be done again, so that whoever finds the plan after a crash does them all.
 */
export function deletionSteps(
  parts: EndingParts,
  plan: DeletionPlan
): readonly (() => Promise<void>)[] {
  const { store, keyStore, clock } = parts
  const id = plan.customership
  return [
    async () => store.suppression.add(id),
    async () => keyStore.destroyDataKey(id),
    async () => store.operations.discardHeld(id, clock.now()),
    async () => eraseRows(store, id),
    async () => forgetErased(store),
    async () => certify(parts, plan)
  ]
}

async function certify(parts: EndingParts, plan: DeletionPlan): Promise<void> {
  const { store, keyStore, clock, version } = parts
  const { number, customership, plannedAt, cause, by, handOver, kinds } = plan
  const checks = await remainsOf(store, customership)
  if (checks.some(({ left }) => left > 0)) throw new Error('a deletion left something behind')
  const now = clock.now()
  const backupAt = await store.backupAt()
  const certificate = signCertificate(keyStore, {
    format: 2,
    number,
    customership,
    plannedAt: toMoment(plannedAt),
    deletedAt: toMoment(now),
    renewedAt: null,
    cause,
    role: by === null ? null : 'main-user',
    handOver,
    kinds: [...kinds],
    methods: ['key-destroyed', 'rows-erased', store.files.register.forgets, 'absence-verified'],
    versions: { app: version, protocol: protocolVersion },
    devices: await followTablets(store, customership, plan.devices, now),
    checks,
    scan: null,
    backup: backupAt === null ? null : { lastAt: toMoment(backupAt) }
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
  scanInBackground(parts)
  return certificate
}
