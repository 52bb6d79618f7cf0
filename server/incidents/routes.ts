import { Hono } from 'hono'
import {
  incidentChangeSchema,
  incidentIdSchema,
  incidentRequestSchema,
  incidentStepRequestSchema,
  type IncidentsAnswer
} from '#contract/incident.ts'
import { readClientNames } from '#server/access/client-names.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readBody, readParam } from '#server/http/input.ts'
import { refuseIdentityCodes } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { takeIncidentStep } from './take-incident-step.ts'
import { changeIncident, registerIncident, type Written } from './write-incident.ts'

function requireWritten(written: Written): Exclude<Written, { code: unknown }> {
  if ('code' in written) throw new Problem(written.code, written.issues)
  return written
}

/** §12; GDPR Art. 33, 34: the log of incidents, for main users and whoever oversees. */
export function incidentRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()

  routes.get('/api/office/incidents', async (c) => {
    const user = await requireMainUser(c)
    const use = { customership: null, user: user.id, kind: 'list', purpose: 'oversight' } as const
    await recordUse(store, clock, use)
    const incidents = await store.incidents.list()
    const ids = [...new Set(incidents.flatMap(({ record }) => record.customerships))]
    const names = await readClientNames(store, user, ids, clock.now())
    const there = new Set(
      ids.length > 0 ? (await store.register.list({ ids })).map(({ id }) => id) : []
    )
    const answer: IncidentsAnswer = {
      incidents: incidents.map(({ id, revision, record }) => ({
        ...{ id, revision, record },
        clients: record.customerships.map((customership) => ({
          customership,
          name: names.get(customership) ?? null,
          isDeleted: !there.has(customership)
        }))
      }))
    }
    return c.json(answer)
  })

  routes.post('/api/office/incidents', async (c) => {
    const user = await requireMainUser(c)
    const asked = await readBody(c, incidentRequestSchema)
    refuseIdentityCodes(asked)
    return c.json(requireWritten(await registerIncident(parts, asked, user)), 201)
  })

  routes.put('/api/office/incidents/:id', async (c) => {
    const user = await requireMainUser(c)
    const id = readParam(c, 'id', incidentIdSchema)
    const asked = await readBody(c, incidentChangeSchema)
    refuseIdentityCodes(asked)
    return c.json(requireWritten(await changeIncident(parts, id, asked, user)))
  })

  routes.post('/api/office/incidents/:id/steps', async (c) => {
    const user = await requireMainUser(c)
    const id = readParam(c, 'id', incidentIdSchema)
    const asked = await readBody(c, incidentStepRequestSchema)
    refuseIdentityCodes(asked)
    return c.json(requireWritten(await takeIncidentStep(parts, id, asked, user.id)))
  })

  return routes
}
