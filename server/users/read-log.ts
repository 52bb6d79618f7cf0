import { toMoment } from '#contract/day.ts'
import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'
import type { UsageAnswer } from '#contract/usage.ts'
import type { Store } from '#server/store/store.ts'

const pageLines = 50

/**
 * §12: who used this client's data, when and for what. The log holds ids only and outlives what it
 * speaks of: names of users and tablets are those of now. Null: nobody ever used such a one.
 */
export async function readLog(
  store: Store,
  id: CustomershipId,
  before: number
): Promise<UsageAnswer | null> {
  const { uses, next } = await store.usage.latest(id, { before, lines: pageLines })
  if (uses.length === 0 && !(await store.register.find(id))) return null
  const users = new Map<UserId, string>(
    (await store.users.list()).map((user) => [user.id, user.displayName])
  )
  const devices = new Map<DeviceId, string>(
    (await store.devices.list()).map((device) => [device.id, device.name])
  )
  return {
    lines: uses.map(({ at, kind, purpose, user, device }) => ({
      at: toMoment(at),
      kind,
      purpose,
      user,
      userName: (user && users.get(user)) ?? '',
      device,
      deviceName: (device && devices.get(device)) ?? null
    })),
    next: next === null ? null : toMoment(next)
  }
}
