import type { MiddlewareHandler } from 'hono'
import { partsOf } from './parts.ts'
import type { RouteTable } from './route-table.ts'
import { readUserUnasked } from './session.ts'

/**
 * What leaves its line elsewhere, in the commit of what it does: a client's data as uses of it, and
 * whoever signs in as that. What only asks, or is said by a locked tablet, changes nothing.
 */
const elsewhere: readonly RegExp[] = [
  /^POST \/api\/sync\//,
  /^[A-Z]+ \/api\/office\/customerships\/:/,
  /^POST \/api\/session(\/passkey|\/unlock|\/lock)?$/,
  /^POST \/api\/welcome$/,
  /\/(options|search)$/,
  /^POST \/api\/welcome\/status$/,
  /^POST \/api\/devices\/:id\/(state|wiped)$/
]

/** `PUT /api/office/users/:id`: whether who asks for it is written down here. */
export function isAct(method: string, pattern: string): boolean {
  const asked = `${method} ${pattern}`
  return method !== 'GET' && method !== 'HEAD' && !elsewhere.some((shape) => shape.test(asked))
}

/**
 * SECURITY 19: whatever a signed-in user does beside the data of clients is written down before it is
 * done, so that no crash hides it; what is refused then says so in a second line. Who is not signed in
 * changes nothing, and leaves nothing.
 */
export function recordActs(routes: () => RouteTable): MiddlewareHandler {
  return async (c, next) => {
    const { pattern } = routes().at(c.req.path)
    if (pattern === null || !isAct(c.req.method, pattern)) return next()
    const user = await readUserUnasked(c)
    if (!user) return next()
    const { store, clock } = partsOf(c)
    const act = `${c.req.method} ${pattern}`
    const line = await store.acts.append({
      user: user.id,
      act,
      subject: subjectOf(pattern, c.req.path),
      at: clock.now()
    })
    await next()
    if (!c.res.ok) await store.acts.refuse(line, clock.now())
  }
}

const idShape = /^[\w.-]{1,64}$/

/** The id in the address; nothing else that somebody may have written there. */
function subjectOf(pattern: string, path: string): string | null {
  const at = pattern.split('/').findIndex((part) => part.startsWith(':'))
  const value = at < 0 ? '' : (path.split('/')[at] ?? '')
  return idShape.test(value) ? value : null
}
