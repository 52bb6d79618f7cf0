import { toMoment } from '#contract/day.ts'
import type { CustomershipId, OperationId } from '#contract/id.ts'
import type { FinalOutcome, OutcomeCode } from '#contract/outcome.ts'
import type { PushAnswer, PushRequest, Result } from '#contract/push.ts'
import type { Clock } from '#server/clock.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { Log } from '#server/log.ts'
import type { Device } from '#server/store/devices.ts'
import type { Store } from '#server/store/store.ts'
import { apply, applyWaiting } from './apply.ts'
import { decide, standingOf, type Decision, type Push } from './decide.ts'
import { customershipsOf, namedAhead } from './named-ahead.ts'
import { openEnvelopes, type Opened, type Unopened } from './open.ts'
import { perform } from './operations.ts'
import { readStandings } from './standings.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'

export interface PushParts {
  readonly store: Store
  readonly keyStore: KeyStore
  readonly clock: Clock
  readonly log: Log
}

/**
 * Open, decide, do, stamp, record, answer. One durable commit covers the request and one savepoint
 * each operation: what is answered as final is on the disk, and one that fails takes no other with it.
 */
export async function push(
  { store, keyStore, clock, log }: PushParts,
  device: Device,
  /** Without a report of its outbox it is not the tablet that speaks. */
  request: Pick<PushRequest, 'envelopes'> & { readonly outbox: PushRequest['outbox'] | null }
): Promise<PushAnswer> {
  const arrived = await openEnvelopes(keyStore, device, request.envelopes)
  const author = await store.users.find(device.user)
  if (!author) throw new Error('a device belongs to a user')
  const { organisation } = await requireOrganisation(store)

  return store.register.transact(async (tx) => {
    const now = clock.now()
    const parts = { store, tx, device, author, organisation, now }
    const failed = (operation: OperationId, error: unknown) => {
      log.write('push-failed', { operation, error: (error as Error).name })
    }
    const isTablet = request.outbox !== null
    const settled = await tx.gathered(async () => {
      await tx.readAhead(namedAhead(arrived))
      const standings = await readStandings(parts, customershipsOf(arrived))
      return settleAll({ ...parts, standings }, arrived, { isTablet, failed })
    })
    for (const customership of await tx.operations.waitingAmong([...settled.done]))
      await applyWaiting(tx, customership, { organisation, now }, failed)
    await store.usage.append(
      [...settled.written].map((customership) => ({
        customership,
        user: author.id,
        device: device.id,
        kind: 'write',
        purpose: 'carrying-out',
        at: now
      }))
    )
    const contact = request.outbox && { at: now, outbox: request.outbox }
    return {
      results: settled.results,
      ...(device.revokedAt === null ? {} : { command: 'wipe' }),
      missing: await store.devices.took(device.id, settled.received, contact),
      safeThrough: device.safeThrough
    }
  })
}

interface SettledPush {
  readonly results: Result[]
  /** The numbers of what has a final answer. */
  readonly received: number[]
  /** Where something was done. */
  readonly done: Set<CustomershipId>
  /** Where it changed what is the client's. */
  readonly written: Set<CustomershipId>
}

/** One after another, in the order in which they were sent; one that fails takes no other with it. */
async function settleAll(
  push: Push,
  arrived: readonly (Opened | Unopened)[],
  o: {
    /** Of a file anybody may have written a line: what does not open says nothing of a number. */
    isTablet: boolean
    failed: (operation: OperationId, error: unknown) => void
  }
): Promise<SettledPush> {
  const heldUp = new Set<CustomershipId>()
  const settled: SettledPush = { results: [], received: [], done: new Set(), written: new Set() }
  for (const one of arrived) {
    const result = await settle(push, one, heldUp).catch((error: unknown) => {
      o.failed(one.id, error)
      return answer(one, push.now, 'retry', 'try-again')
    })
    settled.results.push(result)
    const isTheirs = o.isTablet || !('unopened' in one)
    if (result.outcome !== 'retry' && isTheirs) settled.received.push(one.seq)
    const customership = 'unopened' in one ? null : one.customership
    if (!customership) continue
    if (result.outcome === 'retry') heldUp.add(customership)
    if (result.outcome !== 'applied' || result.again) continue
    settled.done.add(customership)
    // What is kept beside the entries changes nothing of the client's.
    if (result.revision !== undefined) settled.written.add(customership)
  }
  return settled
}

