import { now } from '#lib/device/clock.ts'
import type { WayChange, WayOutcome } from './change-ways.ts'
import type { OpenVault } from './open-vault.ts'
import type { Resident, Way } from './room.ts'
import type { Vault } from './vault.svelte.ts'

/** A change without its time, which is told here. */
export type AskedChange = WayChange extends infer Change
  ? Change extends WayChange
    ? Omit<Change, 'time'>
    : never
  : never

function insideOf(vault: Vault): { opened: OpenVault; resident: Resident } {
  const { opened } = vault
  if (!opened) throw new Error('the vault is locked')
  return { opened, resident: opened }
}

/** The ways to unlock as they stand; the lock learns of them, for it may not open the keyring to look. */
export async function listWays(vault: Vault): Promise<Way[]> {
  const { opened, resident } = insideOf(vault)
  const { user, device, storage } = resident
  const ways = await opened.ask('ways', { resident: { user, device, storage } })
  const passkeys = ways
    .filter(({ method }) => method === 'passkey')
    .map(({ credential, name }) => ({ credential, name }))
  await opened.door.vaults.update(device, { passkeys })
  vault.vaults = vault.vaults.map((row) => (row.device === device ? { ...row, passkeys } : row))
  return ways
}

/**
 * Adds, changes or removes a way to unlock. Other tabs lock before a removal: what they hold is of the
 * root of before. When it is cut off in the middle this tab locks as well, and unlocking tidies up.
 */
export async function changeWays(vault: Vault, change: AskedChange): Promise<WayOutcome> {
  const { opened } = insideOf(vault)
  if (change.do === 'remove') vault.lockOthers()
  try {
    const outcome = await opened.ask('changeWays', { ...change, time: now() })
    if (outcome === 'done') await listWays(vault)
    return outcome
  } catch (error) {
    vault.lock()
    throw error
  }
}
