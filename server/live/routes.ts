import { Hono, type Context } from 'hono'
import { deviceIdSchema } from '#contract/id.ts'
import { requireOwnDevice } from '#server/http/device.ts'
import { readParam } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser, signedInBy } from '#server/http/session.ts'
import type { Bell, Listener } from './bell.ts'

const unheld = { keepsAlive: false }

/** Lines that tell when there is something to fetch. Listening is no use: it keeps no session alive. */
export function liveRoutes(parts: Parts, bell: Bell): Hono {
  const routes = new Hono()

  function listen(c: Context, listener: Listener): Response {
    // A connection that only listened is of no further use, and would hold up a server that stops.
    const headers = {
      'Content-Type': 'text/event-stream',
      'X-Accel-Buffering': 'no',
      Connection: 'close'
    }
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    const stream = bell.open(listener)
    if (!stream) throw new Problem('too-many', undefined, { 'Retry-After': '30' })
    return c.body(stream, 200, headers)
  }

  routes.get('/api/devices/:id/live', async (c) => {
    const id = readParam(c, 'id', deviceIdSchema)
    const { user, device } = await requireOwnDevice(c, id, unheld)
    return listen(c, {
      device: device.id,
      user: user.id,
      browser: device.id,
      async mayListen() {
        const now = await signedInBy(parts, user.session)
        const known = await parts.store.devices.find(device.id)
        return now?.pending.length === 0 && known?.revokedAt === null && known.user === now.id
      }
    })
  })

  routes.get('/api/office/live', async (c) => {
    const { id: user, session } = await requireMainUser(c, unheld)
    return listen(c, {
      device: null,
      user,
      browser: session,
      async mayListen() {
        const now = await signedInBy(parts, session)
        return now?.pending.length === 0 && now.role === 'main-user'
      }
    })
  })

  return routes
}
