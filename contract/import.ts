import * as z from 'zod/mini'
import { assignmentSchema, type Assignment } from './assignment.ts'
import { contactSchema, type Contact } from './contact.ts'
import { decisionSchema, type Decision } from './decision.ts'
import { customershipIdSchema, entryIdSchema } from './id.ts'
import {
  importedDay,
  importedMinutes,
  importedPhone,
  importedPostalCode,
  importedYes
} from './import-value.ts'
import {
  profileFields,
  profileStatementSchema,
  sourceSchema,
  type ProfileStatement,
  type Source
} from './profile.ts'

/** What one import may bring: enough for the largest provider, and a bound against floods. */
export const importLimits = { bytes: 25 * 1024 * 1024, rows: 20_000, records: 200_000 } as const

/** Which fields a column of another system may be. */
export const importFields = {
  profile: profileFields,
  contact: [
    'name',
    'relation',
    'phone',
    'email',
    'custody',
    'note',
    'noContact',
    'street',
    'postalCode',
    'town',
    'access'
  ],
  decision: [
    'organiser',
    'controller',
    'product',
    'funding',
    'number',
    'from',
    'until',
    'hours',
    'per',
    'goals'
  ],
  assignment: ['worker', 'from', 'until', 'tasks']
} as const satisfies Record<string, readonly string[]>
export type ImportKind = keyof typeof importFields
export const importKinds = Object.keys(importFields) as ImportKind[]

const cell = z.optional(z.string().check(z.maxLength(4000)))
const cells = (fields: readonly string[]) =>
  z.strictObject(Object.fromEntries(fields.map((field) => [field, cell])))

const recordOf = <K extends ImportKind>(kind: K) =>
  z.strictObject({
    /** Where it stands: which of the files that were chosen, and which line of it. */
    file: z.int().check(z.minimum(0), z.maximum(9)),
    row: z.int().check(z.minimum(1), z.maximum(1_100_000)),
    kind: z.literal(kind),
    client: customershipIdSchema,
    id: entryIdSchema,
    fields: cells(importFields[kind])
  })

/** One fact of one client as the file says it: cells by field, not yet read. */
export const importRecordSchema = z.discriminatedUnion('kind', [
  recordOf('profile'),
  recordOf('contact'),
  recordOf('decision'),
  recordOf('assignment')
])
export type ImportRecord = z.infer<typeof importRecordSchema>

/**
 * `POST /api/office/import/check` and `POST /api/office/import`. The ids are the office's, so that
 * a repeated import is the same one. `source` is where the old system had the clients' data from.
 */
export const importRequestSchema = z.strictObject({
  source: sourceSchema,
  records: z.array(importRecordSchema).check(z.minLength(1), z.maxLength(importLimits.records))
})
export type ImportRequest = z.infer<typeof importRequestSchema>

export const importIssueCodes = [
  'missing',
  'unknown',
  'day',
  'order',
  'hours',
  'phone',
  'email',
  'postal-code',
  'long',
  'invalid',
  'identity-code',
  'differs',
  'no-decision',
  'known-client',
  'twice-in-files'
] as const
export type ImportIssueCode = (typeof importIssueCodes)[number]

/** These are said and stop nothing: two people may share a name and a birthday. */
const warnings: readonly ImportIssueCode[] = ['known-client', 'twice-in-files']
export const isWarning = (issue: { readonly code: ImportIssueCode }): boolean =>
  warnings.includes(issue.code)

/** Where and why. There is no field for the cell, so that none can be repeated. */
export const importIssueSchema = z.object({
  file: z.int(),
  row: z.int(),
  kind: z.enum(importKinds as [ImportKind, ...ImportKind[]]),
  field: z.nullable(z.string()),
  code: z.enum(importIssueCodes)
})
export type ImportIssue = z.infer<typeof importIssueSchema>

export const importCountsSchema = z.object({
  clients: z.int(),
  contacts: z.int(),
  decisions: z.int(),
  assignments: z.int()
})
export type ImportCounts = z.infer<typeof importCountsSchema>

