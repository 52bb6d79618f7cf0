import * as z from 'zod/mini'
import { monthSchema, monthsFrom } from './month.ts'
import type { Role, Task } from './role.ts'
import { visitOutcomeSchema } from './tally.ts'

/** Fewer clients than this are nobody's statistic: each could be recognised. */
export const fewestCustomers = 5

const mostMonths = 60

/** So far ahead it is told what runs out: the running month and those after it. */
export const monthsAhead = 12

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

const placeShape = {
  month: monthSchema,
  organiser: z.nullable(z.string()),
  product: z.nullable(z.string())
}

/** `small`: too few clients. `covering`: a sum from which such a place could be computed. */
const hiddenSchema = z.nullable(z.enum(['small', 'covering']))

/** One month's figures of one organiser and product; null stands for all. Nothing finer is told. */
export const statisticSchema = z.object({
  ...placeShape,
  figures: z.nullable(figuresSchema),
  hidden: hiddenSchema
})
export type Statistic = z.infer<typeof statisticSchema>

/** One number of a place. Null where it is hidden. */
export const toldSumSchema = z.object({
  ...placeShape,
  amount: z.nullable(z.int()),
  hidden: hiddenSchema
})
export type ToldSum = z.infer<typeof toldSumSchema>

export const statisticsAnswerSchema = z.object({
  from: monthSchema,
  until: monthSchema,
  statistics: z.array(statisticSchema),
  /** §6: minutes granted, up to the running month. Their clients are others than those who had a visit. */
  granted: z.array(toldSumSchema),
  /** How many decisions run out without a next one, in the months that come, whatever months were asked for. */
  expiring: z.object({ from: monthSchema, until: monthSchema, sums: z.array(toldSumSchema) })
})
export type StatisticsAnswer = z.infer<typeof statisticsAnswerSchema>
