import { Hono } from 'hono'
import { toMoment } from '#contract/day.ts'
import { printIdSchema, userIdSchema } from '#contract/id.ts'
import { lastDayOf, type Destruction, type OpenPrint } from '#contract/print.ts'
import { readParam } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser, requireReady } from '#server/http/session.ts'
import type { PrintTable } from '#server/store/tables.ts'
import { keepsOffice } from '#server/users/rights.ts'

const toOpenPrint = ({ id, kind, at, day }: PrintTable): OpenPrint => ({
  id,
  kind,
  printedAt: toMoment(at),
  day,
  destroyBy: lastDayOf({ day, at })
})

/** §12: whoever printed says that it is destroyed; of one who has left, whoever keeps the office. */
export function printRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  routes.get('/api/prints', async (c) => {
    const { id } = await requireReady(c)
    return c.json({ prints: (await store.prints.open(id)).map(toOpenPrint) })
  })

  routes.get('/api/office/users/:id/prints', async (c) => {
    await requireMainUser(c)
    const id = readParam(c, 'id', userIdSchema)
    if (!(await store.users.find(id))) throw new Problem('not-found')
    return c.json({ prints: (await store.prints.open(id)).map(toOpenPrint) })
  })

  routes.post('/api/prints/:id/destruction', async (c) => {
    const user = await requireReady(c)
    const id = readParam(c, 'id', printIdSchema)
    const print = await store.prints.find(id)
    if (!print || (print.user !== user.id && !keepsOffice(user))) throw new Problem('not-found')
    const destroyed = await store.prints.destroy(id, { by: user.id, at: clock.now() })
    if (!destroyed) throw new Problem('not-found')
    // Said by another already: theirs is the name that stands.
    if (destroyed.destroyedBy !== user.id) throw new Problem('conflict')
    const { destroyedAt, destroyedBy } = destroyed
    return c.json({ id, destroyedAt: toMoment(destroyedAt), destroyedBy } satisfies Destruction)
  })

  return routes
}
