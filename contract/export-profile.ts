import * as z from 'zod/mini'
import { settingIdSchema } from './id.ts'
import { saidSchema, wordsSchema } from './text.ts'

/** What a file for a portal may tell of an event. There is no column for an address, a worker or a word of a note. */
export const exportColumnSchema = z.enum([
  'reference',
  'organiser',
  'number',
  'code',
  'providerUnit',
  'startDay',
  'startTime',
  'endDay',
  'endTime',
  'units',
  'unit',
  'price',
  'value',
  'minutes',
  'outcome',
  'lastName',
  'firstName'
])
export type ExportColumn = z.infer<typeof exportColumnSchema>
export const exportColumns = exportColumnSchema.options

/** How a file is written for one receiver. No public specification of either portal's file exists: it is edited to what one asks for. */
export const exportProfileSchema = z.strictObject({
  id: settingIdSchema,
  name: saidSchema(80),
  columns: z
    .array(z.strictObject({ column: exportColumnSchema, heading: wordsSchema(80) }))
    .check(z.minLength(1), z.maxLength(30)),
  separator: z.enum([';', ',', '\t', '|']),
  decimal: z.enum([',', '.']),
  date: z.enum(['d.m.yyyy', 'yyyy-mm-dd']),
  encoding: z.enum(['utf-8', 'utf-8-mark', 'windows-1252']),
  header: z.boolean()
})
export type ExportProfile = z.infer<typeof exportProfileSchema>

/** What the portals' own forms ask of an event, in their order. */
export const portalColumns = [
  'number',
  'code',
  'providerUnit',
  'startDay',
  'startTime',
  'endDay',
  'endTime',
  'units',
  'price',
  'value'
] as const satisfies readonly ExportColumn[]

const standardHeadings: Readonly<Record<(typeof portalColumns)[number], string>> = {
  number: 'Numero',
  code: 'Sisältö',
  providerUnit: 'Palveluntuottajaosa',
  startDay: 'Alkupäivä',
  startTime: 'Alkuaika',
  endDay: 'Loppupäivä',
  endTime: 'Loppuaika',
  units: 'Määrä',
  price: 'Yksikköhinta',
  value: 'Arvo'
}

/** To begin from. What a receiver wants is edited over it. */
export const standardProfile: ExportProfile = {
  id: 'standard',
  name: 'CSV',
  columns: [
    ...portalColumns.map((column) => ({ column, heading: standardHeadings[column] })),
    { column: 'reference', heading: 'Viite' }
  ],
  separator: ';',
  decimal: ',',
  date: 'd.m.yyyy',
  encoding: 'utf-8-mark',
  header: true
}
