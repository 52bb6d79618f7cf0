import { dayAt, toMilliseconds, type Day } from './day.ts'
import { isPermitValid, permitTypes, type Document } from './document.ts'
import { sameValue, type Note, type NoteFields } from './note.ts'
import type { Template, TemplateField } from './template.ts'
import type { Visit } from './visit.ts'

/** How a permit stands on a day; the nearest that there is, when none holds. */
export type PermitStandingOn =
  | { readonly is: 'valid' }
  | { readonly is: 'none' }
  | { readonly is: 'over'; readonly day: Day }
  | { readonly is: 'not-yet'; readonly day: Day }

/** §12: medicine and transport only under a scanned permit of this customership that holds on that day. */
export function permitOn(documents: readonly Document[], type: string, day: Day): PermitStandingOn {
  const permits = documents.filter((one) => one.type === type && !one.removed)
  if (permits.some((permit) => isPermitValid(permit, day))) return { is: 'valid' }
  const begins = permits.flatMap(({ validFrom }) =>
    validFrom && day < validFrom ? [validFrom] : []
  )
  const [first] = begins.sort()
  if (first) return { is: 'not-yet', day: first }
  const last = permits
    .flatMap(({ validUntil }) => validUntil ?? [])
    .sort()
    .at(-1)
  return last ? { is: 'over', day: last } : { is: 'none' }
}

export const isPermitType = (type: string): type is (typeof permitTypes)[number] =>
  permitTypes.some((one) => one === type)

/** The day whose permits count: when the visit began, else when it was to begin. */
export function dayOfVisit({ startedAt, plannedStart }: Pick<Visit, 'startedAt' | 'plannedStart'>) {
  const begins = startedAt ?? plannedStart
  return begins === undefined ? null : dayAt(toMilliseconds(begins))
}

/** Whether anything is written that only a permit allows. */
export const needsPermit = (template: Template, fields: NoteFields): boolean =>
  template.fields.some((field) => field.permit !== undefined && isWritten(field, fields))

/**
 * What was written without the permit that it needs: the record of it stands, and is told to the office.
 * A draft may still be waiting for its permit; what is signed was done.
 */
export function unpermittedFields(
  { state, fields }: Pick<Note, 'state' | 'fields'>,
  template: Template | undefined,
  documents: readonly Document[],
  day: Day | null | undefined
): TemplateField[] {
  if (!template || !day || state !== 'signed') return []
  return template.fields.filter(
    (field) =>
      field.permit !== undefined &&
      isWritten(field, fields) &&
      permitOn(documents, field.permit, day).is !== 'valid'
  )
}

const isWritten = (field: TemplateField, fields: NoteFields): boolean =>
  !sameValue(fields[field.id], undefined)
