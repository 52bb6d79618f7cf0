import { Hono, type Context } from 'hono'
import type { UserId } from '#contract/id.ts'
import {
  passwordChangeRequestSchema,
  pendingDoneRequestSchema,
  signInRequestSchema,
  unlockOptionsRequestSchema,
  unlockRequestSchema,
  type SessionAnswer,
  type SessionIfAny
} from '#contract/session.ts'
import { welcomeRequestSchema, welcomeStatusRequestSchema } from '#contract/welcome.ts'
import type { Organisation } from '#contract/settings.ts'
import { clientAddress } from '#server/http/address.ts'
import { readCookie, writeCookie } from '#server/http/cookies.ts'
import { carriedDevices, requireDevice, unlockUntil } from '#server/http/device.ts'
import { readBody } from '#server/http/input.ts'
import { pendingOf } from '#server/http/pending.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import {
  endSession,
  readUser,
  requireUser,
  startSession,
  type SignedIn
} from '#server/http/session.ts'
import type { Device } from '#server/store/devices.ts'
import type { User } from '#server/store/users.ts'
import { Attempts, type Attempt } from './attempts.ts'
import { isTooCommon } from './blocklist.ts'
import { Challenges } from './challenges.ts'
import { doPending } from './do-pending.ts'
import { isMarkOf, markBrowser } from './known-browser.ts'
import { takeNewPassword } from './new-password.ts'
import { passkeyRoutes } from './passkeys/routes.ts'
import { isPassword } from './password.ts'
import { mayUnlock } from './unlock.ts'
import { welcome, welcomeStatus, type Founding } from './welcome.ts'

const markSeconds = 180 * 86_400
const markName = (user: UserId): string => `known-${user}`

