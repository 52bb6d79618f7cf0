import type * as z from 'zod/mini'
import type { Issue } from '#contract/problem.ts'

/** What to say at a form field that cannot be accepted as it is. */
export type WrongKey =
  | 'wrong.required'
  | 'wrong.long'
  | 'wrong.day'
  | 'wrong.order'
  | 'wrong.beforeStart'
  | 'wrong.postalCode'
  | 'wrong.phone'
  | 'wrong.email'
  | 'wrong.hours'
  | 'wrong.time'
  | 'wrong.tasks'
  | 'wrong.username'
  | 'wrong.taken'
  | 'wrong.identityCode'
  | 'wrong.minutes'
  | 'wrong.noticeHours'
  | 'wrong.past'
  | 'wrong.comingDay'
  | 'wrong.secondPerson'
  | 'wrong.noMore'
  | 'wrong.warned'
  | 'wrong.pastDay'
  | 'wrong.deleteAfterDays'
  | 'wrong.lapseDays'
  | 'wrong.logYears'
  | 'wrong.mapLink'
  | 'wrong.protectedAddress'
  | 'wrong.other'

/** Keyed by the field's place in its form: `profile.phone`, `contacts.0.name`. */
export type Wrong = Readonly<Record<string, WrongKey>>

const byField: Readonly<Record<string, WrongKey>> = {
  firstName: 'wrong.required',
  lastName: 'wrong.required',
  name: 'wrong.required',
  displayName: 'wrong.required',
  organiser: 'wrong.required',
  product: 'wrong.required',
  decision: 'wrong.required',
  worker: 'wrong.required',
  reason: 'wrong.required',
  how: 'wrong.required',
  ground: 'wrong.required',
  words: 'wrong.required',
  finding: 'wrong.required',
  birthDate: 'wrong.day',
  from: 'wrong.day',
  endDay: 'wrong.day',
  reviewBy: 'wrong.comingDay',
  lastDay: 'wrong.comingDay',
  receivedOn: 'wrong.pastDay',
  until: 'wrong.order',
  plannedStart: 'wrong.time',
  plannedEnd: 'wrong.time',
  postalCode: 'wrong.postalCode',
  phone: 'wrong.phone',
  socialEmergencyPhone: 'wrong.phone',
  mapLink: 'wrong.mapLink',
  email: 'wrong.email',
  grantedMinutes: 'wrong.hours',
  minBillableMinutes: 'wrong.minutes',
  cancelNoticeHours: 'wrong.noticeHours',
  deleteAfterDays: 'wrong.deleteAfterDays',
  lapseDays: 'wrong.lapseDays',
  logYears: 'wrong.logYears',
  tasks: 'wrong.tasks',
  warned: 'wrong.warned',
  username: 'wrong.username'
}

const byCode: Readonly<Record<string, WrongKey>> = {
  too_big: 'wrong.long',
  'before-start': 'wrong.beforeStart',
  taken: 'wrong.taken',
  past: 'wrong.past',
  'second-person': 'wrong.secondPerson',
  'no-more': 'wrong.noMore',
  'identity-code': 'wrong.identityCode',
  'protected-address': 'wrong.protectedAddress'
}

interface FoundIssue {
  readonly path: readonly PropertyKey[]
  readonly code?: string | undefined
}

/** The wire wraps what a form holds; a person sees only the field. */
const wrapping = new Set<PropertyKey>(['data', 'value'])

/** Whatever is wrong with these, their own words say what may stand there. */
const selfSaid = new Set<PropertyKey>([
  'grantedMinutes',
  'minBillableMinutes',
  'cancelNoticeHours',
  'deleteAfterDays',
  'lapseDays',
  'logYears',
  'mapLink',
  'reviewBy',
  'lastDay',
  'receivedOn'
])

/** One word for each field, from the schema's issues at the keyboard or from the server's: the same ones. */
export function wrongOf(issues: readonly (FoundIssue | Issue)[]): Wrong {
  const wrong: Record<string, WrongKey> = {}
  for (const issue of issues) {
    const path = issue.path.filter((key) => !wrapping.has(key))
    const place = path.join('.')
    if (place in wrong) continue
    const name = path.findLast((key) => typeof key === 'string') ?? ''
    const byThisCode = selfSaid.has(name) ? undefined : byCode[issue.code ?? '']
    wrong[place] = byThisCode ?? byField[name] ?? 'wrong.other'
  }
  return wrong
}

/** What a form says: a request that the contract accepts, or what is wrong with which field. */
export type FormReading<T> =
  { readonly read: T; readonly wrong: null } | { readonly read: null; readonly wrong: Wrong }

export function readWith<S extends z.ZodMiniType>(
  schema: S,
  candidate: unknown
): FormReading<z.output<S>> {
  const parsed = schema.safeParse(candidate)
  return parsed.success
    ? { read: parsed.data, wrong: null }
    : { read: null, wrong: wrongOf(parsed.error.issues) }
}
