import { Hono } from 'hono'
import { dayAt } from '#contract/day.ts'
import type { UserId } from '#contract/id.ts'
import {
  policyRequestSchema,
  rulesRequestSchema,
  type OrganisationAnswer
} from '#contract/settings.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { readBody } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { wrongInRules } from './replace-rules.ts'

/** The settings of the organisation, which fill the office's forms. */
export function organisationRoutes({ store, clock }: Parts): Hono {
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

  app.put('/api/office/organisation/rules', async (c) => {
    await requireMainUser(c)
    const { based, rules } = await readBody(c, rulesRequestSchema)
    const { revision: current, organisation } = await requireOrganisation(store)
    if (current !== based) throw new Problem('conflict')
    const issues = wrongInRules(organisation, rules, dayAt(clock.now()))
    if (issues.length > 0) throw new Problem('invalid', issues)
    const revision = await store.organisation.replace(based, { ...organisation, rules })
    if (revision === null) throw new Problem('conflict')
    return c.json({ revision })
  })

  app.put('/api/office/organisation/policy', async (c) => {
    await requireMainUser(c)
    const { based, ...asked } = await readBody(c, policyRequestSchema)
    const { revision: current, organisation } = await requireOrganisation(store)
    if (current !== based) throw new Problem('conflict')
    const users = await store.users.list()
    const isMainUser = (id: UserId) =>
      users.some((user) => user.id === id && user.role === 'main-user' && user.state !== 'closed')
    if (!asked.warned.every(isMainUser))
      throw new Problem('invalid', [{ path: ['warned'], code: 'unknown' }])
    const policy = { ...organisation.policy, ...asked }
    const revision = await store.organisation.replace(based, { ...organisation, policy })
    if (revision === null) throw new Problem('conflict')
    return c.json({ revision })
  })

  return app
}
