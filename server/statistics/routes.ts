import { Hono } from 'hono'
import { tellMonth } from '#contract/small-counts.ts'
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
import { keepTallying, sumTallies } from './tallying.ts'

/** Hours and visits without identities. Small numbers are hidden here: they never reach a browser. */
export function statisticsRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()
  const tallying = keepTallying(store)

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
    const tallies = await sumTallies(store, tallying, from, until)
    const months = Map.groupBy(tallies, ({ month }) => month)
    const statistics = [...months.values()].flatMap((month) => tellMonth(month))
    const answer: StatisticsAnswer = { from, until, statistics }
    return c.json(answer)
  })

  return routes
}
