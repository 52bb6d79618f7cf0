import type { ToldRequest } from '#contract/completion-request.ts'
import { startOf } from '#contract/counted-visit.ts'
import { dayAt, instantOf, toMilliseconds, type Day } from '#contract/day.ts'
import { entriesOf, type Entry } from '#contract/entry.ts'
import { grantedIn } from '#contract/granted.ts'
import type { EntryId } from '#contract/id.ts'
import { daysOf, monthOf, type Month } from '#contract/month.ts'
import type { OfficeEntry } from '#contract/office-entry.ts'
import type { OrganiserRule } from '#contract/organiser-rule.ts'
import type { SummaryFigures } from '#contract/summary-figures.ts'
import type { Missing } from '#contract/summary-missing.ts'
import type { Substance, SummaryLanguage } from '#contract/summary.ts'
import type { Template } from '#contract/template.ts'
import { isWantedOf } from '#contract/visit-around.ts'
import type { CustomershipReader } from '#server/store/customership-reader.ts'
import { protectedStreets } from './addresses.ts'
import { decisionFigures } from './figures.ts'
import { missingIn, runningMonth } from './missing.ts'
import { draftSubstance, notesOfMonth, type MonthNote } from './substance.ts'

/** What a summary is drafted by, beside the customership itself. */
export interface Terms {
  readonly rules: readonly OrganiserRule[]
  readonly templates: readonly Template[]
  readonly today: Day
}

/** One organiser's part of a client's month, as it stands. */
export interface MonthDraft {
  readonly organiser: string
  readonly month: Month
  readonly language: SummaryLanguage
  readonly figures: SummaryFigures
  readonly missing: readonly Missing[]
  /** What its workers have been asked to complete, done or not. */
  readonly requests: readonly ToldRequest[]
  readonly drafted: Substance
  readonly notes: readonly MonthNote[]
  /** The streets that none of its words may tell. */
  readonly addresses: readonly string[]
  /** All its versions, the newest last. */
  readonly versions: readonly OfficeEntry<'summary'>[]
}

/** A client's month, one draft for each organiser that ordered something of it. */
export async function readMonth(
  reader: CustomershipReader,
  month: Month,
  terms: Terms
): Promise<MonthDraft[]> {
  const entries = [
    ...(await reader.entries({
      kinds: ['profile', 'contact', 'decision', 'visit', 'completion-request']
    })),
    // A note is never older than its visit.
    ...(await reader.ofKind('note', { since: instantOf(daysOf(month).first) }))
  ]
  const drafts = draftMonth(entries, await reader.ofKind('summary'), month, terms)
  const running = runningMonth(month, terms.today, reader.facts.endDay)
  return drafts.map((draft) => ({ ...draft, missing: [...running, ...draft.missing] }))
}

/** The same of what was read: it decides and reads nothing. */
export function draftMonth(
  entries: readonly Entry[],
  summaries: readonly OfficeEntry<'summary'>[],
  month: Month,
  terms: Terms
): MonthDraft[] {
  const [profile] = entriesOf(entries, 'profile').map(({ data }) => data)
  if (!profile) return []
  const language = profile.language?.value === 'sv' ? 'sv' : 'fi'
  const { firstName, lastName, birthDate } = profile
  const client = {
    firstName: firstName.value,
    lastName: lastName.value,
    ...(birthDate ? { birthDate: birthDate.value } : {})
  }
  const addresses = protectedStreets(entries)
  return organisersOf(entries, summaries, month).map((organiser) => {
    // A self-paying client's provider is its own controller, and reports to nobody.
    const decisions = entriesOf(entries, 'decision').filter(
      ({ data }) => data.organiser === organiser && data.controller === 'organiser'
    )
    const visits = entriesOf(entries, 'visit')
    const figures = decisions.flatMap(({ id, data }) => {
      const one = decisionFigures({ id, data }, visits, month, terms.rules)
      return one.rows.length > 0 || grantedIn(data, month) > 0 ? [one] : []
    })
    const ids = new Set(decisions.map(({ id }) => id))
    const own = new Set<EntryId>(
      visits.flatMap(({ id, data }) => (ids.has(data.decision) && !data.forkOf ? [id] : []))
    )
    const notes = notesOfMonth(entries, own, month, terms.templates)
    const { substance: drafted, isCut } = draftSubstance(notes, language, addresses)
    return {
      ...{ organiser, month, language, notes, addresses },
      figures: { client, decisions: figures },
      missing: [
        ...missingIn(entries, decisions, figures, month, terms.today),
        ...(isCut ? [{ code: 'too-long' as const }] : [])
      ],
      requests: requestsOf(entries, own, month),
      drafted,
      versions: summaries
        .filter(({ data }) => data.organiser === organiser && data.month === month)
        .sort((one, other) => one.data.version - other.data.version)
    }
  })
}

/** Who granted something of the month, or had a visit of it, or was sent a summary of it before. */
function organisersOf(
  entries: readonly Entry[],
  summaries: readonly OfficeEntry<'summary'>[],
  month: Month
): string[] {
  const { first, last } = daysOf(month)
  const visited = new Set(
    entriesOf(entries, 'visit').flatMap(({ data }) => {
      const at = data.startedAt ?? data.plannedStart
      return at && monthOf(dayAt(toMilliseconds(at))) === month ? [data.decision] : []
    })
  )
  const ordered = entriesOf(entries, 'decision').flatMap(({ id, data }) => {
    const isOfMonth = data.from <= last && first <= data.until
    const isReported = data.controller === 'organiser'
    return isReported && (isOfMonth || visited.has(id)) ? [data.organiser] : []
  })
  const sent = summaries.flatMap(({ data }) => (data.month === month ? [data.organiser] : []))
  return [...new Set([...ordered, ...sent])].sort()
}

function requestsOf(
  entries: readonly Entry[],
  own: ReadonlySet<EntryId>,
  month: Month
): ToldRequest[] {
  const visits = entriesOf(entries, 'visit')
  const visitById = new Map(visits.map((visit) => [visit.id, visit]))
  const beside = { visits, notes: entriesOf(entries, 'note').map(({ data }) => data) }
  return entriesOf(entries, 'completion-request').flatMap(({ id, by, at, data }) => {
    const visit = own.has(data.visit) ? visitById.get(data.visit) : undefined
    const start = visit && startOf(visit.data)
    if (!visit || !start) return []
    const day = dayAt(toMilliseconds(start))
    if (monthOf(day) !== month) return []
    const isOpen = isWantedOf(data.wish, visit, data.worker, beside)
    return [{ request: id, ...data, by, at, day, isOpen }]
  })
}
