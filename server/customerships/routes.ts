import { Hono } from 'hono'
import {
  customershipOpeningSchema,
  customershipSearchSchema,
  type CustomershipAnswer
} from '#contract/customership.ts'
import { dayAt, toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import type { Situation } from '#contract/office.ts'
import { recordStatement } from '#contract/profile.ts'
import { purposeSchema, type Purpose } from '#contract/role.ts'
import { allThroughView } from '#server/access/access.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { unknownInDecision } from '#server/access/unknown-in-decision.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { recordUse } from '#server/audit/usage.ts'
import { parseInput, readBody } from '#server/http/input.ts'
import { refuseIdentityCodes, requireOfficeAccess } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { Directory } from './directory.ts'
import { holdingsOf } from './holdings-of.ts'
import { isResponsible } from './is-responsible.ts'
import { openCustomership } from './open-customership.ts'
import { readSituation, type Watching } from './situation.ts'

export function customershipRoutes(
  { store, clock }: Parts,
  watching: Watching,
  beside: {
    transferAlarms(user: SignedIn, now: number): Promise<Situation['transfers']>
    runningRequests(user: SignedIn, now: number): Promise<Situation['requests']>
    latePrints(now: number): Promise<Situation['prints']>
    reviewOverdueSince(user: SignedIn, now: number): Promise<Situation['reviewOverdueSince']>
  }
): Hono {
  const routes = new Hono()
  const directory = new Directory({ store, clock })

  routes.post('/api/office/customerships/search', async (c) => {
    const user = await requireMainUser(c)
    const asked = await readBody(c, customershipSearchSchema)
    const kind = asked.query.trim() === '' ? 'list' : 'search'
    await recordUse(store, clock, {
      customership: null,
      user: user.id,
      kind,
      purpose: 'organising'
    })
    return c.json(await directory.search(user, asked, clock.now()))
  })

  routes.post('/api/office/customerships', async (c) => {
    const user = await requireMainUser(c)
    const opening = await readBody(c, customershipOpeningSchema)
    refuseIdentityCodes(opening)
    const { organisation } = await requireOrganisation(store)
    const issues = unknownInDecision(organisation, opening.decision.data, ['decision', 'data'])
    if (issues.length > 0) throw new Problem('invalid', issues)
    const { id, profile } = opening
    const data = recordStatement(profile.data, null, user.id, toMoment(clock.now()))
    const revision = await store.register.transact(async (tx) => {
      const known = await store.register.read(id, async ({ facts }) => facts.revision)
      if (known !== null) return known
      const states = ['deleting'] as const
      const isDeleting = (await store.register.list({ ids: [id], states })).length > 0
      if (isDeleting || (await store.suppression.has(id))) throw new Problem('conflict')
      const use = { customership: id, user: user.id, kind: 'write', purpose: 'organising' } as const
      await recordUse(store, clock, use)
      return openCustomership(tx, opening, { id: profile.id, data }, user.id)
    })
    return c.json({ revision }, 201)
  })

  /** A queue names its own; who is not responsible is asked, once for as long as the page remembers. */
  const requirePurpose = async (
    user: SignedIn,
    id: CustomershipId,
    named: string | undefined
  ): Promise<Purpose> => {
    if (named !== undefined) return parseInput(purposeSchema, named)
    const assignments = await store.register.assignments({ customership: id })
    if (isResponsible(user.id, assignments, dayAt(clock.now()))) return 'organising'
    throw new Problem('needs-purpose')
  }

  routes.get('/api/office/customerships/:id', async (c) => {
    const { user, id, view } = await requireOfficeAccess(c)
    const purpose = await requirePurpose(user, id, c.req.query('purpose'))
    await recordUse(store, clock, { customership: id, user: user.id, kind: 'open', purpose })
    const read = await store.register.read(id, async (reader) => ({
      facts: reader.facts,
      entries: allThroughView(view, await reader.entries()),
      // Words about what a note says are shown where the note is.
      answers: view.kinds.note === 'all' ? ((await reader.closingRecord()).answers ?? []) : []
    }))
    if (!read) throw new Problem('not-found')
    const { revision, state, endDay, deleteBy, restrictedOn } = read.facts
    const holdings = await holdingsOf(store, id)
    const answer: CustomershipAnswer = {
      id,
      revision,
      state,
      endDay,
      deleteBy,
      restrictedOn,
      entries: read.entries,
      holdings,
      answers: read.answers
    }
    return c.json(answer)
  })

  routes.get('/api/office/situation', async (c) => {
    const user = await requireMainUser(c)
    const list = { customership: null, user: user.id, kind: 'list', purpose: 'organising' } as const
    await recordUse(store, clock, list)
    const now = clock.now()
    const situation: Situation = {
      ...(await readSituation(store, watching, user, now)),
      transfers: await beside.transferAlarms(user, now),
      requests: await beside.runningRequests(user, now),
      prints: await beside.latePrints(now),
      reviewOverdueSince: await beside.reviewOverdueSince(user, now)
    }
    return c.json(situation)
  })

  // A screen asks this by itself every few seconds; a person who has left the desk is not kept signed in by it.
  routes.get('/api/office/pulse', async (c) => {
    await requireMainUser(c, { keepsAlive: false })
    return c.json({ pulse: await store.pulse() })
  })

  return routes
}
