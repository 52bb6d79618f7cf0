import { Hono } from 'hono'
import { toMoment } from '#contract/day.ts'
import type { CarriedDevices } from '#contract/carried-devices.ts'
import {
  deviceStateRequestSchema,
  enrolRequestSchema,
  wipedRequestSchema,
  type DeviceSummary,
  type EnrolAnswer
} from '#contract/device.ts'
import { deviceIdSchema, type DeviceId, type UserId } from '#contract/id.ts'
import {
  dropDeviceCookie,
  readDevice,
  requireDevice,
  shownDevices,
  unlockUntil,
  writeDeviceCookie
} from '#server/http/device.ts'
import { readBody, readParam } from '#server/http/input.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import {
  endSession,
  isOtherSignedIn,
  requireUser,
  startSession,
  type SignedIn
} from '#server/http/session.ts'
import { isSigningKey } from '#server/keys/envelope.ts'
import { newSecret, secretHash } from '#server/keys/secret.ts'
import type { Device } from '#server/store/devices.ts'
import { enrol } from './enrol.ts'
import { reportState, type ConfirmPurges } from './report-state.ts'
import { takeWiped } from './take-wiped.ts'

const moment = (at: number | null) => (at === null ? null : toMoment(at))

function summaryOf(
  device: Device,
  names: ReadonlyMap<UserId, string>,
  held: ReadonlyMap<DeviceId, number>
): DeviceSummary {
  return {
    id: device.id,
    name: device.name,
    user: device.user,
    userName: names.get(device.user) ?? '',
    enrolledAt: toMoment(device.enrolledAt),
    lastContactAt: moment(device.lastContactAt),
    leaseUntil: moment(device.leaseUntil),
    wipedAt: moment(device.wipedAt),
    state: device.wipedAt !== null ? 'wiped' : device.revokedAt !== null ? 'revoked' : 'active',
    holds: held.get(device.id) ?? 0,
    waiting: device.outboxWaiting.length
  }
}

/** Tablets: enrolled by their user, told what to forget at every contact, revoked by the office. */
export function deviceRoutes(
  { store, keyStore, clock }: Parts,
  confirmPurges: ConfirmPurges
): Hono {
  const app = new Hono()

  /** A session that an unlocked tablet opened hands on what is left of its days, and adds none. */
  const unlockLeft = async ({ device, signedInAt }: SignedIn): Promise<number | null> => {
    const opener = device && (await store.devices.find(device))
    return opener ? opener.unlockUntil : unlockUntil(signedInAt)
  }

  app.post('/api/devices', async (c) => {
    const user = await requireUser(c)
    const request = await readBody(c, enrolRequestSchema)
    if (!isSigningKey(request.signingKey))
      throw new Problem('invalid', [{ path: ['signingKey'], code: 'not-a-point' }])
    const { organisation } = await store.organisation.read()
    if (!organisation) throw new Problem('starting')
    const now = clock.now()
    const { id, cookie } = await enrol(store, user.id, request, {
      now,
      unlockUntil: await unlockLeft(user)
    })
    writeDeviceCookie(c, id, cookie)
    const { signedInAt, provedAt } = user
    await startSession(c, { user: user.id, device: id, signedInAt, provedAt })
    const { offlineDays, autoLockMinutes, wrongPassphraseLimit } = organisation.policy
    const answer: EnrolAnswer = {
      device: id,
      leaseKey: keyStore.publicKey(),
      sealingKey: keyStore.sealingKey(),
      policy: { offlineDays, autoLockMinutes, wrongPassphraseLimit }
    }
    return c.json(answer, 201)
  })

  app.get('/api/devices', async (c) => {
    const asking = await requireUser(c)
    const shown = asking.role === 'main-user' ? {} : { user: asking.id }
    const names = new Map((await store.users.list()).map((user) => [user.id, user.displayName]))
    const held = await store.holdings.counts()
    const devices = await store.devices.list(shown)
    return c.json({ devices: devices.map((device) => summaryOf(device, names, held)) })
  })

  app.get('/api/devices/carried', async (c) => {
    const shown = (await shownDevices(c)).filter(({ revokedAt }) => revokedAt === null)
    const devices = shown.map(async ({ id, lastContactAt, outboxWaiting }) => ({
      device: id,
      lastContactAt: moment(lastContactAt),
      unsent: outboxWaiting.length + (await store.devices.missing(id)).length
    }))
    const answer: CarriedDevices = { devices: await Promise.all(devices) }
    return c.json(answer)
  })

  app.delete('/api/devices/:id', async (c) => {
    const asking = await requireUser(c)
    const device = await store.devices.find(readParam(c, 'id', deviceIdSchema))
    if (!device || (asking.role !== 'main-user' && device.user !== asking.id))
      throw new Problem('not-found')
    await store.register.transact(async () => {
      if (device.revokedAt === null) await store.devices.revoke(device.id, clock.now())
      await store.sessions.endOfDevice(device.id)
    })
    return c.body(null, 204)
  })

  app.post('/api/devices/:id/state', async (c) => {
    const device = await requireDevice(c, readParam(c, 'id', deviceIdSchema))
    const report = await readBody(c, deviceStateRequestSchema)
    const now = clock.now()
    return c.json(await reportState(store, keyStore, device, report, confirmPurges, now))
  })

  app.post('/api/devices/:id/wiped', async (c) => {
    const device = await requireDevice(c, readParam(c, 'id', deviceIdSchema))
    const { clear, outbox } = await readBody(c, wipedRequestSchema)
    const mayClear = clear && !(await isOtherSignedIn(c, device.user))
    await takeWiped(store, device, outbox, confirmPurges, clock.now())
    dropDeviceCookie(c, device.id)
    if (mayClear) {
      await endSession(c)
      // SECURITY 10: what was deleted in IndexedDB lies in its files until the browser itself clears them.
      // Cookies are ended one by one: the header would take those of every host of this domain.
      c.header('Clear-Site-Data', '"cache", "storage"')
    }
    return c.body(null, 204)
  })

  app.post('/api/devices/:id/cookie', async (c) => {
    const user = await requireUser(c)
    const device = await store.devices.find(readParam(c, 'id', deviceIdSchema))
    if (device?.user !== user.id) throw new Problem('not-found')
    // Whoever still shows the right one keeps it: this answer may be lost, or come after another's, and what
    // lies on the tablet must deliver nevertheless. Only one secret is ever valid.
    if (await readDevice(c, device.id)) return c.body(null, 204)
    const cookie = newSecret()
    await store.devices.setCookie(device.id, secretHash(cookie))
    writeDeviceCookie(c, device.id, cookie)
    return c.body(null, 204)
  })

  return app
}
