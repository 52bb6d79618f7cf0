import { Hono } from 'hono'
import type { OrganisationAnswer } from '#contract/organisation.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'

/** The settings of the organisation, which fill the office's forms. */
export function organisationRoutes({ store }: Parts): Hono {
  const app = new Hono()

  app.get('/api/office/organisation', async (c) => {
    await requireMainUser(c)
    const { revision, organisation } = await store.organisation.read()
    if (!organisation) throw new Problem('not-found')
    const people = (await store.users.list())
      .filter(({ state }) => state !== 'closed')
      .map(({ id, displayName, role }) => ({ id, displayName, role }))
    const answer: OrganisationAnswer = { revision, organisation, people }
    return c.json(answer)
  })

  return app
}
