import type { Day } from '#contract/day.ts'
import { toMoment } from '#contract/day.ts'
import type { CustomershipId, UserId } from '#contract/id.ts'
import { identityCodePaths } from '#contract/identity-code.ts'
import {
  readRecord,
  type ImportCounts,
  type ImportIssue,
  type ImportRecord,
  type ImportTerms,
  type ReadRecord
} from '#contract/import.ts'
import { recordStatement } from '#contract/profile.ts'
import type { NewCustomership, NewEntry } from '#server/store/sealed-customership.ts'
import { inTurns } from '#server/in-turns.ts'

/** Who is said to be a client, and where: by this the same person is met twice. */
export interface NamedClient {
  readonly client: CustomershipId
  readonly file: number
  readonly row: number
  readonly firstName: string
  readonly lastName: string
  readonly birthDate: Day | null
}

export interface Judged {
  readonly counts: ImportCounts
  readonly issues: readonly ImportIssue[]
  readonly openings: readonly NewCustomership[]
  readonly named: readonly NamedClient[]
}

interface Begun {
  readonly first: ImportRecord
  readonly read: ReadRecord[]
  hasProfile: boolean
  hasDecision: boolean
}

/** §8: which cell holds a personal identity code is told; the code is not, and nothing of it is kept. */
function identityCodesIn({ file, row, kind, fields }: ImportRecord): ImportIssue[] {
  return identityCodePaths(fields).map(([field]) => ({
    file,
    row,
    kind,
    field: String(field),
    code: 'identity-code'
  }))
}

/** Every record read by the rules, and every fault of every one of them: nothing is written here. */
export async function judge(
  records: readonly ImportRecord[],
  terms: ImportTerms,
  by: UserId,
  now: number
): Promise<Judged> {
  const issues: ImportIssue[] = []
  const clients = new Map<CustomershipId, Begun>()
  const ids = new Set<string>()
  await inTurns(records, (record) => {
    const begun = beginOf(clients, record)
    const { file, row, kind } = record
    const name = `${record.client}/${record.id}`
    const isTwice = ids.has(name) || (kind === 'profile' && begun.hasProfile)
    ids.add(name)
    if (kind === 'profile') begun.hasProfile = true
    if (kind === 'decision') begun.hasDecision = true
    if (isTwice) issues.push({ file, row, kind, field: null, code: 'invalid' })
    const codes = identityCodesIn(record)
    issues.push(...codes)
    if (codes.length > 0) return
    const { read, issues: found } = readRecord(record, terms)
    if (read) begun.read.push(read)
    else issues.push(...found)
  })
  for (const { first, hasProfile, hasDecision } of clients.values()) {
    const { file, row } = first
    if (!hasProfile) issues.push({ file, row, kind: 'profile', field: 'lastName', code: 'missing' })
    // §6: a customership begins with a decision of its organiser.
    if (!hasDecision) issues.push({ file, row, kind: 'decision', field: null, code: 'no-decision' })
  }
  const openings: NewCustomership[] = []
  if (issues.length === 0)
    await inTurns([...clients], ([id, begun]) => openings.push(openingOf(id, begun, by, now)))
  return { counts: countsOf(records, clients.size), issues, openings, named: namesOf(clients) }
}

function beginOf(clients: Map<CustomershipId, Begun>, record: ImportRecord): Begun {
  const known = clients.get(record.client)
  if (known) return known
  const begun: Begun = { first: record, read: [], hasProfile: false, hasDecision: false }
  clients.set(record.client, begun)
  return begun
}

function openingOf(id: CustomershipId, { read }: Begun, by: UserId, now: number): NewCustomership {
  const days = read.flatMap((each) => (each.kind === 'decision' ? [each.data.from] : [])).sort()
  const [startDay] = days
  if (!startDay) throw new Error('a customership begins with a decision')
  return { id, startDay, entries: read.map((each) => entryOf(each, by, now)) }
}

function entryOf(read: ReadRecord, by: UserId, now: number): NewEntry {
  const { id } = read.record
  if (read.kind !== 'profile') return { ...read, id }
  return { kind: 'profile', id, data: recordStatement(read.data, null, by, toMoment(now)) }
}

function countsOf(records: readonly ImportRecord[], clients: number): ImportCounts {
  const count = (kind: ImportRecord['kind']) =>
    records.filter((record) => record.kind === kind).length
  return {
    clients,
    contacts: count('contact'),
    decisions: count('decision'),
    assignments: count('assignment')
  }
}

function namesOf(clients: ReadonlyMap<CustomershipId, Begun>): NamedClient[] {
  return [...clients].flatMap(([client, { read }]) =>
    read.flatMap((each) =>
      each.kind === 'profile'
        ? {
            client,
            file: each.record.file,
            row: each.record.row,
            firstName: each.data.firstName.value,
            lastName: each.data.lastName.value,
            birthDate: each.data.birthDate?.value ?? null
          }
        : []
    )
  )
}
