import { alarmingFields, childWelfareField } from '#contract/alarm.ts'
import type { ClosingRecord } from '#contract/closing.ts'
import { addDays, dayAt, earliestDay, toMilliseconds, type Day } from '#contract/day.ts'
import { isValidOn, type Decision } from '#contract/decision.ts'
import { withoutNext } from '#contract/expiring.ts'
import { permitTypes } from '#contract/document.ts'
import type { Entry } from '#contract/entry.ts'
import type { EntryKind } from '#contract/entry-kind.ts'
import { hoursOf, warningsOf, type HoursWarning } from '#contract/hours.ts'
import type { EntryId } from '#contract/id.ts'
import type { AlarmKind, Situation } from '#contract/office.ts'
import { dayOfVisit, needsPermit, unpermittedFields } from '#contract/permit.ts'
import type { Organisation } from '#contract/settings.ts'
import { templateOf, type Template, type TemplateField } from '#contract/template.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import type { CustomershipFacts } from '#server/store/customership-facts.ts'

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
  /** Those written in the last two weeks, and older ones that raised an alarm. */
  readonly notes: readonly Entry<'note'>[]
  /** The day of the visit of a note whose permits are asked for. */
  readonly visitDays: ReadonlyMap<EntryId, Day>
  readonly answers: NonNullable<ClosingRecord['answers']>
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
  { now, today, organisation }: WatchBasis
): Promise<Watched> {
  const [profile] = await reader.ofKind('profile')
  const decisions = await reader.ofKind('decision')
  const fromDay = countedFrom(decisions, today)
  const { warnings, alarms = [], answers = [] } = await reader.closingRecord()
  const notes = await readNotes(reader, alarms, now)
  return {
    facts: reader.facts,
    name: profile ? `${profile.data.firstName.value} ${profile.data.lastName.value}` : '',
    decisions,
    visits: fromDay === null ? [] : await reader.ofKind('visit', { fromDay }),
    notes,
    visitDays: await readVisitDays(reader, notes, organisation.templates),
    answers,
    documents: (await reader.ofKind('document')).filter(({ data }) => !data.removed),
    openSuggestions: (await reader.ofKind('suggestion')).filter(({ data }) => data.state === 'open')
      .length,
    warnings
  }
}

/** What raised an alarm is told until it is answered; of what came in otherwise, the latest is looked through. */
async function readNotes(
  reader: CustomershipReader,
  alarms: readonly EntryId[],
  now: number
): Promise<Entry<'note'>[]> {
  const notes = await reader.ofKind('note', { since: now - (concernDays + 1) * dayMilliseconds })
  const older = alarms.filter((id) => notes.every((note) => note.id !== id))
  const found = await Promise.all(older.map((id) => reader.entry('note', id)))
  return [...notes, ...found.filter((note) => note !== null)]
}

async function readVisitDays(
  reader: CustomershipReader,
  notes: readonly Entry<'note'>[],
  templates: readonly Template[]
): Promise<Map<EntryId, Day>> {
  const days = new Map<EntryId, Day>()
  for (const { data } of notes) {
    const template = templateOf(templates, data)
    if (!template || !needsPermit(template, data.fields)) continue
    const visit = await reader.entry('visit', data.visit)
    const day = visit && dayOfVisit(visit.data)
    if (day) days.set(data.visit, day)
  }
  return days
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

/** Until somebody has told what was done about it: also what a draft says, which is delivered like a signed note. */
function concernsOf(watched: Watched, { organisation: { templates } }: WatchBasis): Concern[] {
  const { facts, name, notes, visitDays } = watched
  const papers = watched.documents.map(({ data }) => data)
  return notes.flatMap(({ id, at, data }) => {
    const template = data.mergedInto ? undefined : templateOf(templates, data)
    const answered = watched.answers.filter(({ note }) => note === id).flatMap((one) => one.fields)
    const isOpen = (field: TemplateField) => !answered.includes(field.id)
    const alarming = template ? alarmingFields(template, data.fields).filter(isOpen) : []
    const day = visitDays.get(data.visit)
    const unpermitted = unpermittedFields(data, template, papers, day).filter(isOpen)
    const about: AlarmKind[] = [
      ...(alarming.some((field) => field.id === childWelfareField)
        ? ['child-welfare' as const]
        : []),
      ...(alarming.some((field) => field.id !== childWelfareField) ? ['concern' as const] : []),
      ...(unpermitted.length > 0 ? ['no-permit' as const] : [])
    ]
    if (about.length === 0) return []
    const fields = [...alarming, ...unpermitted].map((field) => field.id)
    return [{ customership: facts.id, name, note: id, at, author: data.author, about, fields }]
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

function expiringOf({ facts, name, decisions }: Watched, { today }: WatchBasis): Expiring[] {
  if (facts.endDay !== null) return []
  const last = addDays(today, expiryDays)
  return withoutNext(decisions.map(({ data }) => data)).flatMap((decision) =>
    isValidOn(decision, today) && decision.until <= last
      ? [{ customership: facts.id, name, until: decision.until }]
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
  concerns: { of: ['profile', 'note', 'document'], tell: concernsOf },
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
