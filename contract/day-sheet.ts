import * as z from 'zod/mini'
import { contactSchema } from './contact.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { addDays, type Day } from './day.ts'
import { entriesOf, type Entry } from './entry.ts'
import { customershipIdSchema, entryIdSchema, settingIdSchema, userIdSchema } from './id.ts'
import { valueSchemas } from './profile.ts'
import { hasProtectedAddress } from './protected-address.ts'
import { wordsSchema } from './text.ts'
import type { Visit } from './visit.ts'

/**
 * What paper may say of a family for one visit: whom to meet, where, what can hurt somebody and whom to
 * call. No surname, no birth date and no way in: a sheet that is lost opens no door. A protected address
 * (turvakielto) is never on it.
 */
export const sheetVisitSchema = z.object({
  id: entryIdSchema,
  customership: customershipIdSchema,
  product: settingIdSchema,
  plannedStart: z.optional(momentSchema),
  plannedEnd: z.optional(momentSchema),
  firstName: z.string(),
  phone: z.optional(valueSchemas.phone),
  street: z.optional(valueSchemas.street),
  postalCode: z.optional(valueSchemas.postalCode),
  town: z.optional(valueSchemas.town),
  isProtected: z.boolean(),
  allergies: z.optional(wordsSchema(1000)),
  health: z.optional(wordsSchema(2000)),
  needs: z.optional(wordsSchema(2000)),
  pets: z.optional(wordsSchema(500)),
  contacts: z.array(
    z.pick(contactSchema, { name: true, relation: true, phone: true, note: true, noContact: true })
  )
})
export type SheetVisit = z.infer<typeof sheetVisitSchema>

/** The body of `POST /api/office/week/day-sheet`: one worker's day on paper. */
export const daySheetRequestSchema = z.strictObject({ worker: userIdSchema, day: daySchema })
export type DaySheetRequest = z.infer<typeof daySheetRequestSchema>

/** `number` counts what this user has printed today. */
export const daySheetSchema = z.object({
  number: z.int(),
  printedAt: momentSchema,
  visits: z.array(sheetVisitSchema)
})
export type DaySheet = z.infer<typeof daySheetSchema>

/** What makes a sheet one that was counted. */
export type Printed = Pick<DaySheet, 'number' | 'printedAt'>

/** §12: printouts are destroyed at once; what is for a day goes by the end of the day after it. */
export const destroyedBy = (day: Day): Day => addDays(day, 1)

/** What nobody goes to any more is on no sheet. */
export const isOnSheet = ({ state, forkOf }: Pick<Visit, 'state' | 'forkOf'>): boolean =>
  forkOf === undefined && (state === 'planned' || state === 'started')

const printed = ['phone', 'allergies', 'health', 'needs', 'pets'] as const
const places = ['street', 'postalCode', 'town'] as const

/** One visit for a sheet, out of its customership's entries; null without a profile to say whose it is. */
export function sheetVisit(
  {
    id,
    customership,
    data
  }: Pick<Entry<'visit'>, 'id' | 'data'> & Pick<SheetVisit, 'customership'>,
  entries: readonly Entry[]
): SheetVisit | null {
  const [profile] = entriesOf(entries, 'profile')
  if (!profile) return null
  const isProtected = hasProtectedAddress(profile.data)
  const said = [...printed, ...(isProtected ? [] : places)].flatMap((field) => {
    const recorded = profile.data[field]
    return recorded ? [[field, recorded.value]] : []
  })
  const { product, plannedStart, plannedEnd } = data
  return {
    ...(Object.fromEntries(said) as Partial<SheetVisit>),
    id,
    customership,
    product,
    ...(plannedStart ? { plannedStart } : {}),
    ...(plannedEnd ? { plannedEnd } : {}),
    firstName: profile.data.firstName.value,
    isProtected,
    contacts: entriesOf(entries, 'contact')
      .filter((contact) => contact.data.phone !== undefined || contact.data.noContact)
      .map((contact) => {
        const { name, relation, phone, note, noContact } = contact.data
        return {
          name,
          relation,
          noContact,
          ...(phone ? { phone } : {}),
          ...(noContact && note ? { note } : {})
        }
      })
  }
}
