import { enrolAnswerSchema } from '#contract/device.ts'
import type { DeviceId, UserId } from '#contract/id.ts'
import { pushLimits } from '#contract/push.ts'
import { databaseName, DoorDatabase, VaultDatabase, type OutboxRow } from '#lib/device/database.ts'
import { Courier } from '#lib/outbox/courier.ts'
import { Databases } from '#lib/device/databases.ts'
import { Replica } from '#lib/sync/replica.svelte.ts'
import { Forgetting } from '#lib/vault/forgetting.ts'
import { changeWays } from '#lib/vault/change-ways.ts'
import { Keyring, type KeyringPlace } from '#lib/vault/keyring.ts'
import { OpenVault } from '#lib/vault/open-vault.ts'
import { Room, type Resident } from '#lib/vault/room.ts'
import type { User } from '#server/store/users.ts'
import { lineTo } from '#tests/support/vault-room.ts'
import type { World } from '#tests/support/world.ts'
import { TabletDisk, type Lying } from './disk.ts'
import { TabletLocks } from './locks.ts'
import { Network, type Far, type Heard } from './network.ts'
import { actAs, type Actor, type Machine } from './scheduler.ts'
import { hearOwnTabletOnly } from './mutations.ts'

const passphrase = 'kuusi harmaata varista katolla'
const limit = 10
/** The least that is accepted, and only once: from then on the tablet is opened by a passkey. */
const kdf = async () => ({ memory: 19 * 1024, passes: 1, parallelism: 1 })

/** One browser on one tablet: its disk, its locks, its network, its clock, and the pages that are open. */
export class Tablet implements Machine {
  readonly name: string
  readonly user: User
  readonly disk = new TabletDisk()
  readonly locks: LockManager
  readonly network: Network
  readonly device: DeviceId
  skew = 0
  failingWrites = 0
  wasFull = false
  /** By its clock, the lease may have ended. */
  wasAhead = false
  pages: Page[] = []
  readonly #locks = new TabletLocks()
  readonly #resident: Resident
  #enrolled: Begun | null = null
  #inUse: Begun | null = null
  /** What was laid there, as long as nobody changed it. */
  #lies: Begun | null = null

  private constructor(o: { name: string; user: User; far: Far; heard: Heard; device: DeviceId }) {
    this.name = o.name
    this.user = o.user
    this.network = new Network(o.far, o.heard)
    this.locks = this.#locks.manager
    this.device = o.device
    this.#resident = { user: o.user.id, device: o.device, storage: 'opfs' }
  }

  get indexedDB(): IDBFactory {
    return this.disk.factory
  }

  get fetch(): typeof fetch {
    return this.network.fetch
  }

  /** By the endpoints and the vault's own code, once for all histories. */
  static async enrol(
    name: string,
    user: User,
    world: World,
    far: Far,
    heard: Heard
  ): Promise<Tablet> {
    const client = await world.signedIn(user)
    const room = new Room({ place: () => place, storage: async () => 'opfs', kdf })
    const { signingKey } = await room.prepare()
    const answer = await client.ask('POST', '/api/devices', { name: 'Tabletti', signingKey })
    const { device, leaseKey, sealingKey, policy } = enrolAnswerSchema.parse(answer.body)
    const tablet = new Tablet({ name, user, far, heard, device })
    const place: KeyringPlace = { use: async (work) => work(tablet.disk.keyring) }
    const resident = tablet.#resident
    await room.create({ resident, passphrase, leaseKey })
    const secret = () => new Uint8Array(32).fill(7)
    const added = await changeWays(
      { keyring: new Keyring(place), owner: resident, kdf },
      {
        ...{ do: 'add-passkey', by: { passphrase }, credential: 'avain', name: 'Avain' },
        ...{ secret: secret(), secretAgain: secret(), time: world.clock.now() }
      }
    )
    if (added !== 'done') throw new Error(`no passkey: ${added}`)
    const at = world.clock.now()
    const door = { ...resident, userName: name, enrolledAt: at, usedAt: at, policy }
    await actAs(tablet.#hand, async () => {
      const databases = { door: new DoorDatabase(), vault: new VaultDatabase(device) }
      await databases.door.vaults.put({ ...door, state: 'ready' })
      await databases.vault.writeMeta('sealingKey', sealingKey)
      for (const each of Object.values(databases)) each.close()
    })
    for (const [name, value] of client.cookies) tablet.network.cookies.set(name, value)
    tablet.#enrolled = tablet.#keep()
    return tablet
  }

  /** As it was when the history began: enrolled, and empty or in use. */
  reset(isEmpty: boolean): void {
    this.skew = 0
    this.failingWrites = 0
    this.wasFull = false
    this.wasAhead = false
    this.network.faults.length = 0
    const begun = isEmpty ? this.#enrolled : this.#inUse
    if (!begun) throw new Error('nobody has used it yet')
    if (this.#lies === begun) return
    this.#lies = begun
    for (const page of this.pages) page.die()
    this.pages = []
    this.#locks.letGo(() => true)
    this.disk.layBack(begun.disk)
    this.network.cookies.clear()
    for (const [key, value] of begun.cookies) this.network.cookies.set(key, value)
  }

  setClock(skew: number): void {
    this.skew = skew
    this.wasAhead ||= skew > 0
  }

  /** So many of the next writes find no room. */
  fill(writes: number): void {
    this.failingWrites = writes
    this.wasFull = true
  }

  /** What lies here now is what a tablet in use begins a history with. */
  keepInUse(): void {
    this.#inUse = this.#keep()
  }

  #keep(): Begun {
    return { disk: this.disk.keep(), cookies: new Map(this.network.cookies) }
  }

  readonly #hand: Actor = { name: 'hand', dead: false, skew: 0, machine: this }

  /** By number. */
  get outbox(): readonly OutboxRow[] {
    const rows = this.rows<OutboxRow>('outbox')
    if (rows !== this.#outbox?.rows)
      this.#outbox = { rows, sorted: rows.toSorted((a, b) => a.seq - b.seq) }
    return this.#outbox.sorted
  }
  #outbox: { readonly rows: readonly OutboxRow[]; readonly sorted: readonly OutboxRow[] } | null =
    null

  rows<T>(table: string): readonly T[] {
    return this.disk.rows<T>(databaseName(this.device), table)
  }

  spoil(table: string, row: object, spoilt: object): void {
    this.disk.spoil(databaseName(this.device), table, row, spoilt)
  }

  /** The page that somebody works on; the first one that is open. */
  page(tab = 0): Page | undefined {
    return this.pages[tab]
  }

  /** Starts as a page does; answers when it is open, which takes turns. */
  open(): Page {
    this.#lies = null
    const page = new Page(this, this.#resident)
    this.pages.push(page)
    return page
  }

  /** The browser is killed, or the battery pulled: what was not written is gone, with every key. */
  crash(): void {
    for (const page of this.pages) page.die()
    this.pages = []
    this.#letGo()
    this.disk.cutPower()
  }

  /** One tab alone is closed; the others go on. */
  close(page: Page): void {
    page.die()
    this.pages = this.pages.filter((one) => one !== page)
    this.#letGo()
  }

  #letGo(): void {
    const isGone = (actor: Actor | undefined) => actor?.dead === true
    this.disk.letGo(isGone)
    this.#locks.letGo(isGone)
  }
}

