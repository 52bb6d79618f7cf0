import { Hono } from 'hono'
import type { CustomershipId } from '#contract/id.ts'
import type { Parts } from '#server/http/parts.ts'
import { requireMainUser } from '#server/http/session.ts'
import { readFeed } from './feed.ts'

export function noteRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  routes.get('/api/office/notes', async (c) => {
    const user = await requireMainUser(c)
    const feed = await readFeed(store, user, clock.now())
    const shown = new Set<CustomershipId>(feed.notes.map(({ customership }) => customership))
    await store.usage.append(
      [...shown].map((customership) => ({
        customership,
        user: user.id,
        device: null,
        kind: 'list',
        purpose: 'organising',
        at: clock.now()
      }))
    )
    return c.json(feed)
  })

  return routes
}
