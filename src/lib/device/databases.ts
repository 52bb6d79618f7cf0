import type { DeviceId } from '#contract/id.ts'
import { VaultDatabase } from './database.ts'

/** One connection to each device's database, however often it is asked for. */
export class Databases {
  readonly #opened = new Map<DeviceId, VaultDatabase>()

  of(device: DeviceId): VaultDatabase {
    const known = this.#opened.get(device)
    if (known) return known
    const database = new VaultDatabase(device)
    this.#opened.set(device, database)
    return database
  }

  async delete(device: DeviceId): Promise<void> {
    const database = this.of(device)
    this.#opened.delete(device)
    await database.delete()
  }
}
