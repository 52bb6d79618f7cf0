import type * as z from 'zod/mini'
import type { enrolRequestSchema } from '#contract/device.ts'
import { deviceIdSchema, type DeviceId, type UserId } from '#contract/id.ts'
import { newSecret, newUuidV7, secretHash } from '#server/keys/secret.ts'
import type { Store } from '#server/store/store.ts'

/** A browser becomes this user's device: from now on its key signs what they do there. */
export async function enrol(
  store: Store,
  user: UserId,
  request: z.infer<typeof enrolRequestSchema>,
  at: { now: number; unlockUntil: number | null }
): Promise<{ id: DeviceId; cookie: string }> {
  const id = deviceIdSchema.parse(newUuidV7(at.now))
  const cookie = newSecret()
  await store.devices.enrol({
    id,
    user,
    name: request.name,
    signingKey: request.signingKey,
    cookieHash: secretHash(cookie),
    enrolledAt: at.now,
    unlockUntil: at.unlockUntil
  })
  return { id, cookie }
}
