import { Hono } from 'hono'
import { decisionRequestSchema } from '#contract/customership.ts'
import { changeAtOffice } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordDecision } from './record-decision.ts'

export function decisionRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  routes.post('/api/office/customerships/:id/decisions', async (c) => {
    const { organisation } = await requireOrganisation(store)
    const written = await changeAtOffice(
      c,
      decisionRequestSchema,
      'organising',
      (change, request, by) => recordDecision(change, request, by.id, organisation, clock.now())
    )
    return c.json(written, 201)
  })

  return routes
}