interface Begun {
  readonly disk: Lying
  readonly cookies: ReadonlyMap<string, string>
}

/** The real code of one tab, from the opening of the vault on. */
export class Page implements Actor {
  readonly name: string
  dead = false
  replica: Replica | null = null
  /** Why it did not open. */
  state: 'opening' | 'open' | 'wiped' | 'failed' = 'opening'
  readonly failures: unknown[] = []
  readonly tablet: Tablet
  readonly user: UserId
  /** One thing after another, as a person does. */
  #person: Promise<unknown> = Promise.resolve()

  constructor(tablet: Tablet, resident: Resident) {
    this.tablet = tablet
    this.user = resident.user
    this.name = tablet.name + (tablet.pages.length > 0 ? String(tablet.pages.length + 1) : '')
    this.do(() => this.#start(resident))
  }

  get skew(): number {
    return this.tablet.skew
  }

  get machine(): Machine {
    return this.tablet
  }

  /** After what this person did before. What fails is told to nobody, as when a button does nothing. */
  do(work: (page: Page) => Promise<unknown>): void {
    this.#person = this.#person
      .then(() => actAs(this, () => work(this)))
      .catch((error: unknown) => {
        this.failures.push(error)
      })
  }

  async #start(resident: Resident): Promise<void> {
    const place: KeyringPlace = {
      use: async (work) => {
        if (this.dead) throw new Error('the page is gone')
        return work(this.tablet.disk.keyring)
      }
    }
    const newRoom = () => new Room({ place: () => place, storage: async () => 'opfs', kdf })
    const databases = new Databases()
    const door = new DoorDatabase()
    const courier = new Courier()
    this.#courier = courier
    courier.start()
    const forgetting = new Forgetting({
      door,
      databases,
      withRoom: (use) => use(lineTo(newRoom())),
      close: async () => undefined,
      changed: async () => undefined
    })
    await forgetting.whatIsDue()
    const row = await door.vaults.get(resident.device)
    const room = newRoom()
    const by = { credential: 'avain', secret: new Uint8Array(32).fill(7) }
    const unlocked = await room.unlock({ resident, by, limit, time: Date.now() })
    if (row?.state !== 'ready' || unlocked.result !== 'open') {
      this.state = 'wiped'
      return
    }
    const database = databases.of(resident.device)
    const vault = new OpenVault({ resident, database, door, room: lineTo(room) })
    this.vault = vault
    this.replica = new Replica(vault, { enter: () => undefined })
    await this.replica.start()
    this.state = 'open'
  }
  vault: OpenVault | null = null
  #courier: Courier | null = null

  /** Nothing of it goes on. What it listened to would otherwise still call it, for it is gone in the history alone. */
  die(): void {
    this.dead = true
    actAs(this, () => {
      this.replica?.stop()
      this.#courier?.stop()
    })
  }
}

hearOwnTabletOnly()
// What waits in a history seldom fills a request: of small ones two go together, and several behind each other.
Object.assign(pushLimits, { envelopes: 3 })
