import { deviceStateAnswerSchema } from '#contract/device.ts'
import { toMilliseconds } from '#contract/day.ts'
import type { DeviceId } from '#contract/id.ts'
import { contactAt, now } from '#lib/device/clock.ts'
import type { DoorDatabase, VaultDatabase } from '#lib/device/database.ts'
import { isPersisted } from '#lib/device/persist.ts'
import { dropCustomerships, dropEverything } from '#lib/device/drop.ts'
import { unlessFullDisk } from '#lib/device/full-disk.ts'
import { takeNotes } from '#lib/device/purge-notes.ts'
import { api } from '#lib/http/api.ts'
import { outboxReport } from './outbox.ts'
import { deliverAgain, letGo } from './receipts.ts'

/**
 * What a locked tablet tells and must obey. It may only lose by it: what the server lists goes, an
 * order to wipe is left at the door for the page, and the lease is no longer than before.
 */
export async function report(
  database: VaultDatabase,
  door: DoorDatabase,
  device: DeviceId
): Promise<'told' | 'away' | 'refused'> {
  const have = await database.faces.toCollection().primaryKeys()
  const purged = await database.purges.where('slot').equals('destroyed').primaryKeys()
  const answer = await api(
    'POST',
    `/api/devices/${device}/state`,
    {
      ...{ have, purged, outbox: await outboxReport(database) },
      isPersisted: await isPersisted()
    },
    deviceStateAnswerSchema
  )
  if (!answer.ok) return 'away' in answer ? 'away' : 'refused'
  const { serverTime, command, purge, sealingKey, safeThrough, missing } = answer.data
  // What must go goes first, and needs no room: a full disk takes nothing of what comes after.
  await dropCustomerships(database, purge)
  if (command === 'wipe') await leaveOrder(database, door, device)
  await takeNotes(database, purged)
  await letGo(database, safeThrough, toMilliseconds(serverTime))
  await database.writeMeta('sealingKey', sealingKey)
  if (missing) await deliverAgain(database, { numbers: missing })
  await door.keepTime(contactAt(serverTime, now()))
  return 'told'
}

/**
 * The keyring is the page's to overwrite: it does so when it next runs. What is sealed under it goes at
 * once, for there may be no page for days; the outbox does not.
 */
export async function leaveOrder(
  database: VaultDatabase,
  door: DoorDatabase,
  device: DeviceId
): Promise<void> {
  const order = door.vaults
    .where('device')
    .equals(device)
    .modify((row) => {
      if (row.state !== 'wiped') Object.assign(row, { state: 'wiping' })
    })
  // Without room for the order it is given again at the next contact.
  await order.catch(unlessFullDisk)
  await dropEverything(database)
}
