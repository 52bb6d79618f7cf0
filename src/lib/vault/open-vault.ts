import type { Lease } from '#contract/device.ts'
import type { CustomershipId, DeviceId, OperationId, UserId } from '#contract/id.ts'
import type { FrameOf, PullRequest } from '#contract/pull.ts'
import { now } from '#lib/device/clock.ts'
import type {
  CopyRow,
  DoorDatabase,
  OutboxRow,
  PageRow,
  SealedRow,
  VaultDatabase
} from '#lib/device/database.ts'
import type { ManifestChange } from './manifest.ts'
import { nearTo } from './near.ts'
import { destroyStanding } from './purge.ts'
import type { IntakeEvent, PageName, Resident, SealedCustomership } from './room.ts'
import type { PullEnd } from './take-in.ts'
import type { RoomLine } from './worker-line.ts'

const patienceMilliseconds = 10 * 60_000

/**
 * The vault while it is open: made at unlocking, of no use after locking. It seals and opens by
 * asking the room; what it returns may be shown, what it takes may be stored.
 */
export class OpenVault {
  readonly device: DeviceId
  readonly user: UserId
  readonly storage: Resident['storage']
  readonly database: VaultDatabase
  readonly door: DoorDatabase
  #visitRunning: boolean | null = null
  readonly #resident: Resident
  readonly #room: RoomLine

  constructor(o: {
    resident: Resident
    database: VaultDatabase
    door: DoorDatabase
    room: RoomLine
  }) {
    this.device = o.resident.device
    this.user = o.resident.user
    this.storage = o.resident.storage
    this.database = o.database
    this.door = o.door
    this.#resident = o.resident
    this.#room = o.room
  }

  get visitRunning(): boolean {
    return this.#visitRunning === true
  }

  /** Told by whoever knows: the vault then waits longer before it locks, and the lock screen can end the visit. */
  async tellVisit(runs: boolean): Promise<void> {
    if (runs === this.#visitRunning) return
    this.#visitRunning = runs
    await this.door.vaults.update(this.device, { visitRuns: runs })
  }

  /** How its user and the office call the device. */
  async readLabel(): Promise<string> {
    const kept = await this.database.readMeta('label')
    return kept ? String(await this.openOwn('label', 0, kept.sealed)) : ''
  }

  /** For what few screens do, and load with them. */
  readonly ask: RoomLine['ask'] = (name, input) => this.#room.ask(name, input)

  sign(words: string): Promise<string> {
    return this.#room.ask('sign', { words })
  }

  isLeaseGenuine(lease: Lease): Promise<boolean> {
    return this.#room.ask('isLeaseGenuine', { lease })
  }

  sealOperation(o: {
    id: OperationId
    customership: CustomershipId
    words: string
    copy: unknown
    line: unknown
  }): Promise<{ sig: string; copy: ArrayBuffer; line: ArrayBuffer }> {
    return this.#room.ask('sealOperation', o)
  }

  sealOwn(item: string, revision: number, value: unknown): Promise<ArrayBuffer> {
    return this.#room.ask('sealOwn', { item, revision, value })
  }

  openOwn(item: string, revision: number, sealed: ArrayBuffer): Promise<unknown> {
    return this.#room.ask('openOwn', { item, revision, sealed })
  }

  openLines(rows: readonly OutboxRow[]): Promise<unknown[]> {
    const lines = rows.map(({ id, line }) => ({ id, sealed: line }))
    return lines.length === 0 ? Promise.resolve([]) : this.#room.ask('openLines', { lines })
  }

  openCopies(copies: readonly CopyRow[]): Promise<unknown[]> {
    return copies.length === 0 ? Promise.resolve([]) : this.#room.ask('openCopies', { copies })
  }

  /** A page as it may be stored. */
  async sealPage(name: PageName, bytes: Uint8Array): Promise<PageRow> {
    return { ...name, sealed: await this.#room.ask('sealPage', { ...name, bytes }) }
  }

  openPage(row: PageRow): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#room.ask('openPage', row)
  }

  openHeld(
    table: 'customerships' | 'faces',
    rows: readonly SealedRow[],
    manifest: ArrayBuffer | null
  ): Promise<unknown[]> {
    return rows.length === 0
      ? Promise.resolve([])
      : this.#room.ask('openHeld', { table, rows, manifest })
  }

  changeManifest(change: ManifestChange, manifest: ArrayBuffer | null) {
    return this.#room.ask('changeManifest', { manifest, ...change })
  }

  readManifest(manifest: ArrayBuffer | null) {
    return this.#room.ask('readManifest', { manifest })
  }

  takeIn(body: PullRequest, onEvent: (event: IntakeEvent) => void): Promise<PullEnd> {
    return this.#room.ask('takeIn', { body, near: nearTo(now()), patienceMilliseconds }, (event) =>
      onEvent(event as IntakeEvent)
    )
  }

  merge(
    frames: readonly FrameOf<'customership'>[],
    rows: readonly SealedRow[],
    manifest: ArrayBuffer | null
  ): Promise<SealedCustomership[]> {
    return this.#room.ask('merge', { frames, rows, manifest, near: nearTo(now()) })
  }

  /** Finishes purges whose rows are gone already: their keys follow. */
  destroyStandingSlots(unnoted: readonly CustomershipId[] = []): Promise<void> {
    const resident = this.#resident
    const destroy = (ids: CustomershipId[]) => this.#room.ask('destroySlots', { resident, ids })
    return destroyStanding(this.database, destroy, unnoted)
  }
}
