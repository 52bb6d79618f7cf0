import { Hono } from 'hono'
import { dayAt } from '#contract/day.ts'
import type { Certificate } from '#contract/certificate.ts'
import { endingRequestSchema, type EndingsAnswer } from '#contract/ending.ts'
import { customershipIdSchema } from '#contract/id.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readSummaries } from '#server/customerships/summaries.ts'
import { readParam } from '#server/http/input.ts'
import { changeAtOffice, requireOfficeAccess } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { commitDeletion, deleteCustomership } from './delete-customership.ts'
import { readEnding } from './read-ending.ts'
import { setEndDate } from './set-end-date.ts'

export function endingRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()

  routes.get('/api/office/customerships/:id/ending', async (c) => {
    const { id } = await requireOfficeAccess(c)
    const ending = await readEnding(store, id, clock.now())
    if (!ending) throw new Problem('not-found')
    return c.json(ending)
  })

  routes.post('/api/office/customerships/:id/ending', async (c) => {
    const { id } = await requireOfficeAccess(c)
    const { organisation } = await requireOrganisation(store)
    const { deleteAfterDays } = organisation.policy
    await changeAtOffice(c, endingRequestSchema, 'organising', (change, ending) =>
      setEndDate(change, ending, dayAt(clock.now()), deleteAfterDays)
    )
    return c.json(await readEnding(store, id, clock.now()))
  })

  // Asked again after its answer was lost, it answers the same certificate.
  routes.post('/api/office/customerships/:id/deletion', async (c) => {
    const user = await requireMainUser(c)
    const id = readParam(c, 'id', customershipIdSchema)
    const standing = await store.certificates.find(id)
    if (standing) return c.json({ certificate: standing })
    await requireOfficeAccess(c)
    const plan = await store.register.transact(async (tx) => {
      const ending = await readEnding(store, id, clock.now())
      if (!ending) throw new Problem('not-found')
      if (ending.open.length > 0) throw new Problem('something-open')
      const use = {
        customership: id,
        user: user.id,
        kind: 'delete',
        purpose: 'organising'
      } as const
      await recordUse(store, clock, use)
      return commitDeletion(parts, tx, id, 'asked', user.id)
    })
    if (!plan) throw new Problem('not-found')
    const certificate: Certificate = await deleteCustomership(parts, plan)
    return c.json({ certificate })
  })

  routes.get('/api/office/endings', async (c) => {
    const user = await requireMainUser(c)
    const list = { customership: null, user: user.id, kind: 'list', purpose: 'organising' } as const
    await recordUse(store, clock, list)
    const now = clock.now()
    const facts = await store.register.list({ states: ['ending', 'closed'] })
    const endings: EndingsAnswer['endings'] = []
    for (const summary of await readSummaries(store, user, facts, now)) {
      const { id, firstName, lastName, state, endDay, deleteBy } = summary
      const ending = await readEnding(store, id, now)
      if (!ending || !endDay || !deleteBy) continue
      const devices = ending.holdings.filter(({ purgedAt }) => purgedAt === null).length
      const { open } = ending
      endings.push({ id, firstName, lastName, state, endDay, deleteBy, open, devices })
    }
    endings.sort((a, b) => a.deleteBy.localeCompare(b.deleteBy))
    const answer: EndingsAnswer = { endings, certificates: await store.certificates.list() }
    return c.json(answer)
  })

  return routes
}
