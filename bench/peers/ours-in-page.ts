import Dexie from 'dexie'
import { heldTime, now } from '#lib/device/clock.ts'
import { DoorDatabase, VaultDatabase } from '#lib/device/database.ts'
import { manifestOf } from '#lib/sync/apply.ts'
import { Submitting } from '#lib/sync/submit.ts'
import { OpenVault } from '#lib/vault/open-vault.ts'
import { residentOf } from '#lib/vault/resident.ts'
import { isHeldValue } from '#lib/vault/room.ts'
import { WorkerLine } from '#lib/vault/worker-line.ts'
import type { WrittenNote } from './caseload.ts'

/**
 * Handed into the app's own page: the app's own code for what no finger does a thousand times, and a look at what
 * lies in its database.
 */
const door = new DoorDatabase()
let opened: OpenVault | null = null

let looking: VaultDatabase | null = null

async function databaseHere(): Promise<VaultDatabase> {
  const [row] = await door.vaults.toArray()
  if (!row) throw new Error('nobody lives here')
  return (looking ??= new VaultDatabase(row.device))
}

/** Until something was written, by whichever script of this page: a look every few milliseconds would take the disk from what it waits for. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const written = new EventTarget()
  const tell = () => void written.dispatchEvent(new Event('written'))
  Dexie.on.storagemutated.subscribe(tell)
  try {
    for (;;) {
      const next = new Promise((resolve) => {
        written.addEventListener('written', resolve, { once: true })
      })
      if (await isSo()) return
      await next
    }
  } finally {
    Dexie.on.storagemutated.unsubscribe(tell)
  }
}

const ours = {
  /** Milliseconds, nearly all of them the key derivation's. */
  unlock: async (passphrase: string): Promise<number> => {
    const [row] = await door.vaults.toArray()
    if (!row) throw new Error('nobody lives here')
    const start = performance.now()
    const room = new WorkerLine()
    const resident = residentOf(row)
    const { result } = await room.ask('unlock', {
      resident,
      by: { passphrase },
      limit: row.policy.wrongPassphraseLimit,
      time: heldTime(await door.timeMark(), now())
    })
    if (result !== 'open') throw new Error(result)
    const database = new VaultDatabase(row.device)
    opened = new OpenVault({ resident, database, door, room })
    return performance.now() - start
  },

  /** Every entry of every customership, opened and read; the clock begins before the database is open. */
  readAll: async (): Promise<{ first: number; all: number; rows: number; changed: number }> => {
    const vault = opened
    if (!vault) throw new Error('locked')
    const { customerships } = vault.database
    const start = performance.now()
    const manifest = await manifestOf(vault.database)
    const [one] = await customerships.limit(1).toArray()
    await vault.openHeld('customerships', one ? [one] : [], manifest)
    const first = performance.now() - start
    const values = await vault.openHeld('customerships', await customerships.toArray(), manifest)
    const all = performance.now() - start
    const entries = values.filter(isHeldValue).flatMap((value) => value.entries)
    const changed = entries.filter((entry) => JSON.stringify(entry).includes('"Muutos: ')).length
    return { first, all, rows: entries.length, changed }
  },

  write: async (notes: readonly WrittenNote[]): Promise<number[]> => {
    const vault = opened
    if (!vault) throw new Error('locked')
    const submitting = new Submitting(vault)
    const took: number[] = []
    for (const { customership, body } of notes) {
      const start = performance.now()
      await submitting.submit({ op: 'note.sign', customership, body, based: null }, [], null)
      took.push(performance.now() - start)
    }
    return took
  },

  /** From the network's return until a final answer to all that waits lies on the disk. */
  deliver: async (): Promise<{ ms: number; outcomes: Record<string, number> }> => {
    const { outbox } = await databaseHere()
    const start = performance.now()
    dispatchEvent(new Event('online'))
    const next = () => outbox.where('waiting').equals(1).limit(1).primaryKeys()
    await until(async () => (await next()).length === 0)
    const ms = performance.now() - start
    const outcomes: Record<string, number> = {}
    for (const { receipt } of await outbox.toArray()) {
      const outcome = `${receipt?.outcome} ${receipt?.code ?? ''}`.trim()
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    }
    return { ms, outcomes }
  },

  /** When the last whole pull came to its end, in the server's time. */
  contact: async (): Promise<string | undefined> =>
    (await (await databaseHere()).readMeta('contact'))?.serverTime,

  /** From the network's return until a whole pull has come to its end, after the one that ended at `before`. */
  pull: async (before: string | undefined): Promise<number> => {
    const start = performance.now()
    dispatchEvent(new Event('online'))
    await until(async () => (await ours.contact()) !== before)
    return performance.now() - start
  }
}

export type Ours = typeof ours

Object.assign(globalThis, { ours })
