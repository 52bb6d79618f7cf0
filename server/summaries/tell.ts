import { toMilliseconds } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { OfficeEntry } from '#contract/office-entry.ts'
import type { SummaryDocument } from '#contract/summary-document.ts'
import type { DecisionFigures } from '#contract/summary-figures.ts'
import { isExplained, type Missing } from '#contract/summary-missing.ts'
import type {
  SummaryAnswer,
  SummaryLine,
  SummaryNote,
  SummaryVersion
} from '#contract/summary-request.ts'
import { fieldWords } from '#contract/field-words.ts'
import type { Template } from '#contract/template.ts'
import type { MonthDraft } from './month-source.ts'
import type { MonthNote } from './substance.ts'
import { approvedDocument } from './summary-document.ts'

const isApproved = ({ data }: OfficeEntry<'summary'>): boolean =>
  data.state === 'approved' || data.state === 'delivered'

const figuresIn = (document: SummaryDocument): DecisionFigures[] =>
  document.decisions.map(({ productTitle: _title, ...figures }) => figures)

/** What a summary says of a decision and its visits, in one order; what is counted of it follows. */
const saidOf = (figures: readonly DecisionFigures[]): string =>
  JSON.stringify(
    figures
      .toSorted((one, other) => one.decision.localeCompare(other.decision))
      .map((one) => {
        const { decision, number, product, funding, from, until } = one
        const { grantedMinutes, grantedPer, rows } = one
        return [decision, number, product, funding, from, until, grantedMinutes, grantedPer, rows]
      })
  )

/**
 * §10: never a silent change: whether a visit, its decision or a note is otherwise than when the month was
 * approved. A correction that somebody began changes nothing of that until it is approved itself.
 */
function isChangedSince({ versions, figures, notes }: MonthDraft): boolean {
  const newest = versions.findLast(({ data }) => data.locked !== undefined)
  const document = newest && approvedDocument(newest)
  if (!document) return false
  const since = toMilliseconds(document.approvedAt)
  return (
    saidOf(figuresIn(document)) !== saidOf(figures.decisions) ||
    notes.some(({ amendedAt }) => amendedAt !== undefined && toMilliseconds(amendedAt) > since)
  )
}

/** What is still to be seen to: nothing, once it is approved. */
export function openMissing(draft: MonthDraft, more: readonly Missing[] = []): Missing[] {
  const latest = draft.versions.at(-1)
  if (latest && isApproved(latest)) return []
  const overrun = latest?.data.overrun
  return [...draft.missing, ...more].filter((one) => {
    // Whoever saved the words has chosen what of the month they tell.
    const isChosen = one.code === 'too-long' && latest !== undefined
    return !isChosen && !isExplained(one, overrun)
  })
}

export function lineOf(customership: CustomershipId, draft: MonthDraft): SummaryLine {
  const { organiser, month, figures, versions } = draft
  const latest = versions.at(-1)
  const document = latest ? approvedDocument(latest) : null
  const shown = document ? figuresIn(document) : figures.decisions
  const sum = (of: (one: DecisionFigures) => number) =>
    shown.reduce((total, one) => total + of(one), 0)
  return {
    customership,
    firstName: figures.client.firstName,
    lastName: figures.client.lastName,
    organiser,
    month,
    summary: latest?.id ?? null,
    version: latest?.data.version ?? 1,
    state: latest?.data.state ?? 'draft',
    number: latest?.data.locked?.number ?? null,
    monthMinutes: sum((one) => one.monthMinutes),
    grantedMinutes: sum((one) => one.grantedMinutes),
    missing: openMissing(draft),
    requests: [...draft.requests],
    workers: [...new Set(figures.decisions.flatMap(({ rows }) => rows.map((row) => row.worker)))],
    isChanged: isChangedSince(draft),
    receipt: latest?.data.deliveries.at(-1)?.receipt?.code ?? null,
    based: latest?.revision ?? null
  }
}

export function answerOf(customership: CustomershipId, draft: MonthDraft): SummaryAnswer {
  const { figures, language, drafted, notes, versions } = draft
  const latest = versions.at(-1)
  const document = latest ? approvedDocument(latest) : null
  const overrun = latest?.data.overrun
  return {
    ...lineOf(customership, draft),
    language: latest?.data.language ?? language,
    figures: document ? { client: document.client, decisions: figuresIn(document) } : figures,
    substance: latest?.data.substance ?? drafted,
    drafted,
    ...(overrun === undefined ? {} : { overrun }),
    notes: notes.map((note) => tellNote(note, language)),
    versions: versions.map(versionOf)
  }
}

function tellNote(
  { id, day, author, fields, template }: MonthNote,
  language: 'fi' | 'sv'
): SummaryNote {
  const titleOf = (field: string, known: Template['fields'][number] | undefined) =>
    known?.title[language] ?? field
  return {
    note: id,
    day,
    author,
    fields: Object.entries(fields).flatMap(([field, value]) => {
      const known = template?.fields.find((one) => one.id === field)
      const title = titleOf(field, known)
      if (typeof value === 'boolean') return value ? [{ id: field, title, words: [] }] : []
      const words = fieldWords(known, value, (told) => told[language])
      return words.length > 0 ? [{ id: field, title, words }] : []
    })
  }
}

const versionOf = ({ id, data }: OfficeEntry<'summary'>): SummaryVersion => ({
  summary: id,
  version: data.version,
  state: data.state,
  number: data.locked?.number ?? null,
  hash: data.locked?.hash ?? null,
  approvedAt: data.locked?.at ?? null,
  approvedBy: data.locked?.by ?? null,
  replaces: data.replaces ? { number: data.replaces.number, reason: data.replaces.reason } : null,
  deliveries: data.deliveries
})