function answer(
  { id }: { id: Result['id'] },
  at: number,
  outcome: Result['outcome'],
  code?: OutcomeCode | null,
  revision?: number | null
): Result {
  return {
    id,
    outcome,
    ...(code ? { code } : {}),
    ...(typeof revision === 'number' ? { revision } : {}),
    at: toMoment(at)
  }
}

async function settle(
  push: Push,
  arrived: Opened | Unopened,
  heldUp: ReadonlySet<CustomershipId>
): Promise<Result> {
  if ('unopened' in arrived)
    return arrived.unopened === 'unknown-key'
      ? answer(arrived, push.now, 'retry', 'unknown-key')
      : answer(arrived, push.now, 'refused', 'cannot-open')

  const decision = await decide(push, arrived)
  const mustWait =
    arrived.customership !== null &&
    heldUp.has(arrived.customership) &&
    (decision.decision === 'do' || decision.decision === 'hold')
  if (mustWait) return answer(arrived, push.now, 'retry', 'waits-for')
  return carryOut(push, arrived, decision)
}

async function carryOut(push: Push, opened: Opened, decision: Decision): Promise<Result> {
  const { tx, now } = push
  switch (decision.decision) {
    case 'again': {
      const { outcome, code, revision, at } = decision.first
      return { ...answer(opened, at, outcome, code, revision), again: true }
    }
    case 'refuse':
      // A reused id keeps its first owner's record.
      if (decision.code === 'id-reused') return answer(opened, now, 'refused', decision.code)
      await record(push, opened, 'refused', decision.code, null)
      return answer(opened, now, 'refused', decision.code)
    case 'discard':
      return answer(opened, now, 'discarded', 'customership-deleted')
    case 'report': {
      const { organisation } = push
      const terms = { organisation, now, device: push.device.id, ofDeleted: true } as const
      await perform(tx, decision.operation, terms)
      // By the id alone, so that a repeat is not one more reading.
      await record(push, opened, 'discarded', 'customership-deleted', null)
      return answer(opened, now, 'discarded', 'customership-deleted')
    }
    case 'retry':
      return answer(opened, now, 'retry', decision.code)
    case 'hold':
      return holdBack(push, opened, decision.code)
    case 'do': {
      const terms = { organisation: push.organisation, now, device: push.device.id }
      const settled = await apply(tx, decision.operation, terms, ({ outcome, code, revision }) =>
        record(push, opened, outcome, code ?? null, revision)
      )
      if (settled.outcome !== 'applied') return holdBack(push, opened, settled.code)
      return answer(opened, now, settled.outcome, settled.code, settled.revision)
    }
  }
}

async function record(
  push: Push,
  { id, seq, customership, payload }: Opened,
  outcome: FinalOutcome,
  code: OutcomeCode | null,
  revision: number | null
): Promise<void> {
  const isOurs = outcome === 'applied'
  await push.tx.operations.record(
    {
      id,
      seq,
      device: push.device.id,
      customership: isOurs ? customership : null,
      author: isOurs ? push.author.id : null,
      outcome,
      code,
      revision,
      at: push.now
    },
    payload
  )
}

/** Whatever opens is kept for a person, sealed under the key of the customership it speaks of if there is one. */
async function holdBack(push: Push, opened: Opened, code: OutcomeCode): Promise<Result> {
  const { id, seq, payload, sig, customership } = opened
  const standing = standingOf(push, customership)
  await push.tx.operations.hold({
    id,
    seq,
    payload,
    sig,
    code,
    device: push.device.id,
    customership: typeof standing === 'string' ? null : customership,
    author: push.author.id,
    receivedAt: push.now
  })
  return answer(opened, push.now, 'awaiting-decision', code)
}
