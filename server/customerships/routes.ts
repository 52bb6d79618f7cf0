import { Hono } from 'hono'
import {
  customershipOpeningSchema,
  customershipSearchSchema,
  type CustomershipAnswer,
  type CustomershipState,
  type CustomershipSummary
} from '#contract/customership.ts'
import { toMoment } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { recordStatement } from '#contract/profile.ts'
import { allThroughView } from '#server/access/access.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { unknownInDecision } from '#server/access/unknown-in-decision.ts'
import type { SignedIn } from '#server/access/signed-in.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readBody } from '#server/http/input.ts'
import { refuseIdentityCodes, requireOfficeAccess } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { holdingsOf } from './holdings-of.ts'
import { openCustomership } from './open-customership.ts'
import { readSituation, watchSituation } from './situation.ts'
import { readSummaries } from './summaries.ts'

export function customershipRoutes({ store, clock }: Parts): Hono {
  const routes = new Hono()
  const watching = watchSituation({ store, clock })

  const summaries = async (
    user: SignedIn,
    states: readonly CustomershipState[],
    ids?: readonly CustomershipId[]
  ): Promise<CustomershipSummary[]> => {
    const facts = await store.register.list({ states, ...(ids ? { ids } : {}) })
    return readSummaries(store, user, facts, clock.now())
  }
  const shown = ['active', 'ending', 'closed'] as const

  routes.get('/api/office/customerships', async (c) => {
    const user = await requireMainUser(c)
    const list = { customership: null, user: user.id, kind: 'list', purpose: 'organising' } as const
    await recordUse(store, clock, list)
    return c.json({ customerships: await summaries(user, shown) })
  })

  routes.post('/api/office/customerships/search', async (c) => {
    const user = await requireMainUser(c)
    const { query, state } = await readBody(c, customershipSearchSchema)
    const words = query.trim()
    const ids = words === '' ? undefined : await store.register.search(words)
    const use = { customership: null, user: user.id, purpose: 'organising' } as const
    await recordUse(store, clock, { ...use, kind: words === '' ? 'list' : 'search' })
    const states = shown.filter((one) => state === undefined || one === state)
    const found = ids?.length === 0 ? [] : await summaries(user, states, ids)
    return c.json({ customerships: found })
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

  routes.get('/api/office/customerships/:id', async (c) => {
    const { user, id, view } = await requireOfficeAccess(c)
    const use = { customership: id, user: user.id, kind: 'open', purpose: 'organising' } as const
    await recordUse(store, clock, use)
    const read = await store.register.read(id, async (reader) => ({
      facts: reader.facts,
      entries: allThroughView(view, await reader.entries())
    }))
    if (!read) throw new Problem('not-found')
    const { revision, state, endDay, deleteBy } = read.facts
    const holdings = await holdingsOf(store, id)
    const answer: CustomershipAnswer = {
      id,
      revision,
      state,
      endDay,
      deleteBy,
      entries: read.entries,
      holdings
    }
    return c.json(answer)
  })

  routes.get('/api/office/situation', async (c) => {
    const user = await requireMainUser(c)
    return c.json(await readSituation(store, watching, user, clock.now()))
  })

  // A screen asks this by itself every few seconds; a person who has left the desk is not kept signed in by it.
  routes.get('/api/office/pulse', async (c) => {
    await requireMainUser(c, { keepsAlive: false })
    return c.json({ pulse: store.pulse() })
  })

  return routes
}
