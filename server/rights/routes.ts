import { Hono, type Context } from 'hono'
import { dayAt, toMoment } from '#contract/day.ts'
import { rightsRequestIdSchema, type CustomershipId, type RightsRequestId } from '#contract/id.ts'
import {
  emptyWork,
  rightsActSchema,
  rightsRegistrationSchema,
  type RightsDetail
} from '#contract/rights-request.ts'
import { languageSchema } from '#contract/text.ts'
import type { UsageKind } from '#contract/usage.ts'
import { access } from '#server/access/access.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput, readBody, readParam } from '#server/http/input.ts'
import { refuseIdentityCodes, requireAccepted } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { drawPaper } from '#server/paper/drawer.ts'
import { withEmblem } from '#server/paper/paper.ts'
import { answerPaper } from './answer-paper.ts'
import type { Acting } from './one-request.ts'
import { readClient } from './read-client.ts'
import { readRequest } from './read-request.ts'
import { readRequests } from './read-requests.ts'
import { registerRequest } from './register-request.ts'
import { takeStep } from './take-step.ts'

/** §13: what people ask by their rights, each a case with its clock. Who only oversees reads codes. */
export function rightsRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()

  const actingOf = ({ id: by }: SignedIn): Acting => {
    const now = clock.now()
    return { by, now, at: toMoment(now), today: dayAt(now) }
  }

  const record = (user: SignedIn, customership: CustomershipId | null, kind: UsageKind) =>
    recordUse(store, clock, { customership, user: user.id, kind, purpose: 'client-rights' })

  /** One whose task is more than to oversee. */
  async function requireWorker(c: Context): Promise<SignedIn> {
    const user = await requireMainUser(c)
    if (user.tasks.every((task) => task === 'oversight')) throw new Problem('not-allowed')
    return user
  }

  async function requireDetail(user: SignedIn, id: RightsRequestId): Promise<RightsDetail> {
    const detail = await readRequest(store, user, id, clock.now())
    if (!detail) throw new Problem('not-found')
    return detail
  }

  /** As it is inside the commit. What is being deleted reads as absent. */
  const readOpened = (user: SignedIn, customership: CustomershipId) =>
    store.register.read(customership, async (reader) => {
      const at = { now: clock.now(), aheadDays: 0, where: 'office' } as const
      if (!access(user, { facts: reader.facts, assignments: [] }, at)) return null
      return { client: await readClient(store, reader), works: reader.rights }
    })

  routes.get('/api/office/requests', async (c) => {
    const user = await requireMainUser(c)
    await record(user, null, 'list')
    return c.json({ requests: await readRequests(store, user, clock.now()) })
  })

  routes.post('/api/office/requests', async (c) => {
    const user = await requireWorker(c)
    const registration = await readBody(c, rightsRegistrationSchema)
    refuseIdentityCodes(registration)
    const { id, customership } = registration
    await store.register.transact(async (tx) => {
      if (await store.rights.find(id)) return
      const opened = customership === null ? null : await readOpened(user, customership)
      if (customership !== null && !opened) throw new Problem('not-found')
      const client = opened?.client ?? null
      requireAccepted(await registerRequest(store, tx, registration, client, actingOf(user)))
      if (customership !== null) await record(user, customership, 'write')
    })
    return c.json(await requireDetail(user, id), 201)
  })

  routes.get('/api/office/requests/:request', async (c) => {
    const user = await requireMainUser(c)
    const detail = await requireDetail(user, readParam(c, 'request', rightsRequestIdSchema))
    if (detail.client) await record(user, detail.request.customership, 'open')
    return c.json(detail)
  })

  routes.post('/api/office/requests/:request/acts', async (c) => {
    const user = await requireWorker(c)
    const id = readParam(c, 'request', rightsRequestIdSchema)
    const asked = await readBody(c, rightsActSchema)
    refuseIdentityCodes(asked)
    await store.register.transact(async (tx) => {
      const request = await store.rights.find(id)
      if (!request) throw new Problem('not-found')
      const { customership } = request
      const opened = customership === null ? null : await readOpened(user, customership)
      if (customership !== null && !opened) throw new Problem('not-found')
      const client = opened?.client ?? null
      const work = opened ? await opened.works.read(id) : emptyWork
      const one = { store, clock, tx, request, work, client }
      requireAccepted(await takeStep(one, asked, actingOf(user)))
      if (customership !== null) await record(user, customership, 'write')
    })
    return c.json(await requireDetail(user, id))
  })

  routes.get('/api/office/requests/:request/letter', async (c) => {
    const user = await requireWorker(c)
    const detail = await requireDetail(user, readParam(c, 'request', rightsRequestIdSchema))
    const language = parseInput(languageSchema, c.req.query('lang') ?? 'fi')
    const { organisation } = await requireOrganisation(store)
    const paper = answerPaper(detail, organisation, { language, madeAt: clock.now() })
    if (!paper) throw new Problem('conflict')
    if (detail.client) await record(user, detail.request.customership, 'print')
    const bytes = await drawPaper(withEmblem(paper, await store.emblem.read()))
    return c.body(Uint8Array.from(bytes), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${detail.request.number}.pdf"`
    })
  })

  return routes
}
