import * as z from 'zod/mini'
import { destroyedBy } from './day-sheet.ts'
import { daySchema, momentSchema } from './day-shape.ts'
import { dayAt, type Day } from './day.ts'
import { printIdSchema, userIdSchema } from './id.ts'

/** What is printed for our own work. What is made for a recipient is theirs, and not ours to destroy. */
export const printKindSchema = z.enum(['day-sheet'])
export type PrintKind = z.infer<typeof printKindSchema>

/** §12: a print that nobody has said to be destroyed. Ids, codes and days: it names nobody. */
export const openPrintSchema = z.object({
  id: printIdSchema,
  kind: printKindSchema,
  printedAt: momentSchema,
  /** Which day it is of. */
  day: daySchema,
  /** The last day it may be in use. */
  destroyBy: daySchema
})
export type OpenPrint = z.infer<typeof openPrintSchema>

/** `GET /api/prints`, and of another user `GET /api/office/users/{id}/prints`: the oldest first. */
export const openPrintsSchema = z.object({ prints: z.array(openPrintSchema) })

/** `POST /api/prints/{id}/destruction`: who said first that it was destroyed, and when. */
export const destructionSchema = z.object({
  id: printIdSchema,
  destroyedAt: momentSchema,
  destroyedBy: userIdSchema
})
export type Destruction = z.infer<typeof destructionSchema>

/** As the sheet itself says; one of a day that was past already is used on the day it is printed. */
export function lastDayOf({ day, at }: { readonly day: Day; readonly at: number }): Day {
  const printed = dayAt(at)
  return destroyedBy(day > printed ? day : printed)
}
