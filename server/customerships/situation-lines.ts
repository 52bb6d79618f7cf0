import type { ClosingRecord } from '#contract/closing.ts'
import { addDays, dayAt, earliestDay, toMilliseconds, type Day } from '#contract/day.ts'
import { isValidOn, type Decision } from '#contract/decision.ts'
import { permitTypes } from '#contract/document.ts'
import type { Entry } from '#contract/entry.ts'
import type { EntryKind } from '#contract/entry-kind.ts'
import { hoursOf, warningsOf, type HoursWarning } from '#contract/hours.ts'
import type { Situation } from '#contract/office.ts'
import type { Organisation } from '#contract/settings.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { CustomershipFacts } from '#server/store/register.ts'

const concernDays = 14
const expiryDays = 30
const paperDays = 7
const dayMilliseconds = 86_400_000

/** One customership as Tilanne reads it: no more than its lines need. */
export interface Watched {
  readonly facts: CustomershipFacts
  readonly name: string
  readonly decisions: readonly Entry<'decision'>[]
  /** Those that what is valid today may count. */
  readonly visits: readonly Entry<'visit'>[]
  /** Those written in the last two weeks. */
  readonly notes: readonly Entry<'note'>[]
  readonly documents: readonly Entry<'document'>[]
  /** What workers propose and nobody has decided: how many, and nothing of what. */
  readonly openSuggestions: number
  readonly warnings: ClosingRecord['warnings']
}

/** What a line may depend on beside its customership. */
export interface WatchBasis {
  readonly stamp: string
  readonly now: number
  readonly today: Day
  readonly organisation: Organisation
}

const firstDay = '0001-01-01' as Day

/** The first day whose visits count against what is valid today: a week and a month begin in the last 31 days. */
function countedFrom(decisions: readonly { data: Decision }[], today: Day): Day | null {
  const valid = decisions.filter(({ data }) => isValidOn(data, today))
  return earliestDay(
    ...valid.map(({ data }) => (data.grantedPer === 'total' ? firstDay : addDays(today, -31)))
  )
}

export async function readWatched(
  reader: CustomershipReader,
  { now, today }: WatchBasis
): Promise<Watched> {
  const [profile] = await reader.ofKind('profile')
  const decisions = await reader.ofKind('decision')
  const fromDay = countedFrom(decisions, today)
  return {
    facts: reader.facts,
    name: profile ? `${profile.data.firstName.value} ${profile.data.lastName.value}` : '',
    decisions,
    visits: fromDay === null ? [] : await reader.ofKind('visit', { fromDay }),
    notes: await reader.ofKind('note', { since: now - (concernDays + 1) * dayMilliseconds }),
    documents: (await reader.ofKind('document')).filter(({ data }) => !data.removed),
    openSuggestions: (await reader.ofKind('suggestion')).filter(({ data }) => data.state === 'open')
      .length,
    warnings: (await reader.closingRecord()).warnings
  }
}

/** One kind of line: of which entries it speaks, and what it says of one customership. */
interface LineKind<L> {
  readonly of: readonly EntryKind[]
  readonly tell: (watched: Watched, basis: WatchBasis) => L[]
}

type Concern = Situation['concerns'][number]
type Ending = Situation['endings'][number]
type Overrun = Situation['overruns'][number]
type RunningOut = Situation['runningOut'][number]
type Expiring = Situation['expiring'][number]

function concernsOf({ facts, name, notes }: Watched, basis: WatchBasis): Concern[] {
  const { templates } = basis.organisation
  const since = addDays(basis.today, -concernDays)
  return notes.flatMap(({ id, at, data }) => {
    const template = templates.find((one) => one.id === data.template)
    const isAlert = template?.fields.some((field) => field.alert && data.fields[field.id] === true)
    if (!isAlert || dayAt(toMilliseconds(at)) < since) return []
    return [{ customership: facts.id, name, note: id, at }]
  })
}

function endingsOf({ facts, name }: Watched): Ending[] {
  const { id, endDay, deleteBy } = facts
  return endDay && deleteBy ? [{ customership: id, name, endDay, deleteBy }] : []
}

/** Minutes left of each decision in force that warns so. */
function leftOf(
  { decisions, visits }: Watched,
  basis: WatchBasis,
  warning: HoursWarning
): number[] {
  const all = visits.map(({ data }) => data)
  return decisions.flatMap(({ id, data }) => {
    const hours = hoursOf(id, data, all, basis.now, basis.organisation.rules ?? [])
    return warningsOf(data, hours, basis.today).includes(warning) ? [hours.leftMinutes] : []
  })
}

