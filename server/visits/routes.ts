import { Hono } from 'hono'
import { visitPlanRequestSchema } from '#contract/customership.ts'
import { changeAtOffice } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { planVisit } from './plan-visit.ts'

export function visitRoutes({ store }: Parts): Hono {
  const routes = new Hono()

  routes.post('/api/office/customerships/:id/visits', async (c) => {
    const written = await changeAtOffice(
      c,
      visitPlanRequestSchema,
      'planning',
      async (change, plan, by) =>
        planVisit(change, plan, by.id, await store.users.find(plan.data.worker))
    )
    return c.json(written, 201)
  })

  return routes
}
