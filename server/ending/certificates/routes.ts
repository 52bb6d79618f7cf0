import { Hono } from 'hono'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'

/** Certificates hold no personal data: whoever is given one checks it by the published key alone. */
export function certificateRoutes({ store, keyStore }: Parts): Hono {
  const routes = new Hono()

  routes.get('/api/certificates/key', (c) => c.json({ keys: [keyStore.publicKey()] }))

  routes.get('/api/office/certificates/:number', async (c) => {
    await requireMainUser(c)
    const certificate = await store.certificates.findByNumber(c.req.param('number'))
    if (!certificate) throw new Problem('not-found')
    return c.json({ certificate })
  })

  return routes
}
