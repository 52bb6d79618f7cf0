import { dayAt, toMilliseconds, wallTimeAt } from '#contract/day.ts'
import {
  incidentRequestSchema,
  type IncidentRecord,
  type IncidentRequest
} from '#contract/incident.ts'
import type { CustomershipId } from '#contract/id.ts'
import { momentOf } from './step-form.ts'

export interface IncidentForm {
  kind: string
  day: string
  time: string
  from: string
  until: string
  persons: string
  customerships: readonly CustomershipId[]
  organisers: readonly string[]
  isOwn: boolean
  what: string
  consequences: string
  measures: string
}

export type IncidentField = 'kind' | 'day' | 'time' | 'from' | 'until' | 'persons' | 'what'

const two = (value: number) => String(value).padStart(2, '0')

function whenAt(milliseconds: number): { day: string; time: string } {
  const { hour, minute } = wallTimeAt(milliseconds)
  return { day: dayAt(milliseconds), time: `${two(hour)}:${two(minute)}` }
}

export const emptyIncident = (now: number): IncidentForm => ({
  ...whenAt(now),
  ...{ kind: '', from: '', until: '', persons: '' },
  ...{ customerships: [], organisers: [], isOwn: false },
  ...{ what: '', consequences: '', measures: '' }
})

export function incidentToForm(record: IncidentRecord): IncidentForm {
  const { kind, noticedAt, happened, persons, customerships, organisers, isOwn } = record
  const { what, consequences, measures } = record
  return {
    ...whenAt(toMilliseconds(noticedAt)),
    ...{ kind, customerships, organisers, isOwn, what, consequences, measures },
    from: happened?.from ?? '',
    until: happened?.until ?? '',
    persons: String(persons)
  }
}

/** What the server takes, or which fields are to be mended. `now`: nothing is noticed ahead of it. */
export function readIncidentForm(
  form: IncidentForm,
  now: number
): { read: IncidentRequest } | { wrong: readonly IncidentField[] } {
  const noticedAt = momentOf(form.day, form.time)
  const today = dayAt(now)
  const isAhead = noticedAt !== null && toMilliseconds(noticedAt) > now
  const isWrong: Record<IncidentField, boolean> = {
    kind: form.kind === '',
    day: form.day === '' || form.day > today,
    time: noticedAt === null || isAhead,
    from: form.from > today || (form.from === '' && form.until !== ''),
    until: form.until !== '' && (form.until < form.from || form.until > today),
    persons: !/^\d{1,6}$/.test(form.persons.trim()),
    what: form.what.trim() === ''
  }
  const wrong = (Object.keys(isWrong) as IncidentField[]).filter((field) => isWrong[field])
  if (wrong.length > 0) return { wrong }
  const { kind, customerships, organisers, isOwn, what, consequences, measures } = form
  const parsed = incidentRequestSchema.safeParse({
    ...{ kind, noticedAt, customerships, organisers, isOwn, what, consequences, measures },
    happened: form.from === '' ? null : { from: form.from, until: form.until || null },
    persons: Number(form.persons)
  })
  return parsed.success ? { read: parsed.data } : { wrong: ['what'] }
}
