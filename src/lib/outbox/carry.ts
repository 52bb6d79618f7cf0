import type { DeviceId } from '#contract/id.ts'
import type { DoorDatabase, VaultDatabase } from '#lib/device/database.ts'
import { deliver, type Delivery, type DeliveryRules } from './deliver.ts'
import { leaveOrder, report } from './report.ts'

/** One device's turn: what it wrote goes first, then it asks what must go. */
export async function carry(
  database: VaultDatabase,
  door: DoorDatabase,
  device: DeviceId,
  rules: DeliveryRules,
  ask: boolean
): Promise<Delivery> {
  const delivery = await deliver(database, device, rules)
  if (delivery.wipe) await leaveOrder(database, door, device)
  // Whoever has the order tells that it is carried out, and nothing before that.
  const state = (await door.vaults.get(device))?.state
  if (state === 'wiping' || state === 'wiped') return delivery
  const owes = (await database.purges.where('slot').equals('destroyed').count()) > 0
  if (!delivery.away && (ask || owes)) {
    const told = await report(database, door, device)
    if (told === 'away') return { ...delivery, away: true }
  }
  return delivery
}
