import * as z from 'zod/mini'
import { toMoment } from '#contract/day.ts'
import { returnRecordSchema, type ReturnRecord } from '#contract/return-package.ts'
import type { DocumentFiles, PackageSource } from './package-source.ts'

/** What the schema says of itself, beside the record: JSON Schema 2020-12. */
export function recordSchemaText(): string {
  const schema = z.toJSONSchema(returnRecordSchema, { io: 'output', unrepresentable: 'any' })
  return `${JSON.stringify(schema, null, 2)}\n`
}

/** The customership for another system. It does not leave unless it is what its schema says. */
export function recordText(source: PackageSource, files: DocumentFiles): string {
  const record = returnRecordSchema.safeParse(recordOf(source, files))
  // What does not fit is not repeated: it would be a client's own words.
  if (!record.success) throw new Error('a return package does not fit its own schema')
  return `${JSON.stringify(record.data, null, 2)}\n`
}

function recordOf(source: PackageSource, files: DocumentFiles): ReturnRecord {
  const { facts, organisation, entries, protectedEntries, disclosed, people } = source
  const told = JSON.stringify([entries, protectedEntries, disclosed, source.madeBy])
  const isTold = ({ id }: { readonly id: string }) => told.includes(`"${id}"`)
  return {
    format: 'kotikaynti/return-record/1',
    number: source.number,
    madeAt: toMoment(source.madeAt),
    madeBy: source.madeBy,
    language: source.language,
    provider: organisation.controller,
    customership: {
      id: facts.id,
      revision: facts.revision,
      state: facts.state,
      startDay: facts.startDay,
      endDay: facts.endDay,
      endReason: facts.endReason
    },
    organisers: organisation.organisers.filter(isTold),
    products: organisation.products.filter(isTold),
    templates: organisation.templates.filter(isTold),
    people: [...people].map(([id, displayName]) => ({ id, displayName })).filter(isTold),
    entries: [...entries],
    protectedAddress: [...protectedEntries],
    disclosed: [...disclosed],
    documents: [...files].map(([document, names]) => ({ document, files: [...names] }))
  }
}
