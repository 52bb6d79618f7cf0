import type { CustomershipId } from '#contract/id.ts'
import { heldTime, now, seenAgain, today, type TimeMark } from '#lib/device/clock.ts'
import type { DoorDatabase, DoorRow } from '#lib/device/database.ts'
import type { Databases } from '#lib/device/databases.ts'
import { dropEverything } from '#lib/device/drop.ts'
import { unlessFullDisk } from '#lib/device/full-disk.ts'
import { destroyStanding, leaseEnd, purgeDue } from './purge.ts'
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
  #isLettingGo = false
  #looking: Promise<void> = Promise.resolve()

  constructor(world: ForgettingWorld) {
    this.#world = world
  }

  /** One look after another: a row that the one before took away must not be taken up again. */
  whatIsDue(): Promise<void> {
    const look = () => this.#look()
    this.#looking = this.#looking.then(look, look)
    return this.#looking
  }

  async #look(): Promise<void> {
    const { door } = this.#world
    const mark = seenAgain(await door.timeMark(), now())
    // The disk takes its time to make it last: what is due goes meanwhile, and nothing is on its way when this ends.
    // A full disk keeps the mark before: a clock set back gains no more by it than while nobody looks at it.
    const kept = door.keepTime(mark).catch(unlessFullDisk)
    const both = await Promise.allSettled([kept, this.#forgetDue(mark)])
    for (const one of both) if (one.status === 'rejected') throw one.reason
  }

  async #forgetDue(mark: TimeMark): Promise<void> {
    for (const row of await this.#world.door.vaults.toArray()) {
      if (row.state === 'wiping' || row.state === 'wiped') await this.#wipe(row)
      else await this.#forget(row, mark)
    }
  }

  /** Nothing is to open it any more; what was written in it is still delivered. Its keys go first: said is only what is so. */
  async spend(row: DoorRow): Promise<void> {
    const { door, withRoom } = this.#world
    await withRoom((room) => room.ask('destroyKeyring', { resident: residentOf(row) }))
    await this.all(row)
    // Without room for it, the next try to open it finds no key either.
    await door.vaults.update(row.device, { state: 'spent' }).catch(unlessFullDisk)
  }

  /** Everything but the outbox, as if the lease had ended. */
  async all(row: DoorRow): Promise<void> {
    await dropEverything(this.#world.databases.of(row.device))
  }

  async #forget(row: DoorRow, mark: TimeMark): Promise<void> {
    const database = this.#world.databases.of(row.device)
    const ended = heldTime(mark, now()) > leaseEnd(await database.readMeta('lease'), row)
    const due = { today: today(mark, now()), leaseEnded: ended }
    const unnoted = await purgeDue(database, due)
    await destroyStanding(database, (ids) => this.#destroySlots(row, ids), unnoted)
    // What nothing opens any more goes when its outbox needs no keeping either.
    if (row.state === 'spent' && (await database.outbox.count()) === 0) await this.#wipe(row)
  }

  #destroySlots(row: DoorRow, ids: CustomershipId[]): Promise<unknown> {
    const resident = residentOf(row)
    return this.#world.withRoom((room) => room.ask('destroySlots', { resident, ids }))
  }

  /**
   * It is seldom needed, and then there is time to fetch it from the app's own files. Nobody waits for
   * the server to hear of it: whoever shares the tablet unlocks meanwhile.
   */
  async #wipe(row: DoorRow): Promise<void> {
    // Without it nothing opens all the same: such a row is nobody's at the door. It is tried again.
    const wiping = await import('./wiping.ts').catch(() => null)
    if (!wiping) return
    await wiping.endKeys(row, this.#world)
    await this.#world.changed(row, 'kept')
    if (this.#isLettingGo) return
    this.#isLettingGo = true
    void wiping
      .letGo(row, this.#world)
      .then((done) => this.#world.changed(row, done))
      // The row is still at the door, and the next look finds it.
      .catch(() => undefined)
      .finally(() => {
        this.#isLettingGo = false
      })
  }
}
