import { Hono } from 'hono'
import { toMoment } from '#contract/day.ts'
import { openMatterSchema, type SelfCheck } from '#contract/self-check.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { Parts } from '#server/http/parts.ts'
import { pendingOf } from '#server/http/pending.ts'
import { requireMainUser } from '#server/http/session.ts'
import { countOpen, type CountedElsewhere } from './count-open.ts'

/** §12: what whoever answers for the register, or oversees it, finds open. Counts only. */
export function oversightRoutes({ store, clock }: Parts, elsewhere: CountedElsewhere): Hono {
  const routes = new Hono()

  routes.get('/api/office/self-check', async (c) => {
    await requireMainUser(c)
    const now = clock.now()
    const { organisation } = await requireOrganisation(store)
    const counts = await countOpen(
      store,
      now,
      (user) => pendingOf(user, organisation, now),
      elsewhere
    )
    const open = openMatterSchema.options.map((matter) => ({ matter, count: counts[matter] }))
    const answer: SelfCheck = { at: toMoment(now), open }
    return c.json(answer)
  })

  return routes
}
