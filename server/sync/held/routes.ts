import { Hono } from 'hono'
import { heldDecisionsSchema } from '#contract/held.ts'
import { operationIdSchema } from '#contract/id.ts'
import { access } from '#server/access/access.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readBody, readParam } from '#server/http/input.ts'
import { refuseIdentityCodes } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser, type SignedIn } from '#server/http/session.ts'
import type { HeldOperation } from '#server/store/applied-operations.ts'
import { decideOnHeld } from './decide-on-held.ts'
import { readHeld } from './read-held.ts'

/** What awaits a decision: opened by a main user for that, and decided. */
export function heldRoutes({ store, clock, log }: Parts): Hono {
  const routes = new Hono()

  /** Those of customerships that this main user may open, and those that speak of none. */
  const mayDecide = async (user: SignedIn, held: readonly HeldOperation[]): Promise<boolean> => {
    const ids = [...new Set(held.flatMap(({ customership }) => customership ?? []))]
    const facts = await store.register.list({ ids })
    const at = { now: clock.now(), aheadDays: 0, where: 'office' } as const
    return (
      user.tasks.some((task) => task !== 'oversight') &&
      facts.length === ids.length &&
      facts.every((one) => access(user, { facts: one, assignments: [] }, at) !== null)
    )
  }

  routes.get('/api/office/awaiting/:operation', async (c) => {
    const user = await requireMainUser(c)
    const id = readParam(c, 'operation', operationIdSchema)
    const [held] = await store.operations.held({ id })
    if (!held || !(await mayDecide(user, [held]))) throw new Problem('not-found')
    const { customership } = held
    const look = { user: user.id, kind: 'open', purpose: 'organising' } as const
    if (customership) await recordUse(store, clock, { ...look, customership })
    return c.json(await readHeld(store, held))
  })

  routes.post('/api/office/awaiting', async (c) => {
    const user = await requireMainUser(c)
    const { ids, decision, reason } = await readBody(c, heldDecisionsSchema)
    if ((decision === 'accept') !== (reason === undefined))
      throw new Problem('invalid', [
        { path: ['reason'], code: decision === 'accept' ? 'not-expected' : 'missing' }
      ])
    refuseIdentityCodes({ reason })
    const { organisation } = await requireOrganisation(store)
    const now = clock.now()
    const results = await store.register.transact(async (tx) => {
      const wanted = new Set<string>(ids)
      const held = (await tx.operations.held()).filter(({ id }) => wanted.has(id))
      if (held.length !== wanted.size || !(await mayDecide(user, held)))
        throw new Problem('not-found')
      const failed = (operation: string, error: unknown) => {
        log.write('push-failed', { operation, error: (error as Error).name })
      }
      const by = user.id
      const decided = await decideOnHeld(
        { tx, organisation, by, now, decision, reason, failed },
        held
      )
      const touched = [...new Set(held.flatMap(({ customership }) => customership ?? []))]
      const use = { user: by, kind: 'write', purpose: 'organising' } as const
      await recordUse(store, clock, ...touched.map((customership) => ({ ...use, customership })))
      return decided.results
    })
    return c.json({ results })
  })

  return routes
}
