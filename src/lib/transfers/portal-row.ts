import type { Day } from '#contract/day.ts'
import { daySchema } from '#contract/day-shape.ts'
import { importedDay, importedMinutes } from '#contract/import-value.ts'
import type { ServiceEventState } from '#contract/service-event.ts'
import { plain } from '#lib/import/guess.ts'
import type { Table } from '#lib/import/table.ts'

/** What a column of a portal's list may be. */
export const portalColumns = [
  'reference',
  'number',
  'startDay',
  'startTime',
  'hours',
  'value',
  'state'
] as const
export type PortalColumn = (typeof portalColumns)[number]

/** One event as a portal's list tells it. Null: the list does not say. */
export interface PortalRow {
  /** As a spreadsheet numbers it. */
  readonly line: number
  readonly reference: string | null
  readonly number: string | null
  readonly day: Day | null
  /** `9:05` in minutes of the day. */
  readonly startMinute: number | null
  readonly minutes: number | null
  readonly valueCents: number | null
  readonly state: ServiceEventState | null
  /** How it stands in the portal's own words, where they are none of the known states. */
  readonly otherState: string | null
}

const headings: readonly (readonly [RegExp, PortalColumn])[] = [
  [/^(viite|ulkoinentunnus|tapahtumatunnus|referens|reference|id)$/, 'reference'],
  [
    /^((palvelu)?setelin?|päätös|päätöksen|sopimus)?(numero|nro|tunnus)$|^palveluseteli$|^(sedel|beslut(s)?)?(nummer|nr)$|^(voucher|decision)?(number|no)$/,
    'number'
  ],
  [
    /^(alku|aloitus)?(päivä|pvm|päivämäärä)$|^alkaa$|^alku$|^(start)?(datum|dag)$|^start(s|date)?$|^date$/,
    'startDay'
  ],
  [/^(alku|aloitus)?(aika|klo|kello)$|^(start)?(tid|klockslag)$|^(start)?time$/, 'startTime'],
  [
    /^(määrä|yksiköt|yksikkömäärä|tunnit|tuntia|kesto)$|^(mängd|antal|timmar)$|^(units|hours|quantity)$/,
    'hours'
  ],
  [/^(arvo|summa|hinta|yhteensä)(€|eur)?$|^(värde|belopp)$|^(value|amount|total)$/, 'value'],
  [/^(tila|status|käsittelytila|tilanne)$|^(läge|tillstånd)$|^state$/, 'state']
]

/** By their headings, in any of three languages. No column is guessed twice. */
export function guessColumns(names: readonly string[]): (PortalColumn | '')[] {
  const taken = new Set<PortalColumn>()
  return names.map((name) => {
    const text = plain(name)
    const found = headings.find(([shape]) => shape.test(text))?.[1]
    if (found === undefined || taken.has(found)) return ''
    taken.add(found)
    return found
  })
}

const states: readonly (readonly [RegExp, ServiceEventState])[] = [
  [/^(luonnos|kesken|utkast|draft)/, 'draft'],
  [/^(tarkastettavana|tarkistettavana|granskas|underreview)/, 'under-review'],
  [/^(hyväksytty|godkänd|approved)/, 'approved'],
  [/^(tilitetty|redovisad|settled)/, 'settled'],
  [/^(maksettu|betald|paid)/, 'paid'],
  [/^(hyvitetty|hyvitys|krediterad|credited)/, 'credited'],
  [/^(kirjattu|registrerad|bokförd|recorded)/, 'recorded']
]

/** What undoes an event, also behind a word that is known: `Tilitetty, palautettu` is not settled. */
const undone =
  /hylätty|palaut|poist|peru|avvisa|återkalla|återta|borttag|reject|return|remov|cancel/

function stateIn(text: string): ServiceEventState | null {
  const word = plain(text)
  if (undone.test(word)) return null
  return states.find(([shape]) => shape.test(word))?.[1] ?? null
}

function dayIn(text: string): Day | null {
  const day = daySchema.safeParse(importedDay(text))
  return day.success ? day.data : null
}

/** `9.05`, `9:05` and `klo 9:05:00`, alone or behind a day. */
function minuteIn(text: string): number | null {
  const found = /(?:^|\s|T)(?:klo\s+)?(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?$/.exec(text)
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])]
  return found && hour < 24 && minute < 60 ? hour * 60 + minute : null
}

/** `1 250,50 €` in whole cents. */
function centsIn(text: string): number | null {
  const bare = text.replaceAll(/[\s\u00a0€]|eur$/gi, '').replace(',', '.')
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(bare)) return null
  const [euros = '0', cents = ''] = bare.split('.')
  return Number(euros) * 100 + Number(cents.padEnd(2, '0'))
}

/** Cells by what their columns are; what cannot be read is not said. */
export function portalRows(table: Table, columns: readonly (PortalColumn | '')[]): PortalRow[] {
  return table.rows.map(({ line, cells }) => {
    const cell = (column: PortalColumn) => cells[columns.indexOf(column)]?.trim() ?? ''
    const started = cell('startDay')
    const state = stateIn(cell('state'))
    return {
      line,
      reference: cell('reference') || null,
      number: cell('number') || null,
      day: dayIn(started),
      startMinute: minuteIn(cell('startTime')) ?? minuteIn(started),
      minutes: importedMinutes(cell('hours')),
      valueCents: centsIn(cell('value')),
      state,
      otherState: state === null ? cell('state') || null : null
    }
  })
}
