import type { DeviceId } from '#contract/id.ts'
import { now } from './clock.ts'
import type { DoorDatabase } from './database.ts'

/**
 * *Lopeta käynti* on the lock screen. No key is at hand there, so the door keeps one number: when it was
 * pressed. What visit it ends is known at the next unlocking.
 */

/** The first press holds: whoever presses again in doubt does not make the visit longer. */
export async function keepVisitEnd(door: DoorDatabase, device: DeviceId): Promise<void> {
  await door.vaults
    .where({ device })
    .filter((row) => row.visitRuns === true && typeof row.visitEndedAt !== 'number')
    .modify({ visitEndedAt: now() })
}

export async function dropVisitEnd(door: DoorDatabase, device: DeviceId): Promise<void> {
  await door.vaults.update(device, { visitEndedAt: null })
}

export async function readVisitEnd(door: DoorDatabase, device: DeviceId): Promise<number | null> {
  return (await door.vaults.get(device))?.visitEndedAt ?? null
}
