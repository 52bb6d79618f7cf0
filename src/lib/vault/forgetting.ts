import { heldTime, now, seenAgain, today, type TimeMark } from '#lib/device/clock.ts'
import type { DoorDatabase, DoorRow, VaultDatabase } from '#lib/device/database.ts'
import type { Databases } from '#lib/device/databases.ts'
import { dropEverything } from '#lib/device/drop.ts'
import { leaseEnd, markDestroyed, purgeDue, standingSlots } from './purge.ts'
import { residentOf } from './resident.ts'
import type { Wiping } from './wiping.ts'
import type { RoomLine } from './worker-line.ts'

export interface ForgettingWorld {
  readonly door: DoorDatabase
  readonly databases: Databases
  /** A room for one short piece of work that needs no key. */
  readonly withRoom: <T>(use: (room: RoomLine) => Promise<T>) => Promise<T>
  /** Locks it where it is open; what is typed is sealed first. */
  readonly close: (row: DoorRow) => Promise<void>
  /** Whoever lives here has changed. */
  readonly changed: (row: DoorRow, wiping: Wiping) => Promise<void>
}

/** Whatever has to go from this browser goes here, for everybody in it, locked or not, without a network. */
export class Forgetting {
  readonly #world: ForgettingWorld

  constructor(world: ForgettingWorld) {
    this.#world = world
  }

  async whatIsDue(): Promise<void> {
    const { door } = this.#world
    const mark = seenAgain(await door.timeMark(), now())
    await door.keepTime(mark)
    for (const row of await door.vaults.toArray()) {
      if (row.state === 'wiping' || row.state === 'wiped') await this.#wipe(row)
      else await this.#forget(row, mark)
    }
  }

  /** Nothing is to open it any more; what was written in it is still delivered. */
  async spend(row: DoorRow): Promise<void> {
    const { door, withRoom } = this.#world
    await door.vaults.update(row.device, { state: 'spent' })
    await withRoom((room) => room.ask('destroyKeyring', { resident: residentOf(row) }))
    await this.all(row)
  }

  /** Everything but the outbox, as if the lease had ended. */
  async all(row: DoorRow): Promise<void> {
    await dropEverything(this.#world.databases.of(row.device))
  }

  async #forget(row: DoorRow, mark: TimeMark): Promise<void> {
    const database = this.#world.databases.of(row.device)
    const ended = heldTime(mark, now()) > leaseEnd(await database.readMeta('lease'), row)
    await purgeDue(database, { today: today(mark, now()), leaseEnded: ended })
    await this.#destroyStanding(row, database)
    // What nothing opens any more goes when its outbox needs no keeping either.
    if (row.state === 'spent' && (await database.outbox.count()) === 0) await this.#wipe(row)
  }

  async #destroyStanding(row: DoorRow, database: VaultDatabase): Promise<void> {
    const ids = await standingSlots(database)
    if (ids.length === 0) return
    const resident = residentOf(row)
    await this.#world.withRoom((room) => room.ask('destroySlots', { resident, ids }))
    await markDestroyed(database, ids)
  }

  /** It is seldom needed, and then there is time to fetch it from the app's own files. */
  async #wipe(row: DoorRow): Promise<void> {
    // Without it nothing opens all the same: such a row is nobody's at the door. It is tried again.
    const wiping = await import('./wiping.ts').catch(() => null)
    if (wiping) await this.#world.changed(row, await wiping.wipe(row, this.#world))
  }
}
