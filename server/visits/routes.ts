import { Hono, type Context } from 'hono'
import {
  askToCompleteSchema,
  withdrawalSchema,
  type AskAnswer
} from '#contract/completion-request.ts'
import { visitPlanRequestSchema } from '#contract/customership.ts'
import { daySheetRequestSchema, type DaySheet } from '#contract/day-sheet.ts'
import { daySchema } from '#contract/day-shape.ts'
import { dayAt, instantOf, toMoment } from '#contract/day.ts'
import { entryIdSchema, printIdSchema } from '#contract/id.ts'
import { recordAtOfficeSchema } from '#contract/visit.ts'
import {
  cancelRequestSchema,
  isMonday,
  seriesRequestSchema,
  swapRequestSchema,
  type PlanningAnswer
} from '#contract/week.ts'
import { access } from '#server/access/access.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readBody, readParam } from '#server/http/input.ts'
import {
  changeAtOffice,
  refuseIdentityCodes,
  requireAccepted,
  requireChanged,
  requireOfficeAccess
} from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser, type SignedIn } from '#server/http/session.ts'
import { askToComplete, withdrawRequest } from './ask-to-complete.ts'
import { cancelVisit } from './cancel-visit.ts'
import { newUuidV7 } from '#server/keys/secret.ts'
import { readDaySheet } from './day-sheet.ts'
import { planSeries } from './plan-series.ts'
import { planVisit, refusalOf } from './plan-visit.ts'
import type { Terms } from './planning.ts'
import { recordAtOffice } from './record-at-office.ts'
import { swapIn, type Swapped } from './swap-day.ts'
import { readWeek } from './week-of.ts'

