import { Hono } from 'hono'
import { toMoment } from '#contract/day.ts'
import { userIdSchema } from '#contract/id.ts'
import { inviteRequestSchema, type UserSummary } from '#contract/user.ts'
import { readBody, readParam } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireMainUser } from '#server/http/session.ts'
import type { User } from '#server/store/users.ts'
import { invite, inviteAgain, type Invitation } from './invite.ts'

const summaryOf = (user: User): UserSummary => ({
  id: user.id,
  username: user.username,
  displayName: user.displayName,
  role: user.role,
  tasks: [...user.tasks],
  state: user.state,
  lastSeenAt: user.lastSeenAt === null ? null : toMoment(user.lastSeenAt)
})

const answerOf = ({ id, code, validUntil }: Invitation) => ({
  id,
  code,
  validUntil: toMoment(validUntil)
})

/** Who may sign in; main users invite and let back in. */
export function userRoutes({ store, clock }: Parts): Hono {
  const app = new Hono()

  app.get('/api/office/users', async (c) => {
    await requireMainUser(c)
    return c.json({ users: (await store.users.list()).map(summaryOf) })
  })

  app.post('/api/office/users', async (c) => {
    await requireMainUser(c)
    const request = await readBody(c, inviteRequestSchema)
    const invitation = await invite(store, request, clock.now())
    if (invitation === 'taken')
      throw new Problem('conflict', [{ path: ['username'], code: 'taken' }])
    return c.json(answerOf(invitation), 201)
  })

  app.post('/api/office/users/:id/code', async (c) => {
    const asking = await requireMainUser(c)
    const id = readParam(c, 'id', userIdSchema)
    // Another main user lets one back in: nobody voids the account they are signed in with.
    if (id === asking.id) throw new Problem('not-allowed')
    const invitation = await inviteAgain(store, id, clock.now())
    if (invitation === 'absent') throw new Problem('not-found')
    return c.json(answerOf(invitation), 201)
  })

  return app
}
