import { Hono } from 'hono'
import {
  addressRequestSchema,
  profileRequestSchema,
  suggestionDecisionSchema
} from '#contract/customership.ts'
import { entryIdSchema } from '#contract/id.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readBody, readParam } from '#server/http/input.ts'
import { changeAtOffice, requireOfficeAccess } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { decideSuggestion } from './decide-suggestion.ts'
import { readProtectedAddress } from './read-protected-address.ts'
import { stateProfile } from './state-profile.ts'

export function profileRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  routes.put('/api/office/customerships/:id/profile', async (c) =>
    c.json(
      await changeAtOffice(c, profileRequestSchema, 'organising', (change, statement, by) =>
        stateProfile(change, statement, by.id, clock.now())
      )
    )
  )

  // §12: a protected address is read by an act of its own, and the log remembers each time.
  routes.post('/api/office/customerships/:id/address', async (c) => {
    const { user, id, view } = await requireOfficeAccess(c)
    await readBody(c, addressRequestSchema)
    const use = { customership: id, user: user.id, kind: 'show', purpose: 'organising' } as const
    await recordUse(store, clock, use)
    const entries = await store.register.read(id, (reader) => readProtectedAddress(reader, view))
    if (!entries) throw new Problem('not-found')
    return c.json({ entries })
  })

  routes.post('/api/office/customerships/:id/suggestions/:entry', async (c) =>
    c.json(
      await changeAtOffice(c, suggestionDecisionSchema, 'organising', (change, decision, by) =>
        decideSuggestion(change, readParam(c, 'entry', entryIdSchema), decision, by.id, clock.now())
      )
    )
  )

  return routes
}
