import { toMoment } from '#contract/day.ts'
import { leaseText } from '#contract/envelope.ts'
import type { CustomershipId } from '#contract/id.ts'
import { haveDigestText, type FrameOf, type PullRequest } from '#contract/pull.ts'
import type { Clock } from '#server/clock.ts'
import { digestOf } from '#server/keys/digest.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Device } from '#server/store/devices.ts'
import type { Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'
import { confirmPurges } from '#server/ending/confirm-purges.ts'
import { customershipLines, line, type Line } from './frames.ts'
import { organisationFrame } from './organisation-frame.ts'
import { inScope, readScope, type Holder, type InScope } from './scope.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'

export interface PullParts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
}

type Held = NonNullable<PullRequest['have']>

const dayMilliseconds = 86_400_000

/**
 * Answers what a tablet must let go of and what is new for it. What it confirms and reports is taken
 * down first; the ledger is written before the first frame leaves. Null: the digest does not match.
 */
export async function pull(
  parts: PullParts,
  device: Device,
  user: Holder['user'] & Pick<User, 'id'>,
  request: PullRequest
): Promise<AsyncGenerator<Line> | null> {
  const { store, keyStore, clock } = parts
  const now = clock.now()
  const generation = await store.generation()
  const { revision, organisation } = await requireOrganisation(store)
  const { policy } = organisation
  const holder: Holder = { user, generation, aheadDays: policy.assignmentAheadDays, now }

  const leaseUntil = now + policy.offlineDays * dayMilliseconds
  await store.register.transact(async (tx) => {
    await confirmPurges(parts, tx, device.id, request.purged, now)
    const { outbox, vaultEpoch } = request
    await store.devices.contact(device.id, { at: now, leaseUntil, vaultEpoch, outbox })
  })

  const scope = await readScope(store, holder)
  const outcomes = await store.operations.decidedOf(device.id, request.awaiting)
  // An older vault was put back: nothing it holds is believed.
  const isOldVault = request.vaultEpoch < device.vaultEpoch
  const isSameOrganisation = request.organisation === revision
  const end = async (): Promise<FrameOf<'end'>> => {
    const lease = {
      device: device.id,
      user: user.id,
      issued: toMoment(now),
      until: toMoment(leaseUntil)
    }
    return {
      frame: 'end',
      serverTime: toMoment(clock.now()),
      generation,
      sealingKey: keyStore.sealingKey(),
      policy: {
        offlineDays: policy.offlineDays,
        autoLockMinutes: policy.autoLockMinutes,
        wrongPassphraseLimit: policy.wrongPassphraseLimit
      },
      missing: await store.devices.missing(device.id),
      safeThrough: null,
      lease: { ...lease, sig: keyStore.sign(leaseText(lease)) }
    }
  }

  if (request.have === undefined) {
    const held = scope.map((one) => ({ ...one, view: one.viewName }))
    const matches =
      request.haveDigest === digestOf(haveDigestText(held)) &&
      request.generation === generation &&
      isSameOrganisation &&
      outcomes.length === 0 &&
      !isOldVault
    return matches ? endOnly(end) : null
  }

  const have: Held = isOldVault ? {} : request.have
  const isOtherGeneration = request.generation !== null && request.generation !== generation
  const mustReset = ({ id, revision, viewName }: InScope): boolean => {
    const held = have[id]
    return !held || isOtherGeneration || held.view !== viewName || held.revision > revision
  }
  const isDue = (one: InScope) => mustReset(one) || have[one.id]?.revision !== one.revision

  const ids = new Set(scope.map(({ id }) => id))
  const claimed = [...Object.keys(request.have), ...(await store.holdings.heldBy(device.id))]
  const purges = [...new Set(claimed as CustomershipId[])].filter((id) => !ids.has(id))
  const due = scope.filter(isDue)
  await takeDown(store, device, user, due, now)

  return (async function* () {
    for (const customership of purges) yield line({ frame: 'purge', customership })
    if (due.length > 0) yield line({ frame: 'scope', customerships: due.length })
    if (!isSameOrganisation || isOtherGeneration)
      yield line(await organisationFrame(store, revision, organisation))
    for (const { id, decided } of outcomes) {
      if (!decided) continue
      const { outcome, code, revision } = decided
      yield line({
        frame: 'outcome',
        id,
        outcome,
        ...(code ? { code } : {}),
        ...(revision === null ? {} : { revision })
      })
    }
    for (const { id } of due) {
      // Read again in its own snapshot: what was granted a moment ago may have been taken back.
      const lines = await store.register.read(id, async (reader) => {
        const current = inScope(holder, reader.facts, await reader.assignments())
        if (!current) return []
        const reset = mustReset(current)
        const since = have[id]?.revision ?? 0
        const entries = reset ? await reader.entries() : await reader.entries({ since })
        return customershipLines(current, reset, entries)
      })
      yield* lines ?? []
    }
    yield line(await end())
  })()
}

async function* endOnly(end: () => Promise<FrameOf<'end'>>): AsyncGenerator<Line> {
  yield line(await end())
}

/** Before a frame is sent: where the customership will lie from now on, and that it was sent. */
async function takeDown(
  store: Store,
  device: Device,
  user: Pick<User, 'id'>,
  due: readonly InScope[],
  now: number
): Promise<void> {
  if (due.length === 0) return
  await store.register.transact(async (tx) => {
    await tx.holdings.sent(
      device.id,
      due.map(({ id }) => id),
      now
    )
    await store.usage.append(
      due.map(({ id }) => ({
        customership: id,
        user: user.id,
        device: device.id,
        kind: 'send',
        purpose: 'carrying-out',
        at: now
      }))
    )
  })
}
