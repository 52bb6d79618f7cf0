import type * as z from 'zod/mini'
import { userIdSchema, type UserId } from '#contract/id.ts'
import type { inviteRequestSchema } from '#contract/user.ts'
import { newSecret, newUuidV7, secretHash } from '#server/keys/secret.ts'
import type { Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'

const dayMilliseconds = 86_400_000
/** An invitation waits for somebody's first day; a way back in is handed over at once. */
const codeMilliseconds = { invited: 7 * dayMilliseconds, returning: dayMilliseconds } as const

export interface Invitation {
  readonly id: UserId
  readonly code: string
  readonly validUntil: number
}

async function addCode(
  store: Store,
  id: UserId,
  who: keyof typeof codeMilliseconds,
  now: number
): Promise<Invitation> {
  const code = newSecret()
  const validUntil = now + codeMilliseconds[who]
  await store.users.addCode(secretHash(code), { user: id, validUntil })
  return { id, code, validUntil }
}

/** §12: everybody has a user name and a password of their own; the one who invites never knows it. */
export async function invite(
  store: Store,
  request: z.infer<typeof inviteRequestSchema>,
  now: number
): Promise<Invitation | 'taken'> {
  const id = userIdSchema.parse(newUuidV7(now))
  return await store.register.transact(async () => {
    const added = await store.users.add({
      id,
      username: request.username,
      displayName: request.displayName,
      role: request.role,
      tasks: [...new Set(request.tasks)],
      state: 'invited',
      passwordHash: null,
      mustChangePassword: false,
      pledgedAt: null,
      trainedAt: null,
      noticeVersion: null,
      noticeAt: null,
      lastSeenAt: null
    })
    return added === 'taken' ? 'taken' : await addCode(store, id, 'invited', now)
  })
}

const hasBeenIn = ({ state, lastSeenAt }: User): boolean =>
  state === 'active' || lastSeenAt !== null

/**
 * SECURITY 15: a way back in for who lost theirs. Whatever the former password, the passkeys, the
 * sessions and the tablets could do ends here; what those tablets still hold to send is delivered all
 * the same. Nobody but the user ever knows the new password, and what was pending stays so.
 */
export async function inviteAgain(
  store: Store,
  id: UserId,
  now: number
): Promise<Invitation | 'absent'> {
  return await store.register.transact(async () => {
    const user = await store.users.find(id)
    if (!user || user.state === 'closed') return 'absent'
    await store.users.change(id, { state: 'invited', passwordHash: null })
    await store.passkeys.removeOfUser(id)
    await store.sessions.endOfUser(id)
    for (const device of await store.devices.list({ user: id }))
      if (device.revokedAt === null) await store.devices.revoke(device.id, now)
    return await addCode(store, id, hasBeenIn(user) ? 'returning' : 'invited', now)
  })
}
