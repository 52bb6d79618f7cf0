import { changeWays, type WayChange, type WayOutcome } from './change-ways.ts'
import { databasePlace, opfsPlace } from './keyring-place.ts'
import { Keyring } from './keyring.ts'
import { calibrated } from './passphrase.ts'
import type { Resident } from './room.ts'

/** One change of the ways to unlock. */
export interface WaysQuestion {
  readonly resident: Resident
  readonly change: WayChange
}
export type WaysReply = { readonly outcome: WayOutcome } | { readonly failed: string }

interface Port {
  postMessage(reply: WaysReply): void
  onmessage: ((event: MessageEvent<WaysQuestion>) => void) | null
}
const port = globalThis as unknown as Port

/**
 * A room of its own beside the vault's: it is seldom entered, holds keys for one change only, and its
 * code is an own file that the first screen does not carry.
 */
async function answer({ resident, change }: WaysQuestion): Promise<WaysReply> {
  try {
    const { device, storage } = resident
    const keyring = new Keyring(storage === 'opfs' ? opfsPlace(device) : databasePlace(device))
    const kdf = () => calibrated(() => performance.now())
    return { outcome: await changeWays({ keyring, owner: resident, kdf }, change) }
  } catch (error) {
    // Its name only: the words of an error may repeat what was being opened.
    return { failed: error instanceof Error ? error.name : 'Error' }
  }
}

port.onmessage = (event) => void answer(event.data).then((reply) => port.postMessage(reply))
