import type * as z from 'zod/mini'
import { userIdSchema, type UserId } from '#contract/id.ts'
import type { Organisation } from '#contract/settings.ts'
import type { Task } from '#contract/role.ts'
import type { welcomeRequestSchema, welcomeStatusSchema } from '#contract/welcome.ts'
import { newUuidV7, secretHash } from '#server/keys/secret.ts'
import type { Store } from '#server/store/store.ts'
import { isTooCommon } from './blocklist.ts'
import { hashPassword } from './password.ts'

type Welcome = z.infer<typeof welcomeRequestSchema>
export type Founding = NonNullable<Welcome['organisation']>

/** The first main user answers for the whole register. */
export const foundersTasks: readonly Task[] = [
  'administration',
  'documents',
  'reporting',
  'oversight'
]

export async function welcomeStatus(
  store: Store,
  code: string,
  now: number
): Promise<z.infer<typeof welcomeStatusSchema> | null> {
  const known = await store.users.findCode(secretHash(code), now)
  if (!known) return null
  if (known.user === null) return { role: 'main-user', first: true }
  const user = await store.users.find(known.user)
  if (!user || user.state === 'closed') return null
  const { role, username, displayName, lastSeenAt } = user
  const returning = lastSeenAt === null ? {} : { returning: true }
  return { role, first: false, ...returning, username, displayName }
}

export type Welcomed =
  | { user: UserId }
  | { refused: 'no-code' | 'taken' }
  | { invalid: 'password' | 'organisation' | 'username'; code: string }

/** A one-time code becomes an account with a password that nobody else has ever known. */
export async function welcome(
  store: Store,
  request: Welcome,
  found: (founding: Founding) => Organisation,
  now: number
): Promise<Welcomed> {
  const status = await welcomeStatus(store, request.code, now)
  if (!status) return { refused: 'no-code' }
  const { username, displayName, password, organisation } = request
  if (isTooCommon(password, [username, displayName]))
    return { invalid: 'password', code: 'too-common' }
  if (status.first !== (organisation !== undefined))
    return { invalid: 'organisation', code: status.first ? 'missing' : 'not-expected' }
  if (!status.first && status.username !== username)
    return { invalid: 'username', code: 'not-the-invited' }
  const passwordHash = await hashPassword(password)
  const hash = secretHash(request.code)

  return await store.register.transact(async () => {
    const code = await store.users.findCode(hash, now)
    if (!code || !(await store.users.spendCode(hash, now))) return { refused: 'no-code' }
    if (code.user !== null) {
      // Closed while the password was hashed: no code opens it again.
      if ((await store.users.find(code.user))?.state === 'closed') return { refused: 'no-code' }
      await store.users.change(code.user, {
        displayName,
        passwordHash,
        state: 'active',
        mustChangePassword: false
      })
      return { user: code.user }
    }
    if ((await store.users.count()) > 0 || !organisation) return { refused: 'no-code' }
    const id = userIdSchema.parse(newUuidV7(now))
    await store.organisation.write(found(organisation))
    await store.users.add({
      id,
      username,
      displayName,
      role: 'main-user',
      tasks: foundersTasks,
      state: 'active',
      passwordHash,
      mustChangePassword: false,
      pledgedAt: null,
      trainedAt: null,
      noticeVersion: null,
      noticeAt: null,
      lastSeenAt: null
    })
    return { user: id }
  })
}

const firstCodeMilliseconds = 24 * 3_600_000

/** For the console of a new register; null when somebody already has an account. */
export async function firstCode(
  store: Store,
  newCode: () => string,
  now: number
): Promise<string | null> {
  if ((await store.users.count()) > 0) return null
  const code = newCode()
  await store.users.addCode(secretHash(code), {
    user: null,
    validUntil: now + firstCodeMilliseconds
  })
  return code
}
