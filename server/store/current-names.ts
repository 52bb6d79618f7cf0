import type { CustomershipId, DeviceId, UserId } from '#contract/id.ts'
import type { Store } from './store.ts'

/** The names that ids have now: a log keeps none. */
export interface Names {
  user(id: UserId | null): string
  device(id: DeviceId | null): string | null
}

export async function readNames(store: Store): Promise<Names> {
  const users = new Map((await store.users.list()).map((user) => [user.id, user.displayName]))
  const devices = new Map((await store.devices.list()).map((device) => [device.id, device.name]))
  return {
    user: (id) => (id && users.get(id)) ?? '',
    device: (id) => (id && devices.get(id)) ?? null
  }
}

/** First and last names of the clients that there are. */
export type ClientNames = ReadonlyMap<CustomershipId, { first: string; last: string }>

export async function readClientNames(
  store: Store,
  ids: readonly CustomershipId[]
): Promise<ClientNames> {
  const there = (await store.register.list({ ids: [...new Set(ids)] })).map(({ id }) => id)
  const names = new Map(there.map((id) => [id, { first: '', last: '' }]))
  for (const { customership, data } of await store.across.ofKind('profile', there))
    names.set(customership, {
      first: data.firstName.value,
      last: data.lastName.value
    })
  return names
}
