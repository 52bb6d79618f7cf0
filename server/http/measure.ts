import type { MiddlewareHandler } from 'hono'
import { newRequestId } from '#server/keys/secret.ts'
import { inRequest } from '#server/log.ts'
import { partsOf } from './parts.ts'
import type { RouteTable } from './route-table.ts'

/** Asked again and again by whoever watches: a line for each would drown the others. */
const unlogged = new Set(['/api/health', '/api/metrics'])

/**
 * Gives each request a random id, which its answer and all its lines in the log bear, counts it and
 * tells how it went: §5, by route, status and time. Nobody's own id is taken for it.
 */
export function measure(routes: () => RouteTable): MiddlewareHandler {
  return async (c, next) => {
    const { meters, log } = partsOf(c)
    const request = newRequestId()
    const begunAt = performance.now()
    const isApi = c.req.path.startsWith('/api/')
    await inRequest(request, next)
    c.res.headers.set('X-Request-Id', request)
    const { method } = c.req
    const { status } = c.res
    const milliseconds = performance.now() - begunAt
    const route = isApi ? (routes().at(c.req.path).pattern ?? 'none') : 'app'
    meters.answered({ method, route, status, milliseconds })
    if (isApi && !unlogged.has(route))
      inRequest(request, () => {
        log.write('request', { method, route, status, milliseconds: Math.round(milliseconds) })
      })
  }
}
