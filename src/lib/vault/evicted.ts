import { carriedDevicesSchema, type CarriedDevices } from '#contract/carried-devices.ts'
import { DoorDatabase } from '#lib/device/database.ts'
import { api } from '#lib/http/api.ts'

export type Evicted = CarriedDevices['devices'][number]

/**
 * The devices that this browser was, by its cookies, and of which nothing is left here: a browser
 * that runs out of space takes all that a site keeps, but not its cookies.
 */
export async function readEvicted(): Promise<Evicted[]> {
  const answer = await api('GET', '/api/devices/carried', undefined, carriedDevicesSchema)
  if (!answer.ok || answer.data.devices.length === 0) return []
  const door = new DoorDatabase()
  const here = new Set(await door.vaults.toCollection().primaryKeys())
  door.close()
  return answer.data.devices.filter(({ device }) => !here.has(device))
}
