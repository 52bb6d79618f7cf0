import { Hono } from 'hono'
import { dayAt } from '#contract/day.ts'
import type { Peopled } from '#contract/place.ts'
import { tellMonth, tellSums } from '#contract/small-counts.ts'
import {
  mayReadStatistics,
  statisticsRequestSchema,
  type StatisticsAnswer
} from '#contract/statistics.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { inTurns } from '#server/in-turns.ts'
import { comingMonths, keepTallying, sumCounted } from './tallying.ts'

/** Hours, grants and what runs out, without identities. Small numbers are hidden here: they never reach a browser. */
export function statisticsRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()
  const tallying = keepTallying(store, clock)

  routes.get('/api/office/statistics', async (c) => {
    const user = await requireMainUser(c)
    if (!mayReadStatistics(user)) throw new Problem('not-allowed')
    const { from, until } = parseInput(statisticsRequestSchema, c.req.query())
    await recordUse(store, clock, {
      customership: null,
      user: user.id,
      kind: 'list',
      purpose: 'statistics'
    })
    const coming = comingMonths(dayAt(clock.now()))
    const counted = await sumCounted(store, tallying, { from, until }, coming)
    const answer: StatisticsAnswer = {
      from,
      until,
      statistics: await tellByMonth(counted.visits, tellMonth),
      granted: await tellByMonth(counted.granted, (month) => tellSums(month, 0)),
      expiring: {
        ...coming,
        sums: await tellByMonth(counted.expiring, (month) => tellSums(month, 1))
      }
    }
    return c.json(answer)
  })

  return routes
}

/** What may be told of a month is a good deal to find out, and others wait for it one month at most. */
async function tellByMonth<P extends Peopled, T>(
  places: readonly P[],
  tell: (month: readonly P[]) => readonly T[]
): Promise<T[]> {
  const told: T[] = []
  await inTurns([...Map.groupBy(places, ({ month }) => month).values()], (month) => {
    told.push(...tell(month))
  })
  return told
}
