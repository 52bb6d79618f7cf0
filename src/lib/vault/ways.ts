import { now } from '#lib/device/clock.ts'
import type { WayChange, WayOutcome } from './change-ways.ts'
import type { OpenVault } from './open-vault.ts'
import type { Resident, Way } from './room.ts'
import type { Vault } from './vault.svelte.ts'
import type { WaysQuestion, WaysReply } from './ways-worker.ts'

/** A change without its time, which is told here. */
export type AskedChange = WayChange extends infer Change
  ? Change extends WayChange
    ? Omit<Change, 'time'>
    : never
  : never

function insideOf(vault: Vault): { opened: OpenVault; resident: Resident } {
  const { opened } = vault
  if (!opened) throw new Error('the vault is locked')
  const { user, device, storage } = opened
  return { opened, resident: { user, device, storage } }
}

/** The ways to unlock as they stand; the lock learns of them, for it may not open the keyring to look. */
export async function listWays(vault: Vault): Promise<Way[]> {
  const { opened, resident } = insideOf(vault)
  const { device } = resident
  const ways = await opened.ask('ways', { resident })
  const passkeys = ways
    .filter(({ method }) => method === 'passkey')
    .map(({ credential, name }) => ({ credential, name }))
  await opened.door.vaults.update(device, { passkeys })
  vault.vaults = vault.vaults.map((row) => (row.device === device ? { ...row, passkeys } : row))
  return ways
}

/**
 * Adds, changes or removes a way to unlock. Other tabs lock before a removal, for they hold the root of
 * before; this one takes the new root with what was just shown. Cut off in the middle it locks as
 * well, and unlocking tidies up.
 */
export async function changeWays(vault: Vault, asked: AskedChange): Promise<WayOutcome> {
  const { opened, resident } = insideOf(vault)
  if (asked.do === 'remove') vault.lockOthers()
  try {
    const outcome = await askOnce({ resident, change: { ...asked, time: now() } })
    if (outcome !== 'done') return outcome
    const [by] = asked.do === 'remove' ? asked.by : []
    if (by) {
      const { result } = await opened.ask('unlock', { resident, by, limit, time: now() })
      if (result !== 'open') throw new Error('the new root does not open')
    }
    await listWays(vault)
    return outcome
  } catch (error) {
    vault.lock()
    throw error
  }
}

/** Nobody guesses here: what was just right is right again. */
const limit = Infinity

function askOnce(question: WaysQuestion): Promise<WayOutcome> {
  const worker = new Worker(new URL('./ways-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<WayOutcome>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<WaysReply>) =>
      'outcome' in data ? resolve(data.outcome) : reject(new Error(data.failed))
    worker.onerror = () => reject(new Error('the worker did not start'))
    worker.postMessage(question)
  }).finally(() => worker.terminate())
}
