import { Hono, type Context } from 'hono'
import { momentSchema } from '#contract/day-shape.ts'
import { toMilliseconds, toMoment } from '#contract/day.ts'
import { customershipIdSchema, userIdSchema } from '#contract/id.ts'
import type { Organisation } from '#contract/settings.ts'
import {
  closingRequestSchema,
  inviteRequestSchema,
  userRequestSchema,
  type UserSummary
} from '#contract/user.ts'
import { recordUse } from '#server/audit/usage.ts'
import { readBody, readParam } from '#server/http/input.ts'
import { requireAccepted } from '#server/http/office-change.ts'
import type { Parts } from '#server/http/parts.ts'
import { pendingOf } from '#server/http/pending.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser, type SignedIn } from '#server/http/session.ts'
import type { User } from '#server/store/users.ts'
import { changeUser } from './change-user.ts'
import { closeUser } from './close-user.ts'
import { invite, inviteAgain, type Invitation } from './invite.ts'
import { readLeaving } from './leaving.ts'
import { readLog } from './read-log.ts'
import { keepsOffice } from './rights.ts'

const moment = (at: number | null) => (at === null ? null : toMoment(at))

const summaryOf = (user: User, organisation: Organisation | null, now: number): UserSummary => ({
  id: user.id,
  username: user.username,
  displayName: user.displayName,
  role: user.role,
  tasks: [...user.tasks],
  state: user.state,
  lastSeenAt: moment(user.lastSeenAt),
  pledgedAt: moment(user.pledgedAt),
  trainedAt: moment(user.trainedAt),
  noticeAt: moment(user.noticeAt),
  noticeVersion: user.noticeVersion,
  pending: pendingOf(user, organisation, now)
})

const answerOf = ({ id, code, validUntil }: Invitation) => ({
  id,
  code,
  validUntil: toMoment(validUntil)
})

/** Who only oversees, changes nothing: neither others' rights nor their own. */
async function requireKeeper(c: Context): Promise<SignedIn> {
  const user = await requireMainUser(c)
  if (!keepsOffice(user)) throw new Problem('not-allowed')
  return user
}

/** Who may sign in; main users invite and let back in, set roles and tasks, and close accounts. */
export function userRoutes({ store, clock }: Parts): Hono {
  const app = new Hono()

  const summaries = async (): Promise<UserSummary[]> => {
    const { organisation } = await store.organisation.read()
    return (await store.users.list()).map((user) => summaryOf(user, organisation, clock.now()))
  }

  app.get('/api/office/users', async (c) => {
    await requireMainUser(c)
    return c.json({ users: await summaries() })
  })

  app.post('/api/office/users', async (c) => {
    await requireKeeper(c)
    const request = await readBody(c, inviteRequestSchema)
    const invitation = await invite(store, request, clock.now())
    if (invitation === 'taken')
      throw new Problem('conflict', [{ path: ['username'], code: 'taken' }])
    return c.json(answerOf(invitation), 201)
  })

  app.put('/api/office/users/:id', async (c) => {
    const { id: by } = await requireKeeper(c)
    const id = readParam(c, 'id', userIdSchema)
    const request = await readBody(c, userRequestSchema)
    requireAccepted(await changeUser(store, id, request, by))
    return c.json((await summaries()).find((user) => user.id === id))
  })

  app.post('/api/office/users/:id/code', async (c) => {
    const asking = await requireKeeper(c)
    const id = readParam(c, 'id', userIdSchema)
    // Another main user lets one back in: nobody voids the account they are signed in with.
    if (id === asking.id) throw new Problem('not-allowed')
    const invitation = await inviteAgain(store, id, clock.now())
    if (invitation === 'absent') throw new Problem('not-found')
    return c.json(answerOf(invitation), 201)
  })

  app.get('/api/office/users/:id/closing', async (c) => {
    const user = await requireKeeper(c)
    const id = readParam(c, 'id', userIdSchema)
    if (!(await store.users.find(id))) throw new Problem('not-found')
    const leaving = await readLeaving(store, id, user, clock.now())
    const use = { user: user.id, kind: 'list', purpose: 'planning' } as const
    const named = new Set(leaving.visits.map(({ customership }) => customership))
    await recordUse(store, clock, ...[...named].map((customership) => ({ ...use, customership })))
    return c.json(leaving)
  })

  app.post('/api/office/users/:id/closing', async (c) => {
    const { id: by } = await requireKeeper(c)
    const id = readParam(c, 'id', userIdSchema)
    const { reason } = await readBody(c, closingRequestSchema)
    requireAccepted(await closeUser({ store, clock }, id, reason, by))
    return c.json((await summaries()).find((user) => user.id === id))
  })

  // What overseeing is for: the log says who and when, and nothing of the client.
  app.get('/api/office/customerships/:id/log', async (c) => {
    await requireMainUser(c)
    const id = readParam(c, 'id', customershipIdSchema)
    const before = momentSchema.safeParse(c.req.query('before'))
    const at = before.success ? toMilliseconds(before.data) : Number.MAX_SAFE_INTEGER
    const log = await readLog(store, id, at)
    if (!log) throw new Problem('not-found')
    return c.json(log)
  })

  return app
}
