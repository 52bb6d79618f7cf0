import * as z from 'zod/mini'
import { monthSchema, monthsFrom } from './month.ts'
import type { Role, Task } from './role.ts'
import { visitOutcomeSchema } from './tally.ts'

/** Fewer clients than this are nobody's statistic: each could be recognised. */
export const fewestCustomers = 5

const mostMonths = 60

/** §12: rights are limited by the task. */
export const mayReadStatistics = ({
  role,
  tasks
}: {
  role: Role
  tasks: readonly Task[]
}): boolean =>
  role === 'main-user' && tasks.some((task) => task === 'reporting' || task === 'administration')

/** `GET /api/office/statistics?from=&until=`: both months belong to it. */
export const statisticsRequestSchema = z
  .strictObject({ from: monthSchema, until: monthSchema })
  .check(
    z.refine(
      ({ from, until }) => {
        const { length } = monthsFrom(from, until)
        return length > 0 && length <= mostMonths
      },
      { path: ['until'] }
    )
  )

/** What may be told. Null: it could tell what a hidden place holds. */
export const figuresSchema = z.object({
  customers: z.nullable(z.int()),
  visits: z.int(),
  completed: z.nullable(z.int()),
  outcomes: z.nullable(z.record(visitOutcomeSchema, z.int())),
  plannedMinutes: z.nullable(z.int()),
  actualMinutes: z.nullable(z.int()),
  billableMinutes: z.nullable(z.int())
})
export type Figures = z.infer<typeof figuresSchema>

/** One month's figures of one organiser and product; null stands for all. Nothing finer is told. */
export const statisticSchema = z.object({
  month: monthSchema,
  organiser: z.nullable(z.string()),
  product: z.nullable(z.string()),
  figures: z.nullable(figuresSchema),
  /** `small`: too few clients. `covering`: a sum from which such a place could be computed. */
  hidden: z.nullable(z.enum(['small', 'covering']))
})
export type Statistic = z.infer<typeof statisticSchema>

export const statisticsAnswerSchema = z.object({
  from: monthSchema,
  until: monthSchema,
  statistics: z.array(statisticSchema)
})
export type StatisticsAnswer = z.infer<typeof statisticsAnswerSchema>
