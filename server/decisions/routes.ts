import { Hono } from 'hono'
import { decisionRequestSchema } from '#contract/customership.ts'
import { changeAtOffice } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordDecision } from './record-decision.ts'

export function decisionRoutes({ store }: Parts): Hono {
  const routes = new Hono()

  routes.post('/api/office/customerships/:id/decisions', async (c) => {
    const { organisation } = await requireOrganisation(store)
    const written = await changeAtOffice(
      c,
      decisionRequestSchema,
      'organising',
      (change, decision, by) => recordDecision(change, decision, by.id, organisation)
    )
    return c.json(written, 201)
  })

  return routes
}
