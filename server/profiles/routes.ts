import { Hono } from 'hono'
import { profileRequestSchema } from '#contract/customership.ts'
import { changeAtOffice } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { stateProfile } from './state-profile.ts'

export function profileRoutes({ clock }: Parts): Hono {
  const routes = new Hono()

  routes.put('/api/office/customerships/:id/profile', async (c) =>
    c.json(
      await changeAtOffice(c, profileRequestSchema, 'organising', (change, statement, by) =>
        stateProfile(change, statement, by.id, clock.now())
      )
    )
  )

  return routes
}
