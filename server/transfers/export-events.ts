import { toMoment, type Moment } from '#contract/day.ts'
import { moved, stateOf } from '#contract/event-state.ts'
import type { CustomershipId, EntryId, UserId } from '#contract/id.ts'
import { isChanged, isComplete, isDue, isOpen, type LedgerLine } from '#contract/ledger.ts'
import type { Issue } from '#contract/problem.ts'
import type { ServiceEvent } from '#contract/service-event.ts'
import type { TransferExport } from '#contract/transfers.ts'
import { recordDisclosure } from '#server/audit/disclosure.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Refusal } from '#server/access/refusal.ts'
import type { Clock } from '#server/clock.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import type { Store } from '#server/store/store.ts'
import { fingerprintOf } from './fingerprint.ts'
import { readLedger, type ClientLedger, type LedgerBasis } from './keep-ledger.ts'
import { beginEvent } from './move-event.ts'
import type { Delivered, TransferChannel } from './transfer-channel.ts'

interface Chosen {
  readonly customership: CustomershipId
  readonly event: EntryId
  readonly line: LedgerLine
  readonly firstName: string
  readonly lastName: string
}

/** What keeps one of the lines that were asked for out of a file. */
function wrongWith(line: LedgerLine | undefined, seen: string, again: boolean): string | null {
  if (!line) return 'unknown'
  if (fingerprintOf(line) !== seen) return 'changed'
  if (!isDue(line) || !isComplete(line)) return 'incomplete'
  if (!isOpen(line)) return 'recorded'
  // A file would say something else than what was told: first that is withdrawn.
  if (isChanged(line)) return 'changed-since'
  return hasLeft(line, seen) && !again ? 'exported-before' : null
}

/** It is told, or it left by the same fingerprint before it was withdrawn or credited. */
function hasLeft({ event, former }: LedgerLine, fingerprint: string): boolean {
  const exports = former.flatMap(({ data }) => data.exports ?? [])
  return event !== null || exports.some((one) => one.fingerprint === fingerprint)
}

/** Every line that was asked for with what is wrong with it; nothing leaves while anything is. */
export function chooseEvents(
  clients: ReadonlyMap<CustomershipId, ClientLedger>,
  { events, again }: Pick<TransferExport, 'events' | 'again'>
): { readonly chosen: Chosen[]; readonly issues: Issue[] } {
  const chosen: Chosen[] = []
  const issues: Issue[] = []
  const met = new Set<EntryId>()
  for (const [index, { customership, visit, event, seen }] of events.entries()) {
    const client = clients.get(customership)
    const line = client?.lines.find((one) => one.visit === visit)
    const code = met.has(visit) || met.has(event) ? 'taken' : wrongWith(line, seen, again)
    met.add(visit).add(event)
    if (code !== null) issues.push({ path: ['events', index], code })
    else if (client && line) {
      const { firstName, lastName } = client
      chosen.push({ customership, event: line.event?.id ?? event, line, firstName, lastName })
    }
  }
  if (isMixed(chosen)) issues.push({ path: ['events'], code: 'mixed' })
  return { chosen, issues }
}

/** §10: nobody is handed another organiser's clients, and no portal what is told through the other. */
const isMixed = (chosen: readonly Chosen[]): boolean =>
  new Set(chosen.map(({ line: { organiser, channel } }) => `${organiser}/${channel}`)).size > 1

/**
 * §10: the file and its marks belong together. Each event remembers by which fingerprint it left, so that
 * it never leaves twice unnoticed, and each customership's part is a line of the disclosure log.
 */
export async function exportEvents(o: {
  readonly store: Store
  readonly clock: Clock
  readonly channel: TransferChannel
  readonly chosen: readonly Chosen[]
  readonly by: UserId
  readonly profile: string
  readonly basis: LedgerBasis
}): Promise<{ readonly delivered: Delivered } | { readonly refusal: Refusal }> {
  const { store, clock, channel, chosen, by } = o
  const delivered = await channel.deliver(
    chosen.map(({ line, firstName, lastName }) => ({ ...line, firstName, lastName }))
  )
  const made = { by, at: toMoment(clock.now()), profile: o.profile, basis: o.basis, delivered }
  return store.register
    .transact(async (tx) => {
      const groups = Map.groupBy(chosen, ({ customership }) => customership)
      for (const [customership, own] of groups) {
        const marked = await tx.change(customership, (change) => markExported(change, own, made), {
          alsoClosed: true
        })
        if (!('value' in marked) || !marked.value) throw new ChangedMeanwhile()
        await recordUse(store, clock, {
          customership,
          user: by,
          kind: 'send',
          purpose: 'reporting'
        })
      }
      await recordDisclosure(store, clock, ...disclosuresOf(chosen, by, delivered))
      return { delivered }
    })
    .catch((error: unknown) => {
      if (error instanceof ChangedMeanwhile) return { refusal: { code: 'conflict' as const } }
      throw error
    })
}

/** Undoes the commit: a file that says something else than the register is not given. */
class ChangedMeanwhile extends Error {}

interface Marking {
  readonly by: UserId
  readonly at: Moment
  readonly profile: string
  readonly basis: LedgerBasis
  readonly delivered: Delivered
}

async function markExported(
  change: CustomershipChange,
  own: readonly Chosen[],
  { by, at, profile, basis, delivered }: Marking
): Promise<boolean> {
  const lines = await readLedger(change, basis)
  for (const { event: id, line } of own) {
    const now = lines.find(({ visit }) => visit === line.visit)
    const fingerprint = fingerprintOf(line)
    const isSame = now && now.event?.id === line.event?.id && fingerprintOf(now) === fingerprint
    if (!isSame || !isOpen(now) || (!now.event && (await change.isNamed(id)))) return false
    const event = leaving(now, { by, at, state: delivered.state })
    const number = delivered.externalNumbers.get(line.visit)
    const left = { by, at, profile, fingerprint }
    await change.put(
      'service-event',
      id,
      {
        ...event,
        exports: [...(event.exports ?? []), left],
        ...(number === undefined ? {} : { externalNumber: number })
      },
      by
    )
  }
  return true
}

/** A new event, or the one that lay as a draft or in an earlier file. */
function leaving(line: LedgerLine, step: ServiceEvent['history'][number]): ServiceEvent {
  const event = line.event?.data
  if (!event) return beginEvent(line, step)
  return stateOf(event) === step.state ? event : (moved(event, step.state, step) ?? event)
}

/** A line for each client and organiser in the file. */
function disclosuresOf(chosen: readonly Chosen[], by: UserId, { fingerprint }: Delivered) {
  const parts = new Map(
    chosen.map(({ customership, line }) => [
      [customership, line.organiser, line.channel].join('/'),
      { customership, recipient: line.organiser, channel: line.channel }
    ])
  )
  return [...parts.values()].map((part) => ({
    ...part,
    by,
    kind: 'transfer' as const,
    reference: fingerprint.slice(0, 8),
    ground: 'decision' as const,
    fingerprint
  }))
}
