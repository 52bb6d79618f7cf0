import { heldTime, now, seenAgain, today } from '#lib/device/clock.ts'
import type { DoorDatabase, DoorRow, VaultDatabase } from '#lib/device/database.ts'
import type { Databases } from '#lib/device/databases.ts'
import { leaseEnd, markDestroyed, purgeDue, standingSlots } from './purge.ts'
import { residentOf } from './resident.ts'
import type { RoomLine } from './worker-line.ts'

export interface ForgettingWorld {
  readonly door: DoorDatabase
  readonly databases: Databases
  /** A room for one short piece of work that needs no key. */
  withRoom<T>(use: (room: RoomLine) => Promise<T>): Promise<T>
  /** Locks it where it is open; what is typed is sealed first. */
  close(row: DoorRow): Promise<void>
  /** Whoever lives here has changed. */
  changed(): Promise<void>
}

/** Whatever has to go from this browser goes here, for everybody in it, locked or not, without a network. */
export class Forgetting {
  readonly #world: ForgettingWorld

  constructor(world: ForgettingWorld) {
    this.#world = world
  }

  async whatIsDue(): Promise<void> {
    const { door, databases } = this.#world
    const mark = seenAgain(await door.timeMark(), now())
    await door.keepTime(mark)
    for (const row of await door.vaults.toArray()) {
      const database = databases.of(row.device)
      const ended = heldTime(mark, now()) > leaseEnd(await database.readMeta('lease'), row)
      await purgeDue(database, { today: today(mark, now()), leaseEnded: ended })
      await this.#destroyStanding(row, database)
      // What nothing opens any more goes when its outbox needs no keeping either.
      const spent = row.state === 'spent' && (await database.outbox.count()) === 0
      if (row.state === 'wiping' || spent) await this.#wipe(row)
    }
  }

  /** Everything but the outbox, as if the lease had ended. */
  async all(row: DoorRow): Promise<void> {
    const { door, databases } = this.#world
    await purgeDue(databases.of(row.device), {
      today: today(await door.timeMark(), now()),
      leaseEnded: true
    })
  }

  async #destroyStanding(row: DoorRow, database: VaultDatabase): Promise<void> {
    const ids = await standingSlots(database)
    if (ids.length === 0) return
    const resident = residentOf(row)
    await this.#world.withRoom((room) => room.ask('destroySlots', { resident, ids }))
    await markDestroyed(database, ids)
  }

  /** The order to wipe: the user's own slots and database, once what was written is delivered. */
  async #wipe(row: DoorRow): Promise<void> {
    const { door, databases } = this.#world
    const database = databases.of(row.device)
    await this.#world.close(row)
    await this.#world.withRoom((room) => room.ask('destroyKeyring', { resident: residentOf(row) }))
    if ((await database.outbox.where('waiting').equals(1).count()) > 0) return
    await door.vaults.delete(row.device)
    await databases.delete(row.device)
    await this.#world.changed()
  }
}