/** Signing in by name and password, by unlocking an enrolled tablet, and by a one-time code. */
export function authRoutes(parts: Parts, found: (founding: Founding) => Organisation): Hono {
  const { store, clock, keyStore } = parts
  const attempts = new Attempts(store.guesses)
  const challenges = new Challenges(store.guesses, 'unlock')
  const app = new Hono()

  const answerFor = async (user: User): Promise<SessionAnswer> => {
    const { organisation } = await store.organisation.read()
    const { id, username, displayName, role, tasks } = user
    return {
      user: { id, username, displayName, role, tasks: [...tasks] },
      pending: pendingOf(user, organisation, clock.now())
    }
  }

  /** A password was given on this browser: its own devices may unlock for another while. */
  const renewUnlocks = async (c: Context, user: UserId): Promise<Device | null> => {
    const own = (await carriedDevices(c, user)).filter((device) => device.revokedAt === null)
    for (const device of own)
      await store.devices.setUnlockUntil(device.id, unlockUntil(clock.now()))
    return own[0] ?? null
  }

  const enter = async (c: Context, user: User): Promise<SessionAnswer> => {
    const device = await renewUnlocks(c, user.id)
    await startSession(c, {
      user: user.id,
      device: device?.id ?? null,
      signedInAt: clock.now(),
      provedAt: clock.now()
    })
    writeCookie(c, markName(user.id), markBrowser(keyStore, user.id), markSeconds)
    return await answerFor(user)
  }

  /** The user of that name, who knows the password; else the same answer after the same time. */
  const requirePassword = async (c: Context, account: string, password: string): Promise<User> => {
    const user = await store.users.findByUsername(account)
    const mark = user && readCookie(c, markName(user.id))
    const attempt: Attempt = {
      account,
      address: clientAddress(c),
      known: user && mark && isMarkOf(keyStore, user.id, mark) ? mark : null
    }
    const wait = await attempts.begin(attempt, clock.now())
    if (wait > 0) throw new Problem('too-many', undefined, { 'Retry-After': String(wait) })
    const usable = user?.state === 'active' ? user : null
    if (!(await isPassword(password, usable?.passwordHash ?? null)) || !usable)
      throw new Problem('wrong-credentials')
    await attempts.succeeded(attempt)
    return usable
  }

  const refuseCommon = (password: string, { username, displayName }: SignedIn): void => {
    if (isTooCommon(password, [username, displayName]))
      throw new Problem('invalid', [{ path: ['password'], code: 'too-common' }])
  }

  app.route('/', passkeyRoutes(parts, attempts, enter))

  app.post('/api/session', async (c) => {
    const { username, password } = await readBody(c, signInRequestSchema)
    return c.json(await enter(c, await requirePassword(c, username.trim().toLowerCase(), password)))
  })

  app.post('/api/session/password', async (c) => {
    const asking = await requireUser(c)
    const { current, password } = await readBody(c, passwordChangeRequestSchema)
    const user = await requirePassword(c, asking.username, current)
    refuseCommon(password, asking)
    await takeNewPassword(store, user.id, password)
    return c.json(await enter(c, user))
  })

  app.get('/api/session', async (c) => c.json(answerOf(await requireUser(c))))

  app.get('/api/session/if-any', async (c) => {
    const user = await readUser(c)
    return c.json({ session: user && answerOf(user) } satisfies SessionIfAny)
  })

  app.delete('/api/session', async (c) => {
    const user = await endSession(c)
    if (user !== null)
      for (const device of await carriedDevices(c, user))
        await store.devices.setUnlockUntil(device.id, null)
    return c.body(null, 204)
  })

  /** Unlike a sign-out it leaves the device its right to open the next session by unlocking. */
  app.post('/api/session/lock', async (c) => {
    await endSession(c)
    return c.body(null, 204)
  })

  app.post('/api/session/pending', async (c) => {
    const { done, password } = await readBody(c, pendingDoneRequestSchema)
    const asking = await requireUser(c)
    if ((done === 'change-password') !== (password !== undefined))
      throw new Problem('invalid', [{ path: ['password'], code: 'not-expected' }])
    const by = { user: asking.id, session: asking.session }
    if (done !== 'change-password') {
      await doPending(store, by, { done }, clock.now())
    } else if (password !== undefined) {
      if (!asking.pending.includes(done)) throw new Problem('not-allowed')
      refuseCommon(password, asking)
      await doPending(store, by, { done, password }, clock.now())
      await renewUnlocks(c, asking.id)
    }
    const user = await store.users.find(asking.id)
    if (!user) throw new Problem('not-signed-in')
    return c.json(await answerFor(user))
  })

  app.post('/api/session/unlock/options', async (c) => {
    const { device } = await readBody(c, unlockOptionsRequestSchema)
    const { id } = await requireDevice(c, device)
    return c.json({ challenge: await challenges.issue(id, clock.now()) })
  })

  app.post('/api/session/unlock', async (c) => {
    const request = await readBody(c, unlockRequestSchema)
    const device = await requireDevice(c, request.device)
    const now = clock.now()
    const may = await mayUnlock(device, challenges, request, now)
    if (may === 'revoked') throw new Problem('device-revoked')
    if (may === 'sign-in') throw new Problem('not-signed-in')
    if (may === 'wrong') throw new Problem('wrong-credentials')
    const user = await store.users.find(device.user)
    if (user?.state !== 'active') throw new Problem('not-signed-in')
    await startSession(c, { user: user.id, device: device.id, signedInAt: now, provedAt: null })
    return c.json(await answerFor(user))
  })

  app.post('/api/welcome/status', async (c) => {
    const { code } = await readBody(c, welcomeStatusRequestSchema)
    const status = await welcomeStatus(store, code, clock.now())
    if (!status) throw new Problem('not-found')
    return c.json(status)
  })

  app.post('/api/welcome', async (c) => {
    const request = await readBody(c, welcomeRequestSchema)
    const welcomed = await welcome(store, request, found, clock.now())
    if ('invalid' in welcomed)
      throw new Problem('invalid', [{ path: [welcomed.invalid], code: welcomed.code }])
    if ('refused' in welcomed) throw new Problem('not-found')
    const user = await store.users.find(welcomed.user)
    if (!user) throw new Problem('not-found')
    return c.json(await enter(c, user))
  })

  return app
}

function answerOf(signedIn: SignedIn): SessionAnswer {
  const { id, username, displayName, role, tasks, pending } = signedIn
  return { user: { id, username, displayName, role, tasks: [...tasks] }, pending: [...pending] }
}
