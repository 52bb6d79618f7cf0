import type { Context, MiddlewareHandler } from 'hono'
import { protocolHeader, protocolVersion } from '#contract/version.ts'
import { isJson } from './input.ts'
import { requireAdmittedLength } from './limits.ts'
import { requireSameOrigin } from './origin.ts'
import { Problem } from './problem.ts'
import type { RouteTable } from './route-table.ts'
import { requireUploadType, uploads } from './uploads.ts'

/** What is read without speaking the protocol. */
export const openToAll = new Set([
  '/api/health',
  '/api/metrics',
  '/api/openapi.json',
  '/api/certificates/key'
])

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

function requireProtocol(c: Context): void {
  const spoken = c.req.header(protocolHeader)
  if (spoken === undefined || !/^\d{1,4}$/.test(spoken)) throw new Problem('protocol')
  if (Number(spoken) < 1 || Number(spoken) > protocolVersion) throw new Problem('protocol')
}

/** A body, wherever it is announced, is JSON. */
function requireJsonBody(c: Context): void {
  const type = c.req.header('content-type')
  const announced =
    (c.req.header('content-length') ?? '0') !== '0' ||
    c.req.header('transfer-encoding') !== undefined
  if ((type !== undefined || announced) && !isJson(type)) throw new Problem('not-json')
  if (c.req.header('content-encoding') !== undefined) throw new Problem('not-json')
}

/** What every request of the API must satisfy before anybody looks at who sends it. */
export function gate(routes: () => RouteTable): MiddlewareHandler {
  return async (c, next) => {
    const path = c.req.path
    // No word of ours has it in it, and not every engine can look for it.
    if (/%00|\0/.test(path)) throw new Problem('not-found')
    if (!openToAll.has(path)) requireProtocol(c)
    const { allowed, pattern } = routes().at(path)
    if (allowed.length === 0) throw new Problem('not-found')
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
    if (!allowed.includes(method))
      throw new Problem('wrong-method', undefined, { Allow: allowed.join(', ') })
    if (changing.has(method)) {
      const upload = uploads[`${method} ${pattern}`]
      if (upload) requireUploadType(c, upload)
      else requireJsonBody(c)
      requireSameOrigin(c)
      requireAdmittedLength(c, upload?.limitBytes)
    }
    await next()
  }
}