/** The dry run. At most `shownIssues` are told one by one; `found` counts them all. */
export const shownIssues = 2000
export const importCheckSchema = z.object({
  counts: importCountsSchema,
  errors: z.int(),
  warnings: z.int(),
  issues: z.array(importIssueSchema)
})
export type ImportCheck = z.infer<typeof importCheckSchema>

/** One line of the import's answer: how far it is, and at last what is there, which is all or nothing. */
export const importLineSchema = z.union([
  z.object({ step: z.enum(['sealing', 'indexing']), done: z.int(), total: z.int() }),
  z.object({ imported: importCountsSchema })
])
export type ImportLine = z.infer<typeof importLineSchema>

const headingSchema = z.string().check(
  z.maxLength(120),
  z.refine((text) => !/[@\u0000-\u001f\u007f]|\d{4}/.test(text))
)

/** Which field a column was, by its heading alone: no cell of any client stands in it. */
export const importMappingSchema = z.strictObject({
  headings: z.array(headingSchema).check(z.minLength(1), z.maxLength(200)),
  targets: z
    .array(z.string().check(z.regex(/^[a-z]*[1-3]?(\.[A-Za-z]{1,20})?$/)))
    .check(z.maxLength(200))
})
export type ImportMapping = z.infer<typeof importMappingSchema>
export const importMappingsSchema = z.object({ mappings: z.array(importMappingSchema) })

/** What a row may name: settings and people that exist. */
export interface ImportTerms {
  readonly source: Source
  readonly organisers: ReadonlySet<string>
  readonly products: ReadonlySet<string>
  readonly workers: ReadonlySet<string>
}

interface DataOf {
  profile: ProfileStatement
  contact: Contact
  decision: Decision
  assignment: Assignment
}
export type ReadRecord = {
  [K in ImportKind]: { readonly kind: K; readonly data: DataOf[K]; readonly record: ImportRecord }
}[ImportKind]

type Cells = Readonly<Record<string, string | undefined>>
type Candidate = Readonly<Record<string, unknown>>

const said = (text: string | undefined): string | undefined => {
  const trimmed = text?.trim()
  return trimmed === '' ? undefined : trimmed
}

const list = z.array(z.string())

