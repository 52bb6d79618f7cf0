import type { ImportIssue, ImportKind, ImportRecord } from '#contract/import.ts'
import type { IdBook } from './id-book.ts'
import type { Row, Table } from './table.ts'
import { parseTarget, wordedOf, type Sayable, type Target, type Worded } from './target.ts'

/** A table with what each of its columns is. */
export interface MappedTable {
  readonly table: Table
  readonly targets: readonly Target[]
}

export interface Choices {
  /** Said once for all rows, where the file says nothing. */
  readonly same: Readonly<Partial<Record<Sayable, string>>>
  /** What each word of the file means, by field. */
  readonly meanings: ReadonlyMap<Worded, ReadonlyMap<string, string>>
}

type Fields = Record<string, string>

/** One row, by kind and group: `contact2` → its fields. */
type Parts = Map<string, { kind: ImportKind; fields: Fields }>

/** `Malli, Aino Maria` and `Malli Aino Maria`: the last name stands first. */
export function splitName(text: string): Fields {
  const [, last = text, first = ''] =
    /^([^,]+?)\s*,\s*(.+)$/.exec(text) ?? /^(\S+)\s+(.+)$/.exec(text) ?? []
  return { lastName: last.trim(), ...(first === '' ? {} : { firstName: first.trim() }) }
}

/** `Mallikatu 1 A 2, 00100 Mallila`. What does not end so is all street. */
export function splitAddress(text: string): Fields {
  const [, street, postalCode, town] = /^(.+?)[\s,]+(\d{5})\s+(\D.*)$/s.exec(text) ?? []
  if (street === undefined || postalCode === undefined || town === undefined)
    return { street: text }
  return { street, postalCode, town }
}

const splits: Readonly<Record<string, (text: string) => Fields>> = {
  fullName: splitName,
  fullAddress: splitAddress
}

const listed = (text: string): string[] =>
  text
    .split(/[;,\n|]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** The words of a cell, each of which may mean something. */
export const wordsIn = (field: Worded, text: string): string[] =>
  field === 'assignment.tasks' ? listed(text) : [text.trim()].filter((word) => word !== '')

/** A word without a meaning stays as it is, and the check names its row. */
function meant(field: Worded, text: string, { meanings }: Choices): string {
  const known = meanings.get(field)
  return wordsIn(field, text)
    .map((word) => known?.get(word) ?? word)
    .join(';')
}

function partsOf({ cells }: Row, targets: readonly Target[], choices: Choices): Parts {
  const parts: Parts = new Map()
  targets.forEach((target, column) => {
    const parsed = parseTarget(target)
    const text = (cells[column] ?? '').trim()
    if (!parsed || text === '') return
    const { kind, group, field } = parsed
    const name = `${kind}${group}`
    const part = parts.get(name) ?? { kind, fields: {} }
    parts.set(name, part)
    const worded = wordedOf(target)
    const value = worded ? meant(worded, text, choices) : text
    Object.assign(part.fields, splits[field]?.(value) ?? { [field]: value })
  })
  return parts
}

/** What the file leaves unsaid of a fact that it does tell of. */
function completed(kind: ImportKind, fields: Fields, parts: Parts, { same }: Choices): Fields {
  const unsaid = Object.entries(same).flatMap(([field, value]) => {
    const [of, name = ''] = field.split('.')
    return of === kind && fields[name] === undefined && value !== '' ? [[name, value] as const] : []
  })
  const from = parts.get('decision1')?.fields['from']
  const since = kind === 'assignment' && from !== undefined ? { from } : {}
  return { ...since, ...Object.fromEntries(unsaid), ...fields }
}

/** By the column that joins rows; without it, by name and birthday; without those a row is a client of its own. */
function keyOf(row: Row, targets: readonly Target[], parts: Parts, file: number): string {
  const key = (row.cells[targets.indexOf('key')] ?? '').trim()
  if (key !== '') return `key\n${key}`
  const { firstName, lastName, birthDate } = parts.get('profile1')?.fields ?? {}
  if (firstName && lastName && birthDate)
    return ['person', firstName, lastName, birthDate].join('\n').toLocaleLowerCase('fi')
  return `row\n${file}\n${row.line}`
}

interface Begun {
  readonly profile: ImportRecord
  readonly told: Set<string>
}

/** Every row of every table as facts of clients: what the server checks and imports. */
export function buildRecords(
  tables: readonly MappedTable[],
  choices: Choices,
  ids: IdBook
): { records: ImportRecord[]; issues: ImportIssue[] } {
  const records: ImportRecord[] = []
  const issues: ImportIssue[] = []
  const clients = new Map<string, Begun>()
  tables.forEach(({ table, targets }, file) => {
    for (const row of table.rows) {
      issues.push(...codesIn(table, targets, row, file))
      const parts = partsOf(row, targets, choices)
      if (parts.size === 0) continue
      const key = keyOf(row, targets, parts, file)
      const client = ids.client(key)
      const at = { file, row: row.line, client }
      let begun = clients.get(key)
      for (const [name, { kind, fields }] of parts) {
        if (kind === 'profile') {
          if (begun) issues.push(...mergeProfile(begun.profile, fields, at))
          else {
            const profile = { ...at, kind, id: ids.entry(`${key}\nprofile`), fields: { ...fields } }
            begun = { profile: profile as ImportRecord, told: new Set() }
            clients.set(key, begun)
            records.push(begun.profile)
          }
          continue
        }
        const whole = completed(kind, fields, parts, choices)
        // A row that is repeated for one more decision repeats the others with it.
        const fact = JSON.stringify([kind, whole])
        if (begun?.told.has(fact)) continue
        begun?.told.add(fact)
        const id = ids.entry([key, file, row.line, name].join('\n'))
        records.push({ ...at, kind, id, fields: whole })
      }
    }
  })
  return { records, issues }
}

/** A later row may add to a client; one that says otherwise is told of. */
function mergeProfile(
  { fields: known }: ImportRecord,
  fields: Fields,
  { file, row }: { file: number; row: number }
): ImportIssue[] {
  const all = known as Record<string, string | undefined>
  return Object.entries(fields).flatMap(([field, value]): ImportIssue[] => {
    const former = (all[field] ??= value)
    return former === value ? [] : [{ file, row, kind: 'profile', field, code: 'differs' }]
  })
}

/** §8: a personal identity code in any column that is imported. It was masked when the file was read. */
function codesIn(
  { codes }: Table,
  targets: readonly Target[],
  { line }: Row,
  file: number
): ImportIssue[] {
  if (codes.size === 0) return []
  return targets.flatMap((target, column): ImportIssue[] => {
    if (target === '' || !codes.has(`${line}/${column}`)) return []
    const parsed = parseTarget(target) ?? { kind: 'profile', field: 'key' }
    return [{ file, row: line, kind: parsed.kind, field: parsed.field, code: 'identity-code' }]
  })
}
