import { Hono } from 'hono'
import type { Certificate } from '#contract/certificate.ts'
import { closingActSchema } from '#contract/closing.ts'
import { dayAt, toMoment } from '#contract/day.ts'
import { endingRequestSchema } from '#contract/ending.ts'
import { customershipIdSchema } from '#contract/id.ts'
import { requireOrganisation } from '#server/access/require-organisation.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readParam } from '#server/http/input.ts'
import { changeAtOffice, requireOfficeAccess } from '#server/http/office-change.ts'
import { recordHandedOver } from '#server/disclosures/record-handing-over.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import { act } from './acts.ts'
import { handOverOf } from './deadline.ts'
import { commitDeletion, deleteCustomership } from './delete-customership.ts'
import { readEnding } from './read-ending.ts'
import { readEndings } from './read-endings.ts'
import { setEndDate } from './set-end-date.ts'

export function endingRoutes(parts: Parts): Hono {
  const { store, clock } = parts
  const routes = new Hono()

  routes.get('/api/office/customerships/:id/ending', async (c) => {
    const { user, id } = await requireOfficeAccess(c)
    const ending = await readEnding(store, id, clock.now())
    if (!ending) throw new Problem('not-found')
    const use = { customership: id, user: user.id, kind: 'open', purpose: 'organising' } as const
    await recordUse(store, clock, use)
    return c.json(ending)
  })

  routes.post('/api/office/customerships/:id/ending', async (c) => {
    const { id } = await requireOfficeAccess(c)
    const { organisation } = await requireOrganisation(store)
    const { deleteAfterDays } = organisation.policy
    await changeAtOffice(
      c,
      endingRequestSchema,
      'organising',
      (change, ending) => setEndDate(change, ending, dayAt(clock.now()), deleteAfterDays),
      { alsoRestricted: true }
    )
    return c.json(await readEnding(store, id, clock.now()))
  })

  // What a hold or the office itself says of an ending is written down also after its end day.
  routes.post('/api/office/customerships/:id/ending/acts', async (c) => {
    const { id } = await requireOfficeAccess(c)
    const now = clock.now()
    await changeAtOffice(
      c,
      closingActSchema,
      'organising',
      async (change, asked, { id: by }) => {
        const refusal = await act(change, asked, { by, at: toMoment(now), today: dayAt(now) })
        if (!refusal && asked.act === 'receipt') await recordHandedOver(parts, id, by)
        return refusal
      },
      { alsoClosed: true, alsoRestricted: true }
    )
    return c.json(await readEnding(store, id, now))
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
      const organiser = ending.list.some(({ code }) => code === 'hand-over')
      const handOver = handOverOf(ending.record, { organiser })
      return commitDeletion(parts, tx, id, 'asked', user.id, handOver)
    })
    if (!plan) throw new Problem('not-found')
    const certificate: Certificate = await deleteCustomership(parts, plan)
    return c.json({ certificate })
  })

  routes.get('/api/office/endings', async (c) => {
    const user = await requireMainUser(c)
    const list = { customership: null, user: user.id, kind: 'list', purpose: 'organising' } as const
    await recordUse(store, clock, list)
    return c.json(await readEndings(store, user, clock.now()))
  })

  return routes
}
