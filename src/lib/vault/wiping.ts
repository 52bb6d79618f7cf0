import * as z from 'zod/mini'
import type { DoorRow, VaultDatabase } from '#lib/device/database.ts'
import { dropEverything } from '#lib/device/drop.ts'
import { unlessFullDisk } from '#lib/device/full-disk.ts'
import { withLock } from '#lib/device/locks.ts'
import { rememberWiped } from '#lib/device/wiped-mark.ts'
import { api } from '#lib/http/api.ts'
import type { ForgettingWorld } from './forgetting.ts'
import { residentOf } from './resident.ts'
import { openLock, siteLock } from './site-locks.ts'

/** `kept`: something waits to be delivered, or nobody could be told. `cleared`: the browser may have let go of everything. */
export type Wiping = 'kept' | 'gone' | 'cleared'

/**
 * SECURITY 10. What reads goes first and at once, without a network: the keyring, then what was sealed
 * under it. Cut off anywhere, it is done again from the door's row.
 */
export async function endKeys(row: DoorRow, world: ForgettingWorld): Promise<void> {
  const { door, databases, withRoom, close } = world
  await close(row)
  if (row.state === 'wiped') return
  await withRoom((room) => room.ask('destroyKeyring', { resident: residentOf(row) }))
  await dropEverything(databases.of(row.device))
  if (row.state !== 'wiping') return
  rememberWiped()
  await door.vaults.update(row.device, { state: 'wiped' }).catch(unlessFullDisk)
}

/**
 * What was written here is sealed to the server and needs no keyring: its database stays until all of
 * it is delivered and the server has heard that the device is wiped. Nobody may be enrolling, and no
 * other tab be sealing its last words, while the browser lets go.
 */
export async function letGo(row: DoorRow, world: ForgettingWorld): Promise<Wiping> {
  if (await hasWaiting(world.databases.of(row.device))) return 'kept'
  // A screen whose parts are cleared away while it is fetching them would break off the very request.
  await new Promise((resolve) => {
    setTimeout(resolve, settleMilliseconds)
  })
  return withLock(siteLock, () => withLock(openLock(row.device), () => letGoAlone(row, world)))
}

async function letGoAlone(row: DoorRow, { door, databases }: ForgettingWorld): Promise<Wiping> {
  const database = databases.of(row.device)
  const residents = await door.vaults.toCollection().primaryKeys()
  if (!residents.includes(row.device)) return 'gone'
  if (await hasWaiting(database)) return 'kept'
  const clear = row.state !== 'spent' && residents.length === 1
  if (!(await tell(row, database, clear))) return 'kept'
  try {
    await door.vaults.delete(row.device)
    await databases.delete(row.device)
  } catch (error) {
    // The browser has closed what it cleared: there is nothing left to delete.
    if (!clear) throw error
  }
  return clear ? 'cleared' : 'gone'
}

const hasWaiting = async (database: VaultDatabase): Promise<boolean> =>
  (await database.outbox.where('waiting').equals(1).count()) > 0

const settleMilliseconds = 2000

/** A server that does not know the device has heard it before, or never will. */
async function tell(row: DoorRow, database: VaultDatabase, clear: boolean): Promise<boolean> {
  const last = (await database.readMeta('numbers'))?.last ?? 0
  const body = { clear, outbox: { last, waiting: [] } }
  const answer = await api('POST', `/api/devices/${row.device}/wiped`, body, z.undefined(), {
    keepalive: true
  })
  return answer.ok || ('problem' in answer && answer.problem.status === 404)
}
