import * as z from 'zod/mini'
import { momentSchema } from './day-shape.ts'
import type { Entry, EntryData } from './entry.ts'
import type { EntryKind, OfficeKind, StoredKind } from './entry-kind.ts'
import { entryIdSchema, userIdSchema } from './id.ts'
import { revisionSchema } from './revision.ts'
import { serviceEventSchema } from './service-event.ts'
import { summarySchema } from './summary.ts'

/** The kinds that never leave the office for a tablet: no screen of a worker loads their shapes. */
export const officeDataSchemas = {
  summary: summarySchema,
  'service-event': serviceEventSchema
} as const satisfies Record<OfficeKind, z.ZodMiniType>

export type OfficeData<K extends OfficeKind = OfficeKind> = z.infer<(typeof officeDataSchemas)[K]>

/** What is stored under any kind. */
export type StoredData<K extends StoredKind> = K extends OfficeKind
  ? OfficeData<K>
  : K extends EntryKind
    ? EntryData<K>
    : never

type AnyOfficeEntry = {
  [Kind in OfficeKind]: Omit<Entry, 'kind' | 'data'> & {
    readonly kind: Kind
    readonly data: OfficeData<Kind>
  }
}[OfficeKind]
export type OfficeEntry<K extends OfficeKind = OfficeKind> = Extract<AnyOfficeEntry, { kind: K }>

export type StoredEntry<K extends StoredKind = StoredKind> = K extends OfficeKind
  ? OfficeEntry<K>
  : K extends EntryKind
    ? Entry<K>
    : never

const officeEntryOf = <K extends OfficeKind>(kind: K) =>
  z.strictObject({
    id: entryIdSchema,
    kind: z.literal(kind),
    revision: revisionSchema,
    at: momentSchema,
    by: userIdSchema,
    data: officeDataSchemas[kind]
  })

/** As it stands in a return package. */
export const officeEntrySchema = z.discriminatedUnion('kind', [
  officeEntryOf('summary'),
  officeEntryOf('service-event')
])
