import * as z from 'zod/mini'
import { addDays, type Day } from './day.ts'

/** A calendar month in Europe/Helsinki, `YYYY-MM`. */
export const monthSchema = z
  .string()
  .check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/))
  .brand<'Month'>()
export type Month = z.infer<typeof monthSchema>

export function monthOf(day: Day): Month {
  return day.slice(0, 7) as Month
}

const numberOf = (month: Month): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

function monthFrom(number: number): Month {
  const year = String(Math.floor(number / 12)).padStart(4, '0')
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}` as Month
}

export function addMonths(month: Month, months: number): Month {
  return monthFrom(numberOf(month) + months)
}

/** Both belong to it, oldest first; none when `until` is the earlier. */
export function monthsFrom(from: Month, until: Month): Month[] {
  const first = numberOf(from)
  const length = Math.max(0, numberOf(until) - first + 1)
  return Array.from({ length }, (_, index) => monthFrom(first + index))
}

/** Its first and last day. */
export function daysOf(month: Month): { readonly first: Day; readonly last: Day } {
  const first = `${month}-01` as Day
  return { first, last: addDays(`${addMonths(month, 1)}-01` as Day, -1) }
}
