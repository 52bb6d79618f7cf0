import * as z from 'zod/mini'
import { assignmentSchema } from './assignment.ts'
import { completionRequestSchema } from './completion-request.ts'
import { contactSchema } from './contact.ts'
import { momentSchema } from './day-shape.ts'
import { decisionSchema } from './decision.ts'
import { documentSchema } from './document.ts'
import type { EntryKind } from './entry-kind.ts'
import { entryIdSchema, userIdSchema } from './id.ts'
import { noteSchema } from './note.ts'
import { profileSchema } from './profile.ts'
import { revisionSchema } from './revision.ts'
import { suggestionSchema } from './suggestion.ts'
import { visitSchema } from './visit.ts'

/** One fact of one kind, with one shape. */
export const entryDataSchemas = {
  profile: profileSchema,
  contact: contactSchema,
  decision: decisionSchema,
  assignment: assignmentSchema,
  visit: visitSchema,
  note: noteSchema,
  document: documentSchema,
  suggestion: suggestionSchema,
  'completion-request': completionRequestSchema
} as const satisfies Record<EntryKind, z.ZodMiniType>

export type EntryData<K extends EntryKind = EntryKind> = z.infer<(typeof entryDataSchemas)[K]>

/** What every entry has. `by` is the user who wrote this version, `at` when the server stamped it. */
type AnyEntry = {
  [Kind in EntryKind]: {
    readonly id: z.infer<typeof entryIdSchema>
    readonly kind: Kind
    readonly revision: number
    readonly at: z.infer<typeof momentSchema>
    readonly by: z.infer<typeof userIdSchema>
    readonly data: EntryData<Kind>
  }
}[EntryKind]
export type Entry<K extends EntryKind = EntryKind> = Extract<AnyEntry, { kind: K }>

const entryOf = <K extends EntryKind>(kind: K) =>
  z.strictObject({
    id: entryIdSchema,
    kind: z.literal(kind),
    revision: revisionSchema,
    at: momentSchema,
    by: userIdSchema,
    data: entryDataSchemas[kind]
  })

export const entrySchema = z.discriminatedUnion('kind', [
  entryOf('profile'),
  entryOf('contact'),
  entryOf('decision'),
  entryOf('assignment'),
  entryOf('visit'),
  entryOf('note'),
  entryOf('document'),
  entryOf('suggestion'),
  entryOf('completion-request')
])

/** The entries of one kind, in the order given. */
export function entriesOf<K extends EntryKind>(entries: readonly Entry[], kind: K): Entry<K>[] {
  return entries.filter((entry) => entry.kind === kind) as Entry<K>[]
}
