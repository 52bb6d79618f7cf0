import * as z from 'zod/mini'

/** A calendar day in Europe/Helsinki, `YYYY-MM-DD`; a day that does not exist is refused. */
export const daySchema = z
  .string()
  .check(
    z.regex(/^\d{4}-\d{2}-\d{2}$/),
    z.refine((text) => {
      const time = Date.parse(`${text}T00:00:00Z`)
      return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
    })
  )
  .brand<'Day'>()

/** RFC 3339 with an offset, to the millisecond at most. */
export const momentSchema = z
  .string()
  .check(
    z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/),
    z.refine((text) => !Number.isNaN(Date.parse(text)))
  )
  .brand<'Moment'>()
