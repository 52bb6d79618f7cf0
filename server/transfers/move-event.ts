import type { Moment } from '#contract/day.ts'
import { moved, needsReason, nextStates, stateOf, takenBack } from '#contract/event-state.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { isComplete, isDue, type LedgerLine } from '#contract/ledger.ts'
import type { Issue } from '#contract/problem.ts'
import type { ServiceEvent } from '#contract/service-event.ts'
import type { MoveOutcome, TransferMove } from '#contract/transfers.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { fingerprintOf } from './fingerprint.ts'
import { readLedger, type LedgerBasis } from './keep-ledger.ts'

export interface Moving {
  readonly by: UserId
  readonly at: Moment
  readonly basis: Pick<LedgerBasis, 'rules' | 'settings'>
}

export interface Moved {
  readonly outcome: MoveOutcome
  /** Then it was told to the portal just now, by hand. */
  readonly told?: ServiceEvent
}

/** An event is of one visit: two of one name would overwrite each other. */
export function namedTwice(moves: readonly Pick<TransferMove, 'visit' | 'event'>[]): Issue[] {
  const visitOf = new Map<EntryId, EntryId>()
  return moves.flatMap(({ visit, event }, index) => {
    const known = visitOf.get(event) ?? visit
    visitOf.set(event, known)
    return known === visit ? [] : [{ path: ['moves', index, 'event'], code: 'taken' }]
  })
}

/** §10: one step of one event, as somebody did it in the portal or saw it there. */
export async function moveEvent(
  change: CustomershipChange,
  move: TransferMove,
  moving: Moving
): Promise<Moved> {
  const line = (await readLedger(change, moving.basis)).find(({ visit }) => visit === move.visit)
  if (!line) return { outcome: 'not-found' }
  if (isDone(line, move)) return { outcome: 'done' }
  return move.from === null ? begin(change, line, move, moving) : step(change, line, move, moving)
}

/** The answer to a request may be lost: asked again, it is the same one. */
function isDone({ event, former }: LedgerLine, move: TransferMove): boolean {
  const own = [...(event ? [event] : []), ...former].find(({ id }) => id === move.event)
  const [last, before] = own?.data.history.toReversed() ?? []
  if (move.to !== 'take-back') return last?.state === move.to
  return last?.takesBack === true && before?.state === move.from
}

async function begin(
  change: CustomershipChange,
  line: LedgerLine,
  move: TransferMove,
  { by, at }: Moving
): Promise<Moved> {
  const { to, event: id, externalNumber } = move
  if (line.event || fingerprintOf(line) !== move.seen) return { outcome: 'conflict' }
  if (await change.isNamed(id)) return { outcome: 'conflict' }
  if (to === 'not-told') return leaveUntold(change, line, move, { by, at })
  if (!isDue(line) || !isComplete(line)) return { outcome: 'incomplete' }
  // Only a file is exported: see export-events.ts.
  if (to === 'take-back' || to === 'exported' || !nextStates(null).includes(to))
    return { outcome: 'not-allowed' }
  const told = beginEvent(line, { state: to, by, at })
  const event = { ...told, ...(externalNumber === undefined ? {} : { externalNumber }) }
  await change.put('service-event', id, event, by)
  return { outcome: 'done', told: event }
}

/** Nothing leaves the house: what is missing in it is missing to nobody, and the disclosure log has no line of it. */
async function leaveUntold(
  change: CustomershipChange,
  line: LedgerLine,
  { event: id, reason }: TransferMove,
  { by, at }: Pick<Moving, 'by' | 'at'>
): Promise<Moved> {
  if (!isDue(line)) return { outcome: 'incomplete' }
  if (reason === undefined) return { outcome: 'needs-reason' }
  await change.put('service-event', id, beginEvent(line, { state: 'not-told', by, at, reason }), by)
  return { outcome: 'done' }
}

/** As the line stands now. What was credited or withdrawn before it is named. */
export function beginEvent(
  { visit, decision, organiser, product, channel, day, claim, former }: LedgerLine,
  first: ServiceEvent['history'][number]
): ServiceEvent {
  const replaces = former.at(-1)?.id
  return {
    ...{ visit, decision, organiser, product, channel, day },
    told: claim,
    history: [first],
    ...(replaces === undefined ? {} : { replaces })
  }
}

async function step(
  change: CustomershipChange,
  line: LedgerLine,
  move: TransferMove,
  { by, at }: Moving
): Promise<Moved> {
  const { to, from, reason, externalNumber } = move
  const event = line.event ?? closed(line, move)
  if (event?.id !== move.event || stateOf(event.data) !== from) return { outcome: 'conflict' }
  const isTakenBack = to === 'take-back'
  if ((isTakenBack || needsReason(to)) && reason === undefined) return { outcome: 'needs-reason' }
  const made = { by, at, ...(reason === undefined ? {} : { reason }) }
  const next = isTakenBack ? takenBack(event.data, made) : moved(event.data, to, made)
  if (!next) return { outcome: 'not-allowed' }
  const typed = retold(line, move, next)
  if (!typed) return { outcome: 'conflict' }
  const number = externalNumber === undefined ? {} : { externalNumber }
  await change.put('service-event', event.id, { ...typed, ...number }, by)
  return { outcome: 'done' }
}

/** What was credited or withdrawn by mistake stands again, as long as no other event stands for the visit. */
function closed({ former }: LedgerLine, { event, to }: TransferMove): LedgerLine['event'] {
  return to === 'take-back' ? (former.find(({ id }) => id === event) ?? null) : null
}

/** A draft is finished by hand, as the list says it now; of a file it was told what the file says. Null: it says something else by now. */
function retold(line: LedgerLine, move: TransferMove, event: ServiceEvent): ServiceEvent | null {
  if (move.from !== 'draft' || move.to !== 'recorded') return event
  return fingerprintOf(line) === move.seen ? { ...event, told: line.claim } : null
}
