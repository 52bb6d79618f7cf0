import type { Context } from 'hono'
import { deviceIdSchema, type DeviceId, type UserId } from '#contract/id.ts'
import { secretHash } from '#server/keys/secret.ts'
import type { Device } from '#server/store/devices.ts'
import { cookieNames, dropCookie, readCookie, writeCookie } from './cookies.ts'
import { partsOf } from './parts.ts'
import { Problem } from './problem.ts'
import { requireReady, type SignedIn } from './session.ts'

/** The longest that browsers keep one (RFC 6265bis § 5.5); each contact renews it. */
const cookieSeconds = 400 * 86_400

const cookieName = (id: DeviceId): string => `device-${id}`

export function writeDeviceCookie(c: Context, id: DeviceId, secret: string): void {
  writeCookie(c, cookieName(id), secret, cookieSeconds)
}

export function dropDeviceCookie(c: Context, id: DeviceId): void {
  dropCookie(c, cookieName(id))
}

/** The device whose cookie the browser shows; revoked ones too, since they still deliver. */
export async function readDevice(c: Context, id: DeviceId): Promise<Device | null> {
  const secret = readCookie(c, cookieName(id))
  const device = secret ? await partsOf(c).store.devices.find(id) : null
  if (!secret || device?.cookieHash !== secretHash(secret)) return null
  // One that is wiped is nobody's device any more: an answer still on its way may not bring it back.
  if (device.wipedAt === null) writeDeviceCookie(c, id, secret)
  return device
}

/** Without its cookie a device is one that does not exist. */
export async function requireDevice(c: Context, id: DeviceId): Promise<Device> {
  const device = await readDevice(c, id)
  if (!device) throw new Problem('not-found')
  return device
}

/**
 * What brings client data: this device, not revoked, in the hands of its own user. That it is revoked
 * is told first: revoking ended its session too, and signing in again would not help.
 */
export async function requireOwnDevice(
  c: Context,
  id: DeviceId,
  o = { keepsAlive: true }
): Promise<{ user: SignedIn; device: Device }> {
  const device = await readDevice(c, id)
  if (device && device.revokedAt !== null) throw new Problem('device-revoked')
  const user = await requireReady(c, o)
  if (!device) throw new Problem('not-found')
  if (device.user !== user.id) throw new Problem('other-user')
  return { user, device }
}

/** The devices whose cookies the browser shows. */
export async function shownDevices(c: Context): Promise<Device[]> {
  const shown: Device[] = []
  for (const name of cookieNames(c, 'device-')) {
    const id = deviceIdSchema.safeParse(name)
    const device = id.success ? await readDevice(c, id.data) : null
    if (device) shown.push(device)
  }
  return shown
}

/** Those of this user. */
export async function carriedDevices(c: Context, user: UserId): Promise<Device[]> {
  return (await shownDevices(c)).filter((device) => device.user === user)
}

const unlockMilliseconds = 14 * 86_400_000

/** Until when unlocking may stand in for a password given now. */
export const unlockUntil = (now: number): number => now + unlockMilliseconds