/** Words between marks; or, where a word may hold any mark, a list as JSON writes one. */
function listed(text: string | undefined): string[] {
  if (text?.startsWith('["')) {
    const read = list.safeParse(jsonIn(text))
    if (read.success) return read.data
  }
  return (text ?? '')
    .split(/[;\n|]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const yesOf = (text: string | undefined): boolean | null =>
  text === undefined ? false : importedYes(text)

const profileValue: Readonly<Record<string, (text: string) => unknown>> = {
  birthDate: importedDay,
  phone: importedPhone,
  postalCode: importedPostalCode,
  addressProtected: (text) => ({ true: 'yes', false: 'no' })[String(importedYes(text))]
}

/** Another home of the family; nothing of it is said to be protected here, where whoever imports could read it. */
function homeOf({ street, postalCode, town, access }: Cells): Candidate {
  if ([street, postalCode, town, access].every((cell) => cell === undefined)) return {}
  const lines = { street, town, access }
  const told = Object.entries(lines).filter(([, cell]) => cell !== undefined)
  const code = postalCode === undefined ? {} : { postalCode: importedPostalCode(postalCode) }
  return { home: { ...Object.fromEntries(told), ...code, isProtected: false } }
}

const candidates: { [K in ImportKind]: (cells: Cells, terms: ImportTerms) => Candidate } = {
  profile: (cells, { source }) =>
    Object.fromEntries(
      Object.entries(cells).flatMap(([field, text]) =>
        text === undefined
          ? []
          : [[field, { value: (profileValue[field] ?? String)(text), source }]]
      )
    ),
  contact: ({ name, relation, phone, email, custody, note, noContact, ...home }) => ({
    name,
    relation,
    ...homeOf(home),
    ...(phone === undefined ? {} : { phone: importedPhone(phone) }),
    ...(email === undefined ? {} : { email }),
    ...(custody === undefined ? {} : { custody }),
    ...(note === undefined ? {} : { note }),
    noContact: yesOf(noContact)
  }),
  decision: ({
    organiser,
    controller,
    product,
    funding,
    number,
    from,
    until,
    hours,
    per,
    goals
  }) => ({
    organiser,
    controller,
    product,
    funding,
    ...(number === undefined ? {} : { number }),
    from: from && importedDay(from),
    until: until && importedDay(until),
    grantedMinutes: hours && importedMinutes(hours),
    grantedPer: per,
    goals: listed(goals)
  }),
  assignment: ({ worker, from, until, tasks }) => ({
    worker,
    from: from && importedDay(from),
    ...(until === undefined ? {} : { until: importedDay(until) }),
    tasks: listed(tasks)
  })
}

const schemas = {
  profile: profileStatementSchema,
  contact: contactSchema,
  decision: decisionSchema,
  assignment: assignmentSchema
} as const

const fieldNames: Readonly<Record<string, string>> = { grantedMinutes: 'hours', grantedPer: 'per' }

const codeOfField: Readonly<Record<string, ImportIssueCode>> = {
  birthDate: 'day',
  from: 'day',
  until: 'day',
  hours: 'hours',
  phone: 'phone',
  email: 'email',
  postalCode: 'postal-code',
  organiser: 'unknown',
  product: 'unknown',
  funding: 'unknown',
  controller: 'unknown',
  per: 'unknown',
  worker: 'unknown',
  tasks: 'unknown',
  relation: 'unknown',
  custody: 'unknown',
  language: 'unknown',
  addressProtected: 'unknown',
  noContact: 'unknown'
}

interface Fault {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
}

function toldOf(
  fault: Fault,
  cells: Cells,
  candidate: Candidate
): { field: string; code: ImportIssueCode } {
  const [first, inside] = fault.path
  const name = String((first === 'home' ? inside : first) ?? '')
  const field = fieldNames[name] ?? name
  if (cells[field] === undefined) return { field, code: 'missing' }
  if (fault.code === 'too_big' && field !== 'hours') return { field, code: 'long' }
  const isOrder = field === 'until' && /^\d{4}-\d{2}-\d{2}$/.test(String(candidate['until']))
  if (isOrder && fault.code === 'custom' && fault.path.length === 1 && isDay(candidate['until']))
    return { field, code: 'order' }
  return { field, code: codeOfField[field] ?? 'invalid' }
}

const isDay = (text: unknown): boolean =>
  typeof text === 'string' && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

const named: {
  readonly [K in ImportKind]?: Readonly<Record<string, 'organisers' | 'products' | 'workers'>>
} = {
  decision: { organiser: 'organisers', product: 'products' },
  assignment: { worker: 'workers' }
}

/** A fact, or what is wrong with which of its fields: the same at the keyboard and at the server. */
export function readRecord(
  record: ImportRecord,
  terms: ImportTerms
): { read: ReadRecord; issues: null } | { read: null; issues: ImportIssue[] } {
  const { file, row, kind } = record
  const cells: Cells = Object.fromEntries(
    Object.entries(record.fields).map(([field, text]) => [field, said(text)])
  )
  const candidate = candidates[kind](cells, terms)
  const found = new Map<string, ImportIssueCode>()
  for (const [field, kindOfName] of Object.entries(named[kind] ?? {})) {
    const name = cells[field]
    if (name !== undefined && !terms[kindOfName].has(name)) found.set(field, 'unknown')
  }
  const parsed = schemas[kind].safeParse(candidate)
  for (const fault of parsed.error?.issues ?? []) {
    const { field, code } = toldOf(fault, cells, candidate)
    if (!found.has(field)) found.set(field, code)
  }
  if (parsed.success && found.size === 0)
    return { read: { kind, data: parsed.data, record } as ReadRecord, issues: null }
  return {
    read: null,
    issues: [...found].map(([field, code]) => ({ file, row, kind, field, code }))
  }
}
