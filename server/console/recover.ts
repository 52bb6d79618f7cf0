import { deviceIdSchema, type UserId } from '#contract/id.ts'
import { usernameSchema } from '#contract/session.ts'
import { foundersTasks } from '#server/auth/welcome.ts'
import type { Clock } from '#server/clock.ts'
import { invite, inviteAgain, type Invitation } from '#server/users/invite.ts'
import type { Device } from '#server/store/devices.ts'
import type { Store } from '#server/store/store.ts'
import type { User } from '#server/store/users.ts'
import { ConsoleError } from './console-error.ts'
import { writeDown } from './with-store.ts'

/**
 * The ways back in when nobody at the office can open them: what another main user does there, done
 * at the server's console. No password passes through here; a link that works once, for a day, does.
 */
interface Desk {
  readonly store: Store
  readonly clock: Clock
}

/** A way back in for one who has an account. Whatever it could do before ends here (SECURITY 15). */
export async function recoverUser({ store, clock }: Desk, username: string): Promise<Invitation> {
  const user = await requireOpen(store, username)
  return await store.register.transact(async () => {
    await writeDown(store, clock, 'console/user', user.id)
    return requireInvited(await inviteAgain(store, user.id, clock.now()))
  })
}

/** Somebody keeps the office again: whoever has the account, with the first main user's tasks, or a new one. */
export async function recoverMainUser(
  { store, clock }: Desk,
  username: string
): Promise<Invitation> {
  if ((await store.users.count()) === 0)
    throw new ConsoleError(
      'Nobody has an account yet: start the server, it prints the link for the first main user.'
    )
  const name = readUsername(username)
  const known = await store.users.findByUsername(name)
  if (known?.state === 'closed') throw new ConsoleError(closedAccount)
  return await store.register.transact(async () => {
    const id = known ? await promote(store, known) : await addMainUser(store, clock, name)
    await writeDown(store, clock, 'console/main-user', id)
    return requireInvited(await inviteAgain(store, id, clock.now()))
  })
}

/** The tablet was lost: it is told to wipe itself when it is heard of, and opens nothing here any more. */
export async function revokeDevice({ store, clock }: Desk, id: string): Promise<Device> {
  const device = await requireDevice(store, id)
  if (device.revokedAt !== null) throw new ConsoleError('That tablet is revoked already.')
  await store.register.transact(async () => {
    await writeDown(store, clock, 'console/device-revoked', device.id)
    await store.devices.revoke(device.id, clock.now())
    await store.sessions.endOfDevice(device.id)
  })
  return device
}

/** The tablet was revoked by mistake and has not heard of it: its user signs in on it and goes on. */
export async function returnDevice({ store, clock }: Desk, id: string): Promise<Device> {
  const device = await requireDevice(store, id)
  const { revokedAt, wipedAt, lastContactAt } = device
  if (revokedAt === null) throw new ConsoleError('That tablet is not revoked.')
  if (wipedAt !== null || (lastContactAt !== null && lastContactAt >= revokedAt))
    throw new ConsoleError(
      'That tablet was told to wipe itself already: its user signs in on it and takes it into use anew. What it had written is delivered.'
    )
  if ((await store.users.find(device.user))?.state === 'closed')
    throw new ConsoleError('The account of that tablet is closed.')
  await store.register.transact(async () => {
    await writeDown(store, clock, 'console/device-returned', device.id)
    await store.devices.takeBack(device.id)
  })
  return device
}

const closedAccount = 'That account is closed, and stays so: give another user name.'

async function promote(store: Store, { id, tasks }: User): Promise<UserId> {
  const all = [...new Set([...tasks, ...foundersTasks])]
  await store.users.change(id, { role: 'main-user', tasks: all })
  return id
}

/** The name is replaced by its owner's own when the link is used. */
async function addMainUser(store: Store, clock: Clock, username: string): Promise<UserId> {
  const request = { username, displayName: username, role: 'main-user' } as const
  const made = await invite(store, { ...request, tasks: [...foundersTasks] }, clock.now())
  return requireInvited(made).id
}

function requireInvited(answer: Invitation | 'absent' | 'taken'): Invitation {
  if (answer === 'absent') throw new ConsoleError(closedAccount)
  if (answer === 'taken') throw new ConsoleError('That user name is taken.')
  return answer
}

async function requireOpen(store: Store, username: string): Promise<User> {
  const user = await store.users.findByUsername(readUsername(username))
  if (!user) throw new ConsoleError('Nobody has that user name: npm run recover -- list')
  if (user.state === 'closed') throw new ConsoleError(closedAccount)
  return user
}

function readUsername(text: string): string {
  const read = usernameSchema.safeParse(text.trim().toLowerCase())
  if (!read.success) throw new ConsoleError('That is not a user name.')
  return read.data
}

async function requireDevice(store: Store, text: string): Promise<Device> {
  const id = deviceIdSchema.safeParse(text)
  const device = id.success ? await store.devices.find(id.data) : null
  if (!device) throw new ConsoleError('There is no such tablet: npm run recover -- list')
  return device
}
