import { portabilityFormat, portabilitySchema, type Portability } from '#contract/portability.ts'
import { targetLabel } from './labels.ts'
import { tableOf, UnreadableFile, type Row, type Table } from './table.ts'
import type { Target } from './target.ts'

/** A table whose columns are known: nobody has to say what they are. */
export interface KnownTable {
  readonly table: Table
  readonly targets: readonly Target[]
}

/** Whether the text says of itself that it is a portability file (GDPR Art. 20) of this format. */
export const isPortability = (text: string): boolean =>
  text.trimStart().startsWith('{') && text.slice(0, 2000).includes(portabilityFormat)

type Cells = Readonly<Record<Target, string | undefined>>

/** Minutes as a clock shows them: no part of an hour is rounded away. */
const hoursOf = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/**
 * The same rows as another system's table would have: one for the person, one for each contact and each
 * decision, joined by one key. What the file tells of visits, words and papers is not this register's to take in.
 */
function rowsOf({ person, protectedAddress, contacts, decisions }: Portability): Cells[] {
  const key = '1'
  const told = Object.entries({ ...person, ...protectedAddress })
  return [
    { key, ...Object.fromEntries(told.map(([field, value]) => [`profile.${field}`, value])) },
    ...contacts.map(({ name, relation, phone, email, home = {} }) => ({
      key,
      'contact1.name': name,
      'contact1.relation': relation,
      'contact1.phone': phone,
      'contact1.email': email,
      ...Object.fromEntries(
        Object.entries(home).map(([field, value]) => [`contact1.${field}`, value])
      )
    })),
    ...decisions.map(({ grantedMinutes, grantedPer, goals, ...agreed }) => ({
      key,
      ...Object.fromEntries(
        Object.entries(agreed).map(([field, value]) => [`decision1.${field}`, value])
      ),
      'decision1.hours': hoursOf(grantedMinutes),
      'decision1.per': grantedPer,
      'decision1.goals': goals.length > 0 ? JSON.stringify(goals) : undefined
    }))
  ]
}

/** Reads a portability file as a table, so that its records are judged line by line as any other's. */
export function readPortability(text: string): KnownTable {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UnreadableFile('broken')
  }
  const read = portabilitySchema.safeParse(value)
  if (!read.success) throw new UnreadableFile('broken')
  const rows = rowsOf(read.data)
  const targets = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [
    { line: 1, cells: targets.map(headingOf) },
    ...rows.map((row, index): Row => ({
      line: index + 2,
      cells: targets.map((target) => row[target] ?? '')
    }))
  ]
  return { table: tableOf(lines), targets }
}

/** The register's own words for it; two fields of one name are told apart by whose they are. */
const headingOf = (target: Target): string => {
  const [whose = ''] = target.split(/\d?\./)
  return whose === 'contact' || whose === 'decision'
    ? `${targetLabel(target)} (${whose})`
    : targetLabel(target)
}
