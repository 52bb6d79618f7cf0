import { Hono } from 'hono'
import type { CustomershipId } from '#contract/id.ts'
import { recordUse } from '#server/audit/usage.ts'
import type { Parts } from '#server/http/parts.ts'
import { requireMainUser } from '#server/http/session.ts'
import { readFeed } from './feed.ts'

export function noteRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  routes.get('/api/office/notes', async (c) => {
    const user = await requireMainUser(c)
    const feed = await readFeed(store, user, clock.now())
    const shown = new Set<CustomershipId>(feed.notes.map(({ customership }) => customership))
    const list = { user: user.id, kind: 'list', purpose: 'organising' } as const
    await recordUse(store, clock, ...[...shown].map((customership) => ({ ...list, customership })))
    return c.json(feed)
  })

  return routes
}