export function visitRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()

  const termsOf = async (by: SignedIn, reason?: string): Promise<Terms> => {
    const { organisation } = await requireOrganisation(store)
    return { store, rules: organisation.rules ?? [], by: by.id, now: clock.now(), reason }
  }

  routes.post('/api/office/customerships/:id/visits', async (c) => {
    const written = await changeAtOffice(
      c,
      visitPlanRequestSchema,
      'planning',
      async (change, { reason, ...plan }, by) => {
        const worker = await store.users.find(plan.data.worker)
        return planVisit(change, plan, await termsOf(by, reason), worker)
      }
    )
    return c.json(written, 201)
  })

  routes.post('/api/office/customerships/:id/visits/series', async (c) => {
    const written = await changeAtOffice(
      c,
      seriesRequestSchema,
      'planning',
      async (change, request, by) => planSeries(change, request, await termsOf(by, request.reason))
    )
    return c.json(written, 201)
  })

  routes.post('/api/office/customerships/:id/visits/cancellation', async (c) => {
    const written = await changeAtOffice(
      c,
      cancelRequestSchema,
      'planning',
      async (change, request, by) => cancelVisit(change, request, await termsOf(by))
    )
    return c.json(written)
  })

  routes.put('/api/office/customerships/:id/visits/:visit/record', async (c) => {
    // Read once it is known who asks: to others it tells nothing.
    const visit = () => readParam(c, 'visit', entryIdSchema)
    const written = await changeAtOffice(
      c,
      recordAtOfficeSchema,
      'carrying-out',
      (change, record, { id: by }) =>
        recordAtOffice(change, visit(), record, { by, now: clock.now() })
    )
    return c.json(written)
  })

  routes.post('/api/office/completion-requests', async (c) => {
    const user = await requireMainUser(c)
    const { requests, word } = await readBody(c, askToCompleteSchema)
    refuseIdentityCodes({ word })
    const results: AskAnswer['results'] = []
    for (const [id, own] of Map.groupBy(requests, ({ customership }) => customership))
      for (const { asked, outcome } of await askToComplete(parts, id, own, word, user))
        results.push({ ...asked, outcome })
    return c.json({ results } satisfies AskAnswer)
  })

  routes.post('/api/office/customerships/:id/completion-requests/withdrawal', async (c) => {
    const written = await changeAtOffice(
      c,
      withdrawalSchema,
      'organising',
      async (change, { request }, { id: by }) =>
        (await withdrawRequest(change, request, by)) ? null : { code: 'not-found' }
    )
    return c.json(written)
  })

  routes.get('/api/office/customerships/:id/planning', async (c) => {
    const { user, id } = await requireOfficeAccess(c)
    const use = { customership: id, user: user.id, kind: 'open', purpose: 'planning' } as const
    await recordUse(store, clock, use)
    const [profile] = await store.across.ofKind('profile', [id])
    if (!profile) throw new Problem('not-found')
    const today = dayAt(clock.now())
    const decisions = await store.across.ofKind('decision', [id])
    const answer: PlanningAnswer = {
      id,
      firstName: profile.data.firstName.value,
      decisions: decisions
        .filter(({ data }) => data.until >= today)
        .map(({ id, data: { product, from, until } }) => ({ id, product, from, until })),
      assignments: (await store.register.assignments({ customership: id })).map(
        ({ worker, from, until }) => ({ worker, from, until })
      )
    }
    return c.json(answer)
  })

  routes.get('/api/office/week', async (c) => {
    const user = await requireMainUser(c)
    const from = daySchema.safeParse(c.req.query('from'))
    if (!from.success || !isMonday(from.data))
      throw new Problem('invalid', [{ path: ['from'], code: 'invalid' }])
    await recordUse(store, clock, {
      customership: null,
      user: user.id,
      kind: 'list',
      purpose: 'planning'
    })
    return c.json(await readWeek(store, user, from.data, clock.now()))
  })

  routes.post('/api/office/week/swap', async (c) => c.json(await swapDay(c)))

  routes.post('/api/office/week/day-sheet', async (c) => {
    const user = await requireMainUser(c)
    const request = await readBody(c, daySheetRequestSchema)
    if (!(await store.users.find(request.worker)))
      throw new Problem('invalid', [{ path: ['worker'], code: 'unknown' }])
    const now = clock.now()
    const visits = await readDaySheet(store, user, request, now)
    const printing = { user: user.id, kind: 'print', purpose: 'carrying-out' } as const
    const earlier = await store.usage.printsSince(user.id, printing.purpose, instantOf(dayAt(now)))
    const named = [...new Set(visits.map(({ customership }) => customership))]
    await store.register.transact(async (tx) => {
      await recordUse(store, clock, ...named.map((customership) => ({ ...printing, customership })))
      if (named.length === 0) return
      const id = printIdSchema.parse(newUuidV7(now))
      const print = { id, kind: 'day-sheet', user: user.id, device: null } as const
      await tx.prints.add({ ...print, at: now, day: request.day })
    })
    const number = earlier + 1
    return c.json({ number, printedAt: toMoment(now), visits } satisfies DaySheet)
  })

  /** One commit for the whole day: nobody is left between two workers. */
  async function swapDay(c: Context): Promise<Omit<Swapped, 'beyond'>> {
    const user = await requireMainUser(c)
    const request = await readBody(c, swapRequestSchema)
    refuseIdentityCodes(request)
    for (const { substitute } of request.visits) {
      const found = substitute === null ? null : await store.users.find(substitute)
      const isUnknown = substitute !== null && found?.state !== 'active'
      if (isUnknown || substitute === request.worker)
        throw new Problem('invalid', [{ path: ['visits', 'substitute'], code: 'unknown' }])
    }
    const terms = await termsOf(user, request.reason)
    const swaps = request.visits.map((swap, index) => ({ ...swap, index }))
    const at = { now: terms.now, aheadDays: 0, where: 'office' } as const
    const done: Swapped = { swapped: 0, cancelled: 0, assigned: 0, beyond: [] }
    await store.register.transact(async (tx) => {
      for (const [id, own] of Map.groupBy(swaps, ({ customership }) => customership)) {
        const facts = await store.register.find(id)
        const granted = facts && access(user, { facts, assignments: [] }, at)
        if (!granted) throw new Problem('not-found')
        const changed = await tx.change(id, async (change) =>
          requireAccepted(await swapIn(change, own, request, terms, done))
        )
        requireChanged(changed)
        const use = { customership: id, user: user.id, kind: 'write', purpose: 'planning' } as const
        await recordUse(store, clock, use)
      }
      requireAccepted(refusalOf(done.beyond, terms))
    })
    const { swapped, cancelled, assigned } = done
    return { swapped, cancelled, assigned }
  }

  return routes
}
