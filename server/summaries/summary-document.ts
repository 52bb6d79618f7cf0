import { toMoment } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import type { OfficeEntry } from '#contract/office-entry.ts'
import type { Organisation } from '#contract/settings.ts'
import { summaryDocumentSchema, type SummaryDocument } from '#contract/summary-document.ts'
import type { Substance } from '#contract/summary.ts'
import type { MonthDraft } from './month-source.ts'

/** The names that a document is told with: as they are now, and in it for good. */
export interface Names {
  readonly organisation: Organisation
  readonly people: ReadonlyMap<UserId, string>
}

interface Approving {
  readonly number: string
  readonly version: number
  readonly replaces: { readonly number: string; readonly reason: string } | undefined
  readonly by: UserId
  readonly at: number
  readonly substance: Substance
  readonly overrun: string | undefined
}

/** A summary whole, out of a draft: nothing in it needs to be looked up afterwards. */
export function summaryDocument(
  draft: MonthDraft,
  { organisation, people }: Names,
  approving: Approving
): SummaryDocument {
  const { organiser, month, language, figures } = draft
  const { number, version, replaces, by, at, substance, overrun } = approving
  const { controller, contactPerson, organisers, products } = organisation
  const workers = new Set(figures.decisions.flatMap(({ rows }) => rows.map((row) => row.worker)))
  const titleOf = (id: string) => products.find((one) => one.id === id)?.title[language] ?? id
  return summaryDocumentSchema.parse({
    format: 'kotikaynti/monthly-summary/1',
    number,
    version,
    ...(replaces ? { replaces } : {}),
    approvedAt: toMoment(at),
    month,
    language,
    head: {
      organiser: organisers.find(({ id }) => id === organiser)?.name ?? organiser,
      provider: controller.name,
      ...(controller.businessId ? { businessId: controller.businessId } : {}),
      contact: [contactPerson.name, contactPerson.phone, contactPerson.email]
        .filter(Boolean)
        .join(', '),
      approvedBy: people.get(by) ?? ''
    },
    client: figures.client,
    decisions: figures.decisions.map((one) => ({ ...one, productTitle: titleOf(one.product) })),
    ...(overrun === undefined ? {} : { overrun }),
    substance,
    workers: Object.fromEntries([...workers].map((id) => [id, people.get(id) ?? '']))
  })
}

/** What is hashed and kept: the same bytes for whoever writes it again. */
export const textOf = (document: SummaryDocument): string =>
  `${JSON.stringify(document, null, 2)}\n`

/**
 * What was approved, read back. Null: it is a draft still, or a newer server approved it in a shape that
 * this one cannot read; then nothing is told of it, and the others of the month are.
 */
export function approvedDocument({ data }: OfficeEntry<'summary'>): SummaryDocument | null {
  if (!data.locked) return null
  const read = summaryDocumentSchema.safeParse(jsonOf(data.locked.text))
  return read.success ? read.data : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
