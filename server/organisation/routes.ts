import { Hono } from 'hono'
import { dayAt } from '#contract/day.ts'
import { emblemLimits, type EmblemAnswer } from '#contract/emblem.ts'
import type { UserId } from '#contract/id.ts'
import {
  policyRequestSchema,
  rulesRequestSchema,
  templateRequestSchema,
  transferSettingsRequestSchema,
  visitingRequestSchema,
  type OrganisationAnswer
} from '#contract/settings.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { readBody } from '#server/http/input.ts'
import { readBytes } from '#server/http/limits.ts'
import { refuseIdentityCodes } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireReporter } from '#server/http/require-reporter.ts'
import { requireMainUser } from '#server/http/session.ts'
import { readEmblem } from './emblem.ts'
import { publishTemplate } from './publish-template.ts'
import { wrongInRules } from './replace-rules.ts'
import { standardTemplates } from './standard.ts'
import { wrongInTransfers } from './wrong-in-transfers.ts'

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

  app.put('/api/office/organisation/transfers', async (c) => {
    await requireReporter(c)
    const { based, transfers } = await readBody(c, transferSettingsRequestSchema)
    refuseIdentityCodes({ transfers })
    const { revision: current, organisation } = await requireOrganisation(store)
    if (current !== based) throw new Problem('conflict')
    const issues = wrongInTransfers(organisation, transfers)
    if (issues.length > 0)
      throw new Problem(
        'invalid',
        issues.map(({ path, code }) => ({ path: ['transfers', ...path], code }))
      )
    const revision = await store.organisation.replace(based, { ...organisation, transfers })
    if (revision === null) throw new Problem('conflict')
    return c.json({ revision })
  })

  app.get('/api/office/templates/standard', async (c) => {
    await requireMainUser(c)
    return c.json({ templates: standardTemplates })
  })

  app.post('/api/office/organisation/templates', async (c) => {
    await requireMainUser(c)
    const asked = await readBody(c, templateRequestSchema)
    refuseIdentityCodes({ title: asked.title, fields: asked.fields })
    // Another part of the settings may change meanwhile: then it is laid over what they are now.
    for (;;) {
      const { revision: based, organisation } = await requireOrganisation(store)
      const published = publishTemplate(organisation, asked)
      if ('code' in published) throw new Problem(published.code, published.issues)
      const revision = await store.organisation.replace(based, published.organisation)
      if (revision !== null) return c.json({ revision, version: published.version }, 201)
    }
  })

  app.put('/api/office/organisation/visiting', async (c) => {
    await requireMainUser(c)
    const { based, socialEmergencyPhone, mapLink } = await readBody(c, visitingRequestSchema)
    const { revision: current, organisation } = await requireOrganisation(store)
    if (current !== based) throw new Problem('conflict')
    const { socialEmergencyPhone: _phone, mapLink: _link, ...rest } = organisation
    const revision = await store.organisation.replace(based, {
      ...rest,
      ...(socialEmergencyPhone === null ? {} : { socialEmergencyPhone }),
      ...(mapLink === null ? {} : { mapLink })
    })
    if (revision === null) throw new Problem('conflict')
    return c.json({ revision })
  })

  app.get('/api/office/organisation/emblem', async (c) => {
    await requireMainUser(c)
    const emblem = await store.emblem.read()
    if (!emblem) return c.body(null, 204)
    const { mediaType, bytes } = emblem
    // Whoever opens the address itself gets a file, and no page of ours to run in.
    const name = mediaType === 'image/png' ? 'emblem.png' : 'emblem.jpg'
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="${name}"`
    })
  })

  app.put('/api/office/organisation/emblem', async (c) => {
    await requireMainUser(c)
    const emblem = readEmblem(Buffer.from(await readBytes(c, emblemLimits.bytes)))
    if (emblem === 'too-large') throw new Problem('too-large')
    if (typeof emblem === 'string')
      throw new Problem('invalid', [{ path: ['emblem'], code: emblem }])
    await store.emblem.put(emblem)
    const { mediaType, width, height } = emblem
    return c.json({ mediaType, width, height } satisfies EmblemAnswer)
  })

  app.delete('/api/office/organisation/emblem', async (c) => {
    await requireMainUser(c)
    await store.emblem.remove()
    return c.body(null, 204)
  })

  return app
}
