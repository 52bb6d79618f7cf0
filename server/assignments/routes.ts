import { Hono } from 'hono'
import { assignRequestSchema } from '#contract/customership.ts'
import { changeAtOffice } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { assign } from './assign.ts'

export function assignmentRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  routes.post('/api/office/customerships/:id/assignments', async (c) => {
    const written = await changeAtOffice(
      c,
      assignRequestSchema,
      'planning',
      async (change, assignment, by) =>
        assign(
          change,
          assignment,
          by.id,
          await store.users.find(assignment.data.worker),
          clock.now()
        )
    )
    return c.json(written, 201)
  })

  return routes
}