function overrunsOf(watched: Watched, basis: WatchBasis): Overrun[] {
  const { facts, name } = watched
  return leftOf(watched, basis, 'over').map((leftMinutes) => ({
    customership: facts.id,
    name,
    overMinutes: -leftMinutes
  }))
}

function runningOutOf(watched: Watched, basis: WatchBasis): RunningOut[] {
  const { facts, name } = watched
  return leftOf(watched, basis, 'low').map((leftMinutes) => ({
    customership: facts.id,
    name,
    leftMinutes
  }))
}

/** The service goes on by the other decision without a day between. */
const follows = (other: Decision, { product, until }: Decision): boolean =>
  other.product === product && other.from <= addDays(until, 1) && other.until > until

function expiringOf({ facts, name, decisions }: Watched, { today }: WatchBasis): Expiring[] {
  if (facts.endDay !== null) return []
  const last = addDays(today, expiryDays)
  return decisions.flatMap(({ data }) =>
    isValidOn(data, today) &&
    data.until <= last &&
    !decisions.some((each) => follows(each.data, data))
      ? [{ customership: facts.id, name, until: data.until }]
      : []
  )
}

type Paper = Situation['papers'][number]
type Permit = Situation['permits'][number]

/** §12: the paper is destroyed after scanning, or goes back to whose it is. */
function papersOf({ facts, name, documents }: Watched, { today }: WatchBasis): Paper[] {
  return documents.flatMap(({ id, data: { type, original, addedAt } }) => {
    const last = original.at(-1)?.state
    const since = dayAt(toMilliseconds(addedAt))
    const isSettled = last !== 'at-office' && last !== 'with-worker'
    if (isSettled || addDays(since, paperDays) > today) return []
    return [{ customership: facts.id, name, document: id, type, since }]
  })
}

function permitsOf({ facts, name, documents }: Watched, { today }: WatchBasis): Permit[] {
  if (facts.endDay !== null) return []
  const permits = documents.filter(({ data }) => permitTypes.some((type) => type === data.type))
  return permits.flatMap(({ id, data: { type, validUntil: until } }) => {
    if (!until || until > addDays(today, expiryDays)) return []
    const isReplaced = permits.some(
      ({ data }) => data.type === type && (!data.validUntil || data.validUntil > until)
    )
    return isReplaced ? [] : [{ customership: facts.id, name, document: id, type, until }]
  })
}

type Suggested = Situation['suggestions'][number]

function suggestionsOf({ facts, name, openSuggestions: count }: Watched): Suggested[] {
  return count > 0 ? [{ customership: facts.id, name, count }] : []
}

type Warned = Situation['warnings'][number]

/** §7: of each thing that comes by itself the latest warning, to whom it was told and has not seen it. */
function toldOf({ facts, name, warnings }: Watched): Warned[] {
  const latest = new Map(warnings.map((warning) => [warning.kind, warning]))
  return [...latest.values()].flatMap(({ kind, day, to, seen }) => {
    const unseen = to.filter((id) => !seen.some(({ by }) => by === id))
    return unseen.length > 0 ? [{ customership: facts.id, name, kind, day, to: unseen }] : []
  })
}

/** Every kind of line that a customership may add to Tilanne. */
export const lineKinds = {
  concerns: { of: ['profile', 'note'], tell: concernsOf },
  endings: { of: ['profile'], tell: endingsOf },
  overruns: { of: ['profile', 'decision', 'visit'], tell: overrunsOf },
  runningOut: { of: ['profile', 'decision', 'visit'], tell: runningOutOf },
  expiring: { of: ['profile', 'decision'], tell: expiringOf },
  papers: { of: ['profile', 'document'], tell: papersOf },
  permits: { of: ['profile', 'document'], tell: permitsOf },
  suggestions: { of: ['profile', 'suggestion'], tell: suggestionsOf },
  warnings: { of: ['profile'], tell: toldOf }
} as const satisfies { [K in keyof Situation]?: LineKind<Extract<Situation[K], unknown[]>[number]> }

type LineName = keyof typeof lineKinds
export type Lines = Pick<Situation, LineName>

export const lineNames = Object.keys(lineKinds) as LineName[]

export function noLines(): Lines {
  return Object.fromEntries(lineNames.map((name) => [name, []])) as unknown as Lines
}

/** What one customership adds to Tilanne; null when nothing of it needs a person now. */
export function linesOf(watched: Watched, basis: WatchBasis): Partial<Lines> | null {
  const told = lineNames.flatMap((name) => {
    const lines = lineKinds[name].tell(watched, basis)
    return lines.length > 0 ? [[name, lines] as const] : []
  })
  return told.length > 0 ? Object.fromEntries(told) : null
}
