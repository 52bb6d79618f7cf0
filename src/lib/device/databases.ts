import Dexie from 'dexie'
import type { DeviceId } from '#contract/id.ts'
import { databaseName, VaultDatabase } from './database.ts'

/** One connection to each device's database, however often it is asked for. */
export class Databases {
  readonly #opened = new Map<DeviceId, VaultDatabase>()
  readonly #beforeYield: () => Promise<unknown>

  /** A newer version of the app gets a database only after this. */
  constructor(beforeYield: () => Promise<unknown> = () => Promise.resolve()) {
    this.#beforeYield = beforeYield
  }

  of(device: DeviceId): VaultDatabase {
    const known = this.#opened.get(device)
    if (known) return known
    const database = new VaultDatabase(device)
    database.beforeYield = this.#beforeYield
    this.#opened.set(device, database)
    return database
  }

  async delete(device: DeviceId): Promise<void> {
    const database = this.of(device)
    this.#opened.delete(device)
    await database.delete()
  }

  /** Finishes a wipe that was cut off: a database whose device is not at the door any more. */
  async sweep(known: readonly DeviceId[]): Promise<void> {
    const kept = new Set<string>(known.map((device) => databaseName(device)))
    for (const name of await Dexie.getDatabaseNames()) {
      if (name.startsWith(databaseName('')) && !kept.has(name)) await Dexie.delete(name)
    }
  }
}
