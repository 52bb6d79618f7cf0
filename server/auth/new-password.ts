import type { UserId } from '#contract/id.ts'
import type { Store } from '#server/store/store.ts'
import { hashPassword } from './password.ts'

/** SECURITY 13: whoever came in by the former one is out from here on; only the session `but` goes on. */
export async function takeNewPassword(
  store: Store,
  user: UserId,
  password: string,
  but?: string
): Promise<void> {
  const passwordHash = await hashPassword(password)
  await store.register.transact(async () => {
    await store.users.change(user, { passwordHash, mustChangePassword: false })
    await store.sessions.endOfUser(user, but)
    await store.devices.endUnlocksOf(user)
  })
}
