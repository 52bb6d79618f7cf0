import type { CustomershipId } from '#contract/id.ts'
import { haveDigestText, type PullRequest } from '#contract/pull.ts'
import type { Clock } from '#server/clock.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { confirmPurges } from '#server/ending/confirm-purges.ts'
import { digestOf } from '#server/keys/digest.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Device } from '#server/store/devices.ts'
import type { AssignmentFacts } from '#server/store/customership-facts.ts'
import type { Store } from '#server/store/store.ts'
import { endFrame, leaseEnd } from './end-frame.ts'
import { customershipLines, line, outcomeLine, type Line } from './frames.ts'
import { organisationFrame } from './organisation-frame.ts'
import { inScope, readScope, type Holder, type InScope } from './scope.ts'

export interface PullParts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
}

/**
 * Answers what a tablet must let go of and what is new for it. What it confirms and reports is taken
 * down first; the ledger is written before the first frame leaves. Null: the digest does not match.
 */
export async function pull(
  parts: PullParts,
  device: Device,
  user: Holder['user'],
  request: PullRequest
): Promise<AsyncGenerator<Line> | null> {
  const { store, clock } = parts
  const now = clock.now()
  const generation = await store.generation()
  const settings = await requireOrganisation(store)
  const { policy } = settings.organisation
  const missing = await takeReport(parts, device, request, leaseEnd(now, policy), now)

  const holder: Holder = { user, generation, aheadDays: policy.assignmentAheadDays, now }
  const scope = await readScope(store, holder)
  const outcomes = await store.operations.decidedOf(device.id, request.awaiting)
  const isSameOrganisation = request.organisation === settings.revision
  // An older vault was put back: nothing it holds is believed.
  const isOldVault = request.vaultEpoch < device.vaultEpoch

  const end = async (missing: readonly number[]): Promise<Line> =>
    line(await endFrame(parts, device, user.id, policy, { begun: now, now: clock.now(), missing }))

  const sent = await store.holdings.revisionsHeldBy(device.id)
  const purges = toPurge(request.have ?? {}, sent, scope)
  if (request.have === undefined) {
    const isCurrent =
      request.haveDigest === digestOfScope(scope) &&
      request.generation === generation &&
      isSameOrganisation &&
      outcomes.length === 0 &&
      purges.length === 0 &&
      !isOldVault
    if (!isCurrent) return null
    await confirmHeld(store, device, sent, scope, now)
    return endOnly(() => end(missing))
  }

  const isOtherGeneration = request.generation !== null && request.generation !== generation
  const held = isOldVault || isOtherGeneration ? {} : request.have
  await confirmHeld(store, device, sent, claimedOf(held, scope), now)
  const due = scope.filter((one) => sinceOf(held, one) !== one.revision)
  await writeLedger(store, device, user, due, now)

  return (async function* () {
    for (const customership of purges) yield line({ frame: 'purge', customership })
    if (due.length > 0) yield line({ frame: 'scope', customerships: due.length })
    if (!isSameOrganisation || isOtherGeneration)
      yield line(await organisationFrame(store, settings.revision, settings.organisation))
    yield* outcomes.map(outcomeLine)
    for (const some of together(due, held)) yield* await readLines(store, holder, held, some)
    // A stream may take its time, and what was on its way has come meanwhile.
    yield await end(await store.devices.missing(device.id))
  })()
}

async function* endOnly(end: () => Promise<Line>): AsyncGenerator<Line> {
  yield await end()
}

type Have = NonNullable<PullRequest['have']>

const digestOfScope = (scope: readonly InScope[]): string =>
  digestOf(haveDigestText(scope.map((one) => ({ ...one, view: one.viewName }))))

/** The revision that the tablet goes on from; null when it must have everything anew. */
function sinceOf(held: Have, { id, revision, viewName }: InScope): number | null {
  const own = held[id]
  return !own || own.view !== viewName || own.revision > revision ? null : own.revision
}

async function takeReport(
  parts: PullParts,
  device: Device,
  { purged, vaultEpoch, outbox }: PullRequest,
  leaseUntil: number,
  now: number
): Promise<number[]> {
  return parts.store.register.transact(async (tx) => {
    await confirmPurges(parts, tx, device.id, purged, now)
    return parts.store.devices.contact(device.id, { at: now, leaseUntil, vaultEpoch, outbox })
  })
}

/** Whatever it holds or was ever sent that is out of scope, unknown ones included; until it confirms. */
function toPurge(
  have: Have,
  sent: ReadonlyMap<CustomershipId, unknown>,
  scope: readonly InScope[]
): CustomershipId[] {
  const kept = new Set(scope.map(({ id }) => id))
  const claimed = Object.keys(have) as CustomershipId[]
  return [...new Set([...claimed, ...sent.keys()])].filter((id) => !kept.has(id))
}

/** The revisions that the tablet says it holds, of what it may hold. */
const claimedOf = (held: Have, scope: readonly InScope[]) =>
  scope.flatMap((one) => {
    const since = sinceOf(held, one)
    return since === null ? [] : [{ id: one.id, revision: since }]
  })

/** The office sees what a tablet has fetched, once the tablet itself says so. What is not news is not written. */
async function confirmHeld(
  store: Store,
  device: Device,
  sent: ReadonlyMap<CustomershipId, number | null>,
  claimed: readonly { id: CustomershipId; revision: number }[],
  now: number
): Promise<void> {
  const news = claimed.filter(({ id, revision }) => sent.has(id) && sent.get(id) !== revision)
  await store.holdings.confirmed(device.id, news, now)
}

const mostTogether = 8
/** Each is an entry of about 1 KiB: so much of every stream may lie in memory. */
const mostRevisionsTogether = 500

/** Those that are read in one snapshot: several small ones, or one that is long. */
function* together(due: readonly InScope[], held: Have): Generator<InScope[]> {
  let some: InScope[] = []
  let revisions = 0
  for (const one of due) {
    const own = one.revision - (sinceOf(held, one) ?? 0)
    const isFull = some.length === mostTogether || revisions + own > mostRevisionsTogether
    if (isFull && some.length > 0) {
      yield some
      some = []
      revisions = 0
    }
    some.push(one)
    revisions += own
  }
  if (some.length > 0) yield some
}

/** Read again, in a snapshot of their own: what was granted a moment ago may have been taken back. */
async function readLines(
  { register }: Store,
  holder: Holder,
  held: Have,
  some: readonly InScope[]
): Promise<Line[]> {
  const ids = some.map(({ id }) => id)
  let assigned: Map<CustomershipId, AssignmentFacts[]> | null = null
  const found = await register.readEach(ids, async (reader) => {
    assigned ??= Map.groupBy(await register.assignmentsAmong(ids), (one) => one.customership)
    const current = inScope(holder, reader.facts, assigned.get(reader.facts.id) ?? [])
    if (!current) return []
    const since = sinceOf(held, current)
    const entries = since === null ? await reader.entries() : await reader.entries({ since })
    return customershipLines(current, since === null, entries)
  })
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Before a frame is sent: where the customership will lie from now on, and that it was sent. */
async function writeLedger(
  store: Store,
  device: Device,
  user: Holder['user'],
  due: readonly InScope[],
  now: number
): Promise<void> {
  if (due.length === 0) return
  const ids = due.map(({ id }) => id)
  const use = { user: user.id, device: device.id, kind: 'send', purpose: 'carrying-out' } as const
  await store.register.transact(async ({ holdings }) => {
    await holdings.sent(device.id, due, now)
    await store.usage.append(ids.map((customership) => ({ ...use, customership, at: now })))
  })
}
