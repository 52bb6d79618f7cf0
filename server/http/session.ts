import type { Context } from 'hono'
import type { DeviceId, UserId } from '#contract/id.ts'
import type { Role, Task } from '#contract/role.ts'
import type { Pending } from '#contract/session.ts'
import { unattendedHeader } from '#contract/version.ts'
import { newSecret, secretHash } from '#server/keys/secret.ts'
import { dropCookie, readCookie, writeCookie } from './cookies.ts'
import { partsOf, type Parts } from './parts.ts'
import { pendingOf } from './pending.ts'
import { Problem } from './problem.ts'

const sessionCookie = 'session'

const minute = 60_000

/** OWASP ASVS 7.3: by idleness and absolutely; the register's keepers sit at shared desks. */
export const sessionLives = {
  worker: { idle: 60 * minute, absolute: 24 * 60 * minute },
  'main-user': { idle: 15 * minute, absolute: 12 * 60 * minute }
} as const satisfies Record<Role, { idle: number; absolute: number }>

const keptMilliseconds = 30 * 24 * 60 * minute

/** A use is written down at most this often. */
const touchEvery = 30_000

/** Who asks, as the store says at this very request: a changed role or task needs no new sign-in. */
export interface SignedIn {
  readonly id: UserId
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly tasks: readonly Task[]
  readonly pending: readonly Pending[]
  /** The hash of the session's token: its name in the store. */
  readonly session: string
  readonly signedInAt: number
  readonly provedAt: number | null
  /** The one whose key may have opened it, when the browser carried one. */
  readonly device: DeviceId | null
}

function shownHash(c: Context): string | null {
  const token = readCookie(c, sessionCookie)
  return token ? secretHash(token) : null
}

/** A new opaque token; what the browser held before is worth nothing from here on. */
export async function startSession(
  c: Context,
  o: { user: UserId; device: DeviceId | null; signedInAt: number; provedAt: number | null }
): Promise<void> {
  const { store, clock } = partsOf(c)
  const token = newSecret()
  const former = shownHash(c)
  await store.register.transact(async () => {
    if (former !== null) await store.sessions.end(former)
    await store.sessions.removeUnused(clock.now() - keptMilliseconds)
    await store.sessions.start(secretHash(token), {
      user: o.user,
      device: o.device,
      createdAt: o.signedInAt,
      lastUsedAt: clock.now(),
      provedAt: o.provedAt
    })
    await store.users.change(o.user, { lastSeenAt: clock.now() })
    const act = { user: o.user, act: 'sign-in', subject: o.device, at: clock.now() }
    await store.acts.append(act)
  })
  writeCookie(c, sessionCookie, token)
}

/** Whose it was, also when it had lapsed; null when the browser showed none. */
export async function endSession(c: Context): Promise<UserId | null> {
  const { store } = partsOf(c)
  const hash = shownHash(c)
  const session = hash === null ? null : await store.sessions.find(hash)
  if (hash !== null && session) await store.sessions.end(hash)
  dropCookie(c, sessionCookie)
  return session?.user ?? null
}

async function readSession(c: Context, keepsAlive: boolean): Promise<SignedIn | null> {
  const hash = shownHash(c)
  const parts = partsOf(c)
  const isUse = keepsAlive && c.req.header(unattendedHeader) === undefined
  return hash === null ? null : signedInBy(parts, hash, isUse)
}

/** Whom this session stands for now; null when it has lapsed. */
export async function signedInBy(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  hash: string,
  isUse = false
): Promise<SignedIn | null> {
  const session = await store.sessions.find(hash)
  const user = session && (await store.users.find(session.user))
  if (!user || user.state === 'closed') return null
  const now = clock.now()
  const life = sessionLives[user.role]
  // A lapsed session stays in the store for a while: signing out must still find whose it was.
  // One from the future, which a clock that was ahead left, lapses as one from the past does.
  const since = (at: number) => Math.abs(now - at)
  if (since(session.lastUsedAt) >= life.idle || since(session.createdAt) >= life.absolute)
    return null
  if (isUse && since(session.lastUsedAt) >= touchEvery) await store.sessions.touch(hash, now)
  const { id, username, displayName, role, tasks } = user
  const pending = pendingOf(user, (await store.organisation.read()).organisation, now)
  const { createdAt: signedInAt, provedAt, device } = session
  return {
    ...{ id, username, displayName, role, tasks, pending },
    ...{ session: hash, signedInAt, provedAt, device }
  }
}

/** Null for nobody. Being asked for it is a use of the session, as every request is. */
export function readUser(c: Context): Promise<SignedIn | null> {
  return readSession(c, true)
}

/** The same, by itself: no use of the session. */
export function readUserUnasked(c: Context): Promise<SignedIn | null> {
  return readSession(c, false)
}

/** 401 unless signed in. `keepsAlive: false` is for what a screen asks by itself. */
export async function requireUser(c: Context, o = { keepsAlive: true }): Promise<SignedIn> {
  const user = await readSession(c, o.keepsAlive)
  if (!user) throw new Problem('not-signed-in')
  return user
}

/** Whether somebody other than this user works in the same browser: its cookies are theirs as well. */
export async function isOtherSignedIn(c: Context, user: UserId): Promise<boolean> {
  const asking = await readSession(c, false)
  return asking !== null && asking.id !== user
}

/** Client data opens only to who has pledged secrecy, is trained and knows the notice (§12). */
export async function requireReady(c: Context, o = { keepsAlive: true }): Promise<SignedIn> {
  const user = await requireUser(c, o)
  if (user.pending.length > 0) throw new Problem('pending')
  return user
}

export async function requireMainUser(c: Context, o = { keepsAlive: true }): Promise<SignedIn> {
  const user = await requireReady(c, o)
  if (user.role !== 'main-user') throw new Problem('not-allowed')
  return user
}

const freshMilliseconds = 10 * minute

/**
 * OWASP ASVS 7.5: what opens an account for good is changed only right after its owner gave the
 * password or a passkey. A session that an unlocked tablet renewed is not that: whoever holds the
 * open tablet could otherwise make themselves a key of their own.
 */
export function requireFresh(c: Context, { provedAt }: SignedIn): void {
  if (provedAt === null || partsOf(c).clock.now() >= provedAt + freshMilliseconds)
    throw new Problem('sign-in-again')
}
