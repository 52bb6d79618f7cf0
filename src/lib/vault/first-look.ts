import { DoorDatabase, type DoorRow } from '#lib/device/database.ts'

/**
 * Who lives in this browser, read as soon as there is script: the lock is drawn from it, while what is
 * due is still being forgotten behind it. Names, and no word of a client.
 */
export class FirstLook {
  readonly door = new DoorDatabase()
  /** Empty until `look` is done, and where the vault itself must look first. */
  residents: readonly DoorRow[] = []

  /** Never fails: what cannot be read here is told by the vault, which reads it again. */
  async look(): Promise<readonly DoorRow[]> {
    const rows = await this.door.vaults.toArray().catch(() => [])
    if (rows.every(isSettled)) this.residents = rows
    return this.residents
  }
}

/** Nothing about this vault is to change before its lock is drawn: no wipe, and no name that must not be read there. */
const isSettled = (row: DoorRow): boolean => row.state === 'ready' && !('label' in row)
